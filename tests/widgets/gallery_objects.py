"""Look at the panes of this half live: `python -m tests.widgets.gallery_objects objects deadlock --at 1 --light`."""

from collections.abc import Callable
from typing import Any, Final

from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.controls import Control, ControlChanged, Section
from concurrency_tui.widgets.controls_panel import ControlPanel
from concurrency_tui.widgets.lesson import LessonPane, Passage
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.waitfor import WaitForPane
from concurrency_tui.widgets.why import WhyPane
from textual.widget import Widget

from .exhibit import Exhibit, canned_trace, command_line
from .zoo import zoo


class Panel(ControlPanel):
    """The controls of a lesson, deaf to the trace."""

    def __init__(self) -> None:
        super().__init__(CONTROLS)
        self.styles.width = 24

    def show(self, _trace: Trace, _position: int) -> None:
        """Do nothing: a control panel draws no trace."""


CONTROLS: Final = (
    Section(
        "Parameters",
        (
            Control("threads", "threads", "int", 10, minimum=1, maximum=500, help="How many threads there are."),
            Control("hold", "hold", "float", 2.0, minimum=0, step=0.5, unit="s"),
            Control("lock", "lock", "choice", "two locks", choices=("two locks", "one RLock")),
            Control("daemon", "daemon", "bool", True),
            Control("greeting", "greeting", "str", "你好, [b]world[/b]"),
        ),
    ),
    Section(
        "Run",
        (
            Control("strategy", "strategy", "choice", "random", choices=("random", "round-robin", "fifo", "pct")),
            Control("grain", "grain", "choice", "sync", choices=("sync", "line", "bytecode")),
            Control("seed", "seed", "int", 7, minimum=0),
            Control("speed", "speed", "float", 1.0, minimum=0.1, maximum=64, unit="×"),
        ),
    ),
)


class Words(LessonPane):
    """A lesson's words, deaf to the trace."""

    def __init__(self) -> None:
        super().__init__(*WORDS)

    def show(self, _trace: Trace, _position: int) -> None:
        """Do nothing: words draw no trace."""


WORDS: Final = (
    "A deadlock, and how to avoid one",
    (
        Passage("What it is", "Ten threads take two locks. Half of them take A first,\nthe other half B first."),
        Passage("What to watch", "锁的颜色：两把锁各有一个主人，\n每个主人都在等另一把锁。"),
        Passage(
            "Try next", "- Set lock to one RLock.\n- Step back to before the second lock, then run another worker."
        ),
        Passage("What surprises people", "It ends well in most orders. [b]One[/b] is enough to hang."),
    ),
)

PANES: Final[dict[str, Callable[[], Widget]]] = {
    "objects": ObjectsPane,
    "controls": Panel,
    "waitfor": WaitForPane,
    "why": WhyPane,
    "lesson": Words,
}


class Stand(Exhibit):
    """Panes side by side on one trace, which note what the control panel tells."""

    CSS = "Screen { background: $background; layout: horizontal; }"

    def __init__(self, panes: list[Any], trace: Trace, position: int, *, light: bool = False) -> None:
        super().__init__(panes, trace, position, light=light)
        self.changes: list[tuple[str, object]] = []

    def on_control_changed(self, message: ControlChanged) -> None:
        """Note a change."""
        self.changes.append((message.name, message.value))


def trace_of(name: str) -> Trace:
    """Return the zoo, or a canned trace by name."""
    return zoo() if name == "zoo" else canned_trace(name)


def stand(panes: str, trace: str, at: float, *, light: bool = False) -> Stand:
    """Return panes, named with commas between, on a trace."""
    shown = trace_of(trace)
    return Stand([PANES[name]() for name in panes.split(",")], shown, round(len(shown) * at), light=light)


if __name__ == "__main__":
    chosen = command_line(__doc__, PANES).parse_args()
    stand(chosen.panes, chosen.trace, chosen.at, light=chosen.light).run()
