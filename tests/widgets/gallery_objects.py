"""Look at the panes of this half live: `python -m tests.widgets.gallery_objects objects deadlock --at 1 --light`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Final

from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.objects import ObjectsPane
from textual.widget import Widget

from .gallery import Gallery
from .gallery import trace_of as canned_trace
from .zoo import zoo

PANES: Final[dict[str, Callable[[], Widget]]] = {"objects": ObjectsPane}


def trace_of(name: str) -> Trace:
    """Return the zoo, or a canned trace by name."""
    return zoo() if name == "zoo" else canned_trace(name)


def arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("panes", help="names, separated by commas: " + ", ".join(PANES))
    parser.add_argument("trace")
    parser.add_argument("--at", type=float, default=0.6, help="the cursor as a share of the trace")
    parser.add_argument("--light", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    chosen = arguments()
    shown = trace_of(chosen.trace)
    panes = [PANES[name]() for name in chosen.panes.split(",")]
    Gallery(panes, shown, round(len(shown) * chosen.at), light=chosen.light).run()
