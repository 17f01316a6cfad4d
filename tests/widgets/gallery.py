"""Look at a pane live: `python -m tests.widgets.gallery workers crowd:48 --at 0.5 --light`; `→` and `←` step, `q` quits."""

from argparse import ArgumentParser, Namespace
from typing import ClassVar, Final

from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.events import EventsPane
from concurrency_tui.widgets.output import OutputPane
from concurrency_tui.widgets.source import SourcePane
from concurrency_tui.widgets.themes import DARK_NAME, LIGHT_NAME, register_themes
from concurrency_tui.widgets.timeline import TimelinePane
from concurrency_tui.widgets.topline import Topline
from concurrency_tui.widgets.transport import TransportBar
from concurrency_tui.widgets.transport_messages import Pressed, Seek
from concurrency_tui.widgets.worker_messages import WorkerPicked
from concurrency_tui.widgets.worker_order import View
from concurrency_tui.widgets.workers import WorkersPane
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from .. import canned
from ..canned_nested import nested
from ..canned_script import Script
from .hostile import NAMES, SOURCE

PANES: Final[dict[str, type[Widget]]] = {
    "workers": WorkersPane,
    "timeline": TimelinePane,
    "source": SourcePane,
    "topline": Topline,
    "output": OutputPane,
    "events": EventsPane,
    "transport": TransportBar,
}


class Gallery(App[None]):
    """One pane on one trace."""

    CSS = "Screen { background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)"),
        Binding("left", "step(-1)"),
        Binding("f", "follow"),
        Binding("q", "quit"),
    ]

    def __init__(self, panes: list[Widget], trace: Trace, position: int, *, light: bool = False) -> None:
        super().__init__()
        register_themes(self)
        self.theme = LIGHT_NAME if light else DARK_NAME
        self.panes = panes
        self.trace = trace
        self.position = position
        self.asked: list[Message] = []

    def compose(self) -> ComposeResult:
        """Yield the panes, one above the other."""
        yield from self.panes

    def on_mount(self) -> None:
        """Show the trace."""
        self.action_step(0)

    def action_step(self, by: int) -> None:
        """Move the cursor."""
        self.position = min(max(self.position + by, 0), len(self.trace))
        for pane in self.panes:
            pane.show(self.trace, self.position)  # type: ignore[attr-defined]

    def on_worker_picked(self, message: WorkerPicked) -> None:
        """Note what was asked for."""
        self.asked.append(message)

    def on_seek(self, message: Seek) -> None:
        """Note what was asked for."""
        self.asked.append(message)

    def on_pressed(self, message: Pressed) -> None:
        """Note what was asked for."""
        self.asked.append(message)

    def action_follow(self) -> None:
        """Follow the running worker."""
        running = self.trace.state(self.position).running
        for pane in self.panes:
            if hasattr(pane, "view") and running != NONE:
                pane.view = View(followed=running, pinned=(running,))


def hostile() -> Trace:
    """A run whose names, output and errors try to act on the terminal or on markup."""
    run = Script("hostile", SOURCE)
    lock = run.thing("Lock", "lock[/b]\x1b[31m", at="lock = ")
    workers = [run.spawn(name, at="start") for name in NAMES]
    for worker, name in zip(workers, NAMES, strict=True):
        run.begin(worker, "work")
        run.act(worker, Kind.OUTPUT, value=1 + worker % 2, text=f"{name} says [b]x[/] \x1b[2J\n", at="print", more=True)
        if worker == 1:
            run.act(worker, Kind.ACQUIRE, lock, 1, at="lock:")
        elif worker == 2:
            run.act(worker, Kind.FAIL, text="ValueError: [@click=app.quit]boo[/] \x1b]0;x\x07", at="print")
        else:
            run.act(worker, Kind.WAIT, lock, text="acquire", at="lock:")
    return run.trace()


def trace_of(name: str) -> Trace:
    """Return a canned trace by name; "crowd:500" has 500 workers, "nested:2x3x4" two processes."""
    name, _, size = name.partition(":")
    if name == "nested":
        return nested(*map(int, size.split("x")))
    if name == "hostile":
        return hostile()
    made = {"traffic_light": canned.traffic_light, "semaphore": canned.semaphore, "crowd": canned.crowd}
    return made[name](int(size)) if size else canned.ALL[name]()


def arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("panes", help="names, separated by commas: " + ", ".join(PANES))
    parser.add_argument("trace")
    parser.add_argument("--at", type=float, default=0.6, help="the cursor as a share of the trace")
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--theme")
    return parser.parse_args()


if __name__ == "__main__":
    chosen = arguments()
    shown = trace_of(chosen.trace)
    gallery = Gallery([PANES[name]() for name in chosen.panes.split(",")], shown, round(len(shown) * chosen.at))
    gallery.theme = chosen.theme or (LIGHT_NAME if chosen.light else DARK_NAME)
    gallery.run()
