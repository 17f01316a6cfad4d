"""Panes on one trace, as an app: what both galleries are built on, and how their command line names a trace."""

from argparse import ArgumentParser
from collections.abc import Collection
from typing import Any, ClassVar

from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.themes import DARK_NAME, LIGHT_NAME, register_themes
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from .. import canned
from ..canned_nested import nested


class Exhibit(App[None]):
    """Some panes on one trace; the arrows step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)"),
        Binding("left", "step(-1)"),
        Binding("q", "quit"),
    ]

    def __init__(self, panes: list[Any], trace: Trace, position: int, *, light: bool = False) -> None:
        super().__init__()
        register_themes(self)
        self.theme = LIGHT_NAME if light else DARK_NAME
        self.panes = panes
        self.trace = trace
        self.position = position

    def compose(self) -> ComposeResult:
        """Yield the panes."""
        yield from self.panes

    def on_mount(self) -> None:
        """Show the trace."""
        self.action_step(0)

    def action_step(self, by: int) -> None:
        """Move the cursor."""
        self.position = min(max(self.position + by, 0), len(self.trace))
        for pane in self.panes:
            pane.show(self.trace, self.position)


def canned_trace(name: str) -> Trace:
    """Return a canned trace by name; "crowd:500" has 500 workers, "nested:2x3x4" two processes."""
    name, _, size = name.partition(":")
    if name == "nested":
        return nested(*map(int, size.split("x")))
    made = {"traffic_light": canned.traffic_light, "semaphore": canned.semaphore, "crowd": canned.crowd}
    return made[name](int(size)) if size else canned.ALL[name]()


def command_line(description: str | None, panes: Collection[str]) -> ArgumentParser:
    """Return what reads a gallery's command line: which panes, on which trace, where in it."""
    parser = ArgumentParser(description=description)
    parser.add_argument("panes", help="names, separated by commas: " + ", ".join(panes))
    parser.add_argument("trace")
    parser.add_argument("--at", type=float, default=0.6, help="the cursor as a share of the trace")
    parser.add_argument("--light", action="store_true")
    return parser
