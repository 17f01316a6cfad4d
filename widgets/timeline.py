"""The timeline: lanes of the workers, and of the GIL or the cores, along virtual time or the steps of a run."""

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ..locales.words import N_, _
from ..trace.narrate_words import duration
from ..trace.state import State
from ..trace.store import Trace
from ..trace.tenures import Tenure
from .fitting import plain, width_of
from .lane_shares import own_turns
from .nesting import sort_of
from .pane import LinePane
from .timeline_axis import Axis, extent, unit_of, window
from .timeline_lane import Lane, axis_line, lane, lane_bounds, lane_codes
from .timeline_tenure import TenureLane, tenure_lane
from .timeline_tenures import TenureLanes, chosen
from .transport_messages import Seek
from .worker_order import View, insiders

NAMES_SAMPLED: Final = 64
LABEL: Final = 9
"""Cells of the lanes' labels, at least: room for "seconds"."""

LONGEST_LABEL: Final = 20
DEEPEST: Final = 40
"""Zoom is a power of two; no run has more nanoseconds than that in a hundred columns."""


class TimelinePane(LinePane):
    """Lanes of GILs, cores, and workers in the order of their pane. A frame costs what its columns and lanes do."""

    TITLE = N_("Timeline")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "plus", "zoom(1)", N_("Zoom in"), show=False, id="timeline.zoom_in", tooltip=N_("See less time, larger")
        ),
        Binding(
            "underscore", "zoom(-1)", N_("Zoom out"), show=False, id="timeline.zoom_out", tooltip=N_("See more time")
        ),
        Binding("h", "pan(-1)", N_("Earlier"), show=False, id="timeline.earlier", tooltip=N_("Show what was before")),
        Binding("l", "pan(1)", N_("Later"), show=False, id="timeline.later", tooltip=N_("Show what comes after")),
        Binding("t", "axis", N_("Time or steps"), show=False, id="timeline.axis", tooltip=N_("Count time or steps")),
    ]

    view: reactive[View] = reactive(View())
    """Filter, pins, and who is followed: as in the workers' pane."""

    unit: reactive[Literal["auto", "time", "step"]] = reactive[Literal["auto", "time", "step"]]("auto")
    """What the axis counts; "auto" is time, if any passes."""

    zoom: reactive[int] = reactive(0)
    """The window is the whole run, halved so often."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self.axis = Axis("step", 0, 1, 1)
        self._state = State()
        self._order: Sequence[int] = ()
        self._inside: dict[int, int] = {}
        """How many lanes are folded into each thread's."""
        self._label = 0
        self._cursor = 0
        self._end = 0
        self._start = 0
        self._panned_at = -1
        self._known: tuple[Trace | None, Axis, int] = (None, self.axis, 0)
        self._read = -1
        self._bounds: tuple[int, ...] = (0,)
        self._codes: dict[int, tuple[tuple[int, int, int], bytes]] = {}
        self._shared: Sequence[Tenure] = ()
        """GILs and cores, whose lanes stand above those of the workers."""
        self._tenures = TenureLanes()
        self._shown: dict[int, TenureLane] = {}
        """Lanes of these as they look at the cursor."""

    def prepare(self) -> None:
        """Find the window that holds the cursor."""
        trace = self.trace
        assert trace is not None
        self._state = state = trace.state(self.position)
        self._order = self.view.order(state)
        self._shared = chosen(trace)
        self._shown.clear()
        folded = insiders(state).items() if self.view.folded else ()
        self._inside = {host: len(inside) for host, inside in folded}
        widest = max((width_of(self._label_of(worker)) for worker in self._order[:NAMES_SAMPLED]), default=0) + 3
        self._label = min(max(widest, LABEL), LONGEST_LABEL, max(6, self.columns // 4))
        unit = unit_of(trace, self.unit)
        whole = extent(trace, unit)
        at = state.time if unit == "time" else state.step
        if self._panned_at != self.position:
            self._start, span = window(unit, whole, self.zoom, self._start, at)
        else:
            span = self.axis.span
        axis = Axis(unit, self._start, span, max(1, self.columns - self._label))
        self._end = trace.duration if unit == "time" else trace.last_step
        known = trace, axis, axis.column(self._end)
        if known != self._known:
            self._known = known
            self._read = -1
            self._codes.clear()
        if self._read != len(trace):
            # Lanes in which nothing is new keep their cells; the others may have more in the last column.
            self._read = len(trace)
            self._bounds = lane_bounds(trace, axis)
        self.axis = axis
        self._cursor = axis.column(at)
        self.extent(self._lanes + 1)
        self._title()

    def line_key(self, row: int) -> Hashable:
        """Return the lane on a row, or the axis on the last one."""
        if row == self._axis_row:
            return self.axis, self._cursor, self._now, self._label
        place = row + self.top - len(self._shared)
        if place < 0:
            return self._tenure(place), self._label
        return (self._lane(self._order[place]), self._label) if place < len(self._order) else None

    def draw_line(self, row: int, width: int) -> Strip:
        """Draw a lane or the axis."""
        if row == self._axis_row:
            return axis_line(self.axis, self._cursor, self._now, self._label, self.paint)
        place = row + self.top - len(self._shared)
        if place < 0:
            return tenure_lane(self._tenure(place), self._label, self.paint)
        if place >= len(self._order):
            return Strip.blank(width, self.paint("ink", "pane"))
        return lane(self._lane(self._order[place]), self._label, self.paint)

    @property
    def _axis_row(self) -> int:
        return min(self.rows - 1, self._lanes)

    @property
    def _lanes(self) -> int:
        return len(self._shared) + len(self._order)

    @property
    def _now(self) -> str:
        return f"{self._state.step:,}" if self.axis.unit == "step" else duration(self._state.time)

    def _tenure(self, place: int) -> TenureLane:
        """Return the lane of a GIL or a core, counted from the last one as -1."""
        assert self.trace is not None
        made = self._shown.get(place)
        if made is None:
            made = self._tenures.lane(self.trace, self._state, self._shared[place], self.axis, self._bounds)
            made = self._shown[place] = made._replace(cursor=self._cursor)
        return made

    def _lane(self, number: int) -> Lane:
        worker = self._state.workers[number]
        followed = number == self.view.followed
        return Lane(self._label_of(number), worker.status, followed, self._codes_of(number), self._cursor)

    def _label_of(self, number: int) -> str:
        """Return a lane's label: further in and with its sign for a worker inside a thread."""
        worker = self._state.workers[number]
        name = plain(worker.name)
        if sort := sort_of(worker):
            return f" {sort.sign(self.paint.glyphs)} {name}"
        return f"{name} +{self._inside[number]:,}" if number in self._inside else name

    def _codes_of(self, number: int) -> bytes:
        """Return a lane's cells, reckoned anew when the window or the lane has changed."""
        assert self.trace is not None
        segments = self.trace.lanes.segments(number)
        # Where computing takes time, the last cell's share of it changes without a change of status.
        own = self.trace.lanes.own(number)
        news = len(segments), len(own or ()), self._end if self.trace.tenures else 0
        kept = self._codes.get(number)
        if kept is not None and kept[0] == news:
            return kept[1]
        codes = lane_codes(self.trace, segments, self._bounds, self.axis)
        if own is not None:
            codes = own_turns(codes, lane_codes(self.trace, own, self._bounds, self.axis))
        self._codes[number] = news, codes
        return codes

    def _title(self) -> None:
        axis = self.axis
        first, last = axis.at(0), min(axis.start + axis.span, self._end)
        zoomed = _("zoom {zoom:,} {dot} ", zoom=2**self.zoom, dot=self.paint.glyphs.dot) if self.zoom else ""
        info = (
            _("{first} to {last}", first=duration(first), last=duration(last))
            if axis.unit == "time"
            else _("steps {first:,} to {last:,}", first=first, last=last)
        )
        hidden = self._lanes - self.top - self.rows + 1
        self.headline(
            zoomed + info, _("{glyph} {count:,} more", glyph=self.paint.glyphs.more, count=hidden) if hidden > 0 else ""
        )

    def action_zoom(self, by: int) -> None:
        """Zoom in or out, as far as there is anything new to see."""
        span = self.axis.span
        self._panned_at = -1
        self.zoom = max(0, min(DEEPEST, self.zoom + by))
        if by > 0 and self.axis.span == span:
            self.zoom -= 1

    def action_pan(self, by: int) -> None:
        """Show earlier or later, a quarter of the window away; the next move of the cursor brings the window back."""
        if self.trace is None:
            return
        whole = extent(self.trace, self.axis.unit)
        self._start = max(0, min(whole - self.axis.span, self._start + by * max(1, self.axis.span // 4)))
        self._panned_at = self.position
        self.update_lines()

    def action_axis(self) -> None:
        """Count steps in place of time, or time again."""
        self._start = 0
        self.unit = "step" if self.axis.unit == "time" else "time"

    def watch_view(self, old: View, new: View) -> None:
        """Show other lanes. Another filter starts at the top."""
        if new.filter != old.filter:
            self.scroll_to(y=0, animate=False, force=True)
        self.update_lines()

    def watch_unit(self) -> None:
        """Lay out along the other axis."""
        self.update_lines()

    def watch_zoom(self) -> None:
        """Lay out at another scale."""
        self.update_lines()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say how many lanes are still below."""
        super().watch_scroll_y(old_value, new_value)
        if self.trace is not None:
            self._title()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the time or step that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or self.trace is None or offset.x < self._label:
            return
        at = self.axis.at(offset.x - self._label + 1) - 1
        time = self.axis.unit == "time"
        self.post_message(Seek(self.trace.at_time(at) if time else self.trace.end_of_step(at)))
