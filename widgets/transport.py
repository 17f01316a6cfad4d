"""The transport bar: play, step, and a bar to scrub along, with marks where something interesting happens."""

from dataclasses import dataclass

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ..trace.marks import Mark
from ..trace.store import Trace
from .fitting import plain
from .palette import DARK_PAINT, paint_of
from .timeline_axis import nice
from .transport_bar import Bar, button_at, column_of, marked, places, position_of, transport
from .transport_messages import Pressed, Seek


@dataclass(frozen=True, slots=True)
class Transport:
    """What the trace does not know about playing."""

    playing: bool = False
    speed: str = "1.0x"
    note: str = ""
    """Such as "2 branches"."""


class TransportBar(Widget):
    """One line. All that can be clicked here has a key in the app."""

    DEFAULT_CSS = """
    TransportBar { height: 1; background: $background; }
    """

    state: reactive[Transport] = reactive(Transport())
    """Play state, speed and note."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self._trace: Trace | None = None
        self._position = 0
        self._bar = Bar(0, (), 0, playing=False, step="", speed="", note="")
        self._marks: tuple[tuple[int, int], tuple[tuple[int, Mark], ...]] = ((-1, 0), ())
        self._dragging = False

    def show(self, trace: Trace, position: int) -> None:
        """Show the trace after its first `position` events."""
        if trace is not self._trace:
            self._marks = ((-1, 0), ())
        self._trace, self._position = trace, position
        self._draw()

    def watch_state(self) -> None:
        """Show what the player does."""
        self._draw()

    def on_mount(self) -> None:
        """Draw what was shown before there was a screen."""
        self._draw()

    def on_resize(self) -> None:
        """Fit the marks to the new width."""
        self._draw()

    @property
    def _whole(self) -> int:
        """Positions that the bar stands for: while the run still grows a round number, so that marks stand still."""
        assert self._trace is not None
        return len(self._trace) if self._trace.complete else nice(len(self._trace))

    def _draw(self) -> None:
        trace = self._trace
        if trace is None or not self.is_mounted or not self.size.width:
            return
        state = self.state
        step = f"{trace.step_at(self._position):,}/{trace.last_step:,}"
        width = places(self.size.width, step, state.speed, plain(state.note)).width
        column = column_of(self._position, self._whole, width)
        arrived = column_of(len(trace), self._whole, width) + 1
        bar = Bar(column, self._marked(width), arrived, state.playing, step, state.speed, plain(state.note))
        if bar != self._bar:
            self._bar = bar
            self.refresh()

    def _marked(self, width: int) -> tuple[tuple[int, Mark], ...]:
        assert self._trace is not None
        if self._marks[0] != (len(self._trace), width):
            self._marks = ((len(self._trace), width), marked(self._trace.marks, self._whole, width))
        return self._marks[1]

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        paint = paint_of(self.app) if self.is_mounted else DARK_PAINT
        if y or self._trace is None:
            return Strip.blank(self.size.width, paint("ink", "ground"))
        return transport(self._bar, self.size.width, paint)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press a button, or take the handle."""
        button = button_at(event.x)
        if button is not None:
            self.post_message(Pressed(button))
        elif self._trace is not None:
            self._dragging = True
            self.capture_mouse()
            self._seek(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the handle."""
        if self._dragging:
            self._seek(event.x)

    def on_mouse_up(self) -> None:
        """Let go of the handle."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _seek(self, x: int) -> None:
        assert self._trace is not None
        where = places(self.size.width, self._bar.step, self._bar.speed, self._bar.note)
        position = position_of(x - where.bar, self._whole, where.width)
        self.post_message(Seek(min(position, len(self._trace))))
