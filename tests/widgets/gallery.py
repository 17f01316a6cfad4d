"""Look at a pane live: `python -m tests.widgets.gallery workers crowd:48 --at 0.5 --light`; `→` and `←` step, `q` quits."""

from typing import ClassVar, Final

from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.events import EventsPane
from concurrency_tui.widgets.output import OutputPane
from concurrency_tui.widgets.source import SourcePane
from concurrency_tui.widgets.timeline import TimelinePane
from concurrency_tui.widgets.topline import Topline
from concurrency_tui.widgets.transport import TransportBar
from concurrency_tui.widgets.transport_messages import Pressed, Seek
from concurrency_tui.widgets.worker_messages import WorkerPicked
from concurrency_tui.widgets.worker_order import View
from concurrency_tui.widgets.workers import WorkersPane
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from ..canned_script import Script
from .exhibit import Exhibit, canned_trace, command_line
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


class Gallery(Exhibit):
    """One pane on one trace, which notes what a person asks for."""

    CSS = "Screen { background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f", "follow")]

    def __init__(self, panes: list[Widget], trace: Trace, position: int, *, light: bool = False) -> None:
        super().__init__(panes, trace, position, light=light)
        self.asked: list[Message] = []

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
    """Return the hostile trace, or a canned one by name."""
    return hostile() if name == "hostile" else canned_trace(name)


if __name__ == "__main__":
    parser = command_line(__doc__, PANES)
    parser.add_argument("--theme")
    chosen = parser.parse_args()
    shown = trace_of(chosen.trace)
    panes = [PANES[name]() for name in chosen.panes.split(",")]
    gallery = Gallery(panes, shown, round(len(shown) * chosen.at), light=chosen.light)
    if chosen.theme:
        gallery.theme = chosen.theme
    gallery.run()
