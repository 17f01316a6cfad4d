"""Every event of the run in words, around the cursor. Only the lines on screen are ever put into words."""

from collections.abc import Hashable
from typing import Final

from textual import events
from textual.reactive import reactive
from textual.strip import Strip

from ..locales.words import N_
from ..trace.events import NONE, Event
from ..trace.narrate import DECLARATIONS, sentence
from ..trace.narrate_words import duration
from ..trace.state import Status
from ..trace.store import Trace
from .events_line import Told, event_line
from .fitting import plain
from .pane import LinePane
from .transport_messages import Seek
from .worker_order import View

FARTHEST: Final = 2000
"""Untold events in a row that are passed over in search of the next line."""


REMEMBERED: Final = 1024
"""Events whose words are kept."""


class EventsPane(LinePane):
    """A list of sentences that the cursor moves through; what has not happened yet is dimmed.

    The scroll position is a position of the trace: a line is found by walking over the events that have none, so no
    index of all lines is ever made.
    """

    TITLE = N_("Events")

    view: reactive[View] = reactive(View())
    """Who is followed: those lines stand out."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self._shown: list[int] = []
        self._cursor = 0
        self._seen: tuple[Trace | None, int, int] = (None, -1, 0)
        self._words: dict[int, tuple[Status, str]] = {}

    def prepare(self) -> None:
        """Bring the cursor into view when it has moved, and find the events on screen."""
        trace = self.trace
        assert trace is not None
        if trace is not self._seen[0]:
            self._words.clear()
        self.extent(len(trace))
        moved = (trace, self.position, self.rows)
        self._cursor = self._told_before(self.position)
        if moved != self._seen and self.rows:
            self._seen = moved
            self._bring_into_view()
        self._find()
        self.headline(f"{len(trace):,}")

    def _told_before(self, position: int) -> int:
        """Return the position after the last event with a line at or before `position`, or 0."""
        assert self.trace is not None
        for candidate in range(position, max(0, position - FARTHEST), -1):
            if self.trace.event(candidate - 1).kind not in DECLARATIONS:
                return candidate
        return 0

    def _bring_into_view(self) -> None:
        """Scroll only if the cursor's line is not on screen, or at its very end: then put it at two thirds."""
        if self._cursor in self._shown[: max(1, self.rows - 1)]:
            return
        top = self._cursor
        for _ in range(self.rows * 2 // 3):
            top = self._told_before(top - 1) or top
        self.scroll_to(y=max(0, top - 1), animate=False, force=True)

    def _find(self) -> None:
        """Collect the positions of the lines on screen, from the scroll position down."""
        trace = self.trace
        assert trace is not None
        first = self.top
        shown: list[int] = []
        for index in range(first, min(len(trace), first + self.rows + FARTHEST)):
            if len(shown) == self.rows:
                break
            if trace.event(index).kind not in DECLARATIONS:
                shown.append(index + 1)
        self._shown = shown

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Find the events on screen again."""
        super().watch_scroll_y(old_value, new_value)
        if self.trace is not None:
            self._find()

    def line_key(self, row: int) -> Hashable:
        """Return the event on a row as drawn."""
        return self._told(row) if row < len(self._shown) else None

    def draw_line(self, row: int, width: int) -> Strip:
        """Draw an event."""
        assert self.trace is not None
        if row >= len(self._shown):
            return Strip.blank(width, self.paint("ink", "pane"))
        steps = len(f"{self.trace.last_step:,}")
        times = 9 if self.trace.duration else 0
        return event_line(self._told(row), steps, times, width, self.paint)

    def _told(self, row: int) -> Told:
        trace = self.trace
        assert trace is not None
        position = self._shown[row]
        event = trace.event(position - 1)
        above = trace.event(self._shown[row - 1] - 1) if row else None
        status, text = self._in_words(event, position)
        return Told(
            step=f"{event.step:,}" if above is None or above.step != event.step or position == self._cursor else "",
            time=duration(event.time) if above is None or above.time != event.time else "",
            status=status,
            text=text,
            past=position <= self.position,
            now=position == self._cursor,
            followed=event.worker != NONE and event.worker == self.view.followed,
        )

    def _in_words(self, event: Event, position: int) -> tuple[Status, str]:
        """Return what an event left its worker doing, and its sentence; kept, for both cost a state."""
        known = self._words.get(position)
        if known is None:
            assert self.trace is not None
            workers = self.trace.state(position).workers
            status = workers[event.worker].status if 0 <= event.worker < len(workers) else Status.READY
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            known = self._words[position] = status, plain(sentence(self.trace, position))
        return known

    def on_language_changed(self) -> None:
        """Forget what was said in the other language."""
        self._words.clear()

    def watch_view(self) -> None:
        """Let other lines stand out."""
        self.update_lines()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to just after the event that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.y < len(self._shown):
            self.post_message(Seek(self._shown[offset.y]))
