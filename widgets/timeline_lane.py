"""One lane of the timeline: a worker's states over the axis, the cursor across them. Cost follows the columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from ..trace.lanes import Segments
from ..trace.state import Status
from ..trace.store import Trace
from .fitting import Line, cut, cut_middle, fit, width_of
from .lane_cells import BLANK, cells, codes, lasting
from .lane_shares import shares
from .palette import LOOKS, Paint
from .timeline_axis import Axis


class Lane(NamedTuple):
    """A lane as drawn; equal lanes look alike."""

    name: str
    status: Status
    followed: bool
    codes: bytes
    cursor: int
    """Column of the cursor, which may be outside."""


def lane_bounds(trace: Trace, axis: Axis) -> tuple[int, ...]:
    """Return the bounds, for `lane_cells.codes`, of the columns that lie within what is known of the run."""
    end = trace.duration if axis.unit == "time" else trace.last_step
    known = min(axis.columns, max(0, axis.column(end) + 1))
    before = trace.at_time if axis.unit == "time" else trace.end_of_step
    return tuple(before(axis.at(column) - 1) for column in range(known + 1))


def lane_codes(trace: Trace, segments: Segments, bounds: Sequence[int], axis: Axis) -> bytes:
    """Return a worker's cells, and blanks for the columns of which nothing is known."""
    found = codes(segments, bounds)
    if axis.unit == "time" and trace.tenures:
        found = shares(found, segments, bounds, axis, trace.duration)
    return found + bytes([BLANK]) * (axis.columns - len(found))


def lane(shown: Lane, label: int, paint: Paint) -> Strip:
    """Draw a lane: a label of so many cells, then one cell a column."""
    ground = "wash-follow" if shown.followed else "pane"
    look = LOOKS[shown.status]
    line = Line(label, paint.glyphs.ellipsis)
    line.add(f"{paint.glyph(shown.status)} ", paint(look.colour, ground))
    quiet = shown.status in (Status.FINISHED, Status.KILLED)
    ink = paint("accent" if shown.followed else "muted" if quiet else "ink", ground, bold=shown.followed)
    line.add(cut_middle(shown.name, label - 3, paint.glyphs.ellipsis), ink)
    columns = len(shown.codes)
    cursor = max(-1, min(shown.cursor, columns))
    segments = [*line.strip(ink), *cells(shown.codes[: max(cursor, 0)], paint, ground)]
    if 0 <= cursor < columns:
        segments.append(_crossing(shown.codes[cursor], ground, paint))
    segments += cells(shown.codes[cursor + 1 :], paint, ground, faded=True)
    return Strip(segments, label + columns)


def _crossing(code: int, ground: str, paint: Paint) -> Segment:
    """Draw the cursor across a lane; an end or a deadlock there stays in sight."""
    status = lasting(code)
    if status is None:
        return Segment(paint.glyphs.cursor, paint("cursor", ground))
    return Segment(paint.glyph(status), paint.state(status, ground, bold=True))


def axis_line(axis: Axis, cursor: int, now: str, label: int, paint: Paint) -> Strip:
    """Draw the axis: its unit below the labels, ticks, and `now` at the cursor's column, where no tick comes near."""
    quiet = paint("muted", "pane")
    line = Line(label + axis.columns, "").add(fit(axis.word, label), quiet)
    for column, text, ink in sorted(_marks(axis, cursor, now, paint)):
        line.gap(label + column - (line.width - line.room), quiet)
        tick = text.index(paint.glyphs.tick) if paint.glyphs.tick in text else -1
        for place, part in enumerate(text.partition(paint.glyphs.tick) if tick >= 0 else (text,)):
            line.add(part, paint("edge-strong" if place == 1 else ink, "pane", bold=ink == "cursor"))
    return line.strip(quiet)


def _marks(axis: Axis, cursor: int, now: str, paint: Paint) -> Iterator[tuple[int, str, str]]:
    """Yield (column, text, ink) of what stands on the axis, none of it touching another."""
    place, free = axis.columns, 0
    if 0 <= cursor < axis.columns:
        place = max(0, min(cursor - width_of(now) // 2, axis.columns - width_of(now)))
        yield place, cut(now, axis.columns, ""), "cursor"
    for tick in axis.ticks():
        text, column = f"{paint.glyphs.tick}{tick.label}", tick.column
        if column + len(text) > axis.columns:
            text, column = f"{tick.label}{paint.glyphs.tick}", column - len(tick.label)
        apart = column > place + width_of(now) or column + len(text) < place
        if column >= free and apart:
            free = column + len(text) + 1
            yield column, text, "muted"
