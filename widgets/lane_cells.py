"""Many changes of status in few cells: what one cell of a timeline lane or of a state strip shows."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rich.segment import Segment

from ..trace.lanes import STATUSES, Segments
from ..trace.state import Status
from .palette import LOOKS, Paint

BLANK: Final = 254
"""Nothing is known yet."""

UNBORN: Final = 255
"""The worker was not there yet."""

HERE: Final = 64
"""Added to an end's number in the cell in which it came: its glyph stands there, and nothing after it."""

SHARED: Final = 128
"""Added to how many eighths of the cell's time, up to `MOST_SHARED`, a worker was running that took turns in it."""

MOST_SHARED: Final = 6
_HEIGHTS: Final = " ▁▂▃▄▅▆"
_ASCII_HEIGHT: Final = "+"

RUNNING: Final = STATUSES.index(Status.RUNNING)

_ENDED: Final = frozenset(STATUSES.index(end) for end in (Status.FINISHED, Status.FAILED, Status.KILLED))
_DEADLOCKED: Final = STATUSES.index(Status.DEADLOCKED)

LOOK_BACK: Final = 3
"""Changes at the end of a cell that are searched for a turn to run."""


def codes(segments: Segments, bounds: Sequence[int]) -> bytes:
    """Return a code per cell. A cell holds the changes at positions beyond one bound and up to the next.

    Bounds are positions of the trace, one more than there are cells. Costs a bisection a cell, however many changes.
    """
    positions, status = segments.position, segments.status
    newest = len(positions) - 1
    before = bisect_right(positions, bounds[0]) - 1
    found = bytearray()
    for bound in bounds[1:]:
        last = before if before == newest else bisect_right(positions, bound, max(before, 0)) - 1
        found.append(_cell(status, before, last))
        before = last
    return bytes(found)


def _cell(status: Sequence[int], before: int, last: int) -> int:
    """Return what stands for a cell into which the changes after index `before` up to `last` fell.

    A turn to run outshines the states around it, which last longer and show in other cells; an end or a deadlock
    outshines everything.
    """
    if last < 0:
        return UNBORN
    now = status[last]
    if last == before or now == _DEADLOCKED:
        return now
    if now in _ENDED:
        return now + HERE
    return RUNNING if RUNNING in status[max(before + 1, last - LOOK_BACK + 1) : last + 1] else now


def lasting(code: int) -> Status | None:
    """Return the end or the deadlock that a code stands for, or None for all else."""
    if code == _DEADLOCKED:
        return Status.DEADLOCKED
    return STATUSES[code - HERE] if code & HERE and code < SHARED else None


def cells(shown: Sequence[int], paint: Paint, ground: str, *, faded: bool = False) -> list[Segment]:
    """Draw cells, runs of one code in one piece; `faded` is for what has not happened yet at the cursor."""
    segments = []
    for code, run in groupby(shown):
        length = sum(1 for _ in run)
        if code == BLANK:
            segments.append(Segment(" " * length, paint("ink", ground)))
        elif code == UNBORN:
            segments.append(Segment(paint.glyphs.dot * length, paint("faint", ground)))
        elif code & SHARED:
            bar = _ASCII_HEIGHT if paint.ascii_only else _HEIGHTS[code - SHARED]
            ink = LOOKS[Status.RUNNING].colour
            segments.append(Segment(bar * length, paint.faded(ink, ground) if faded else paint(ink, ground)))
        elif code & HERE:
            status = STATUSES[code - HERE]
            ink = LOOKS[status].colour
            style = paint.faded(ink, ground) if faded else paint(ink, ground)
            segments.append(Segment(paint.glyph(status) * length, style))
        else:
            status = STATUSES[code]
            style = paint.faded(LOOKS[status].colour, ground) if faded else paint.stroke(status, ground)
            segments.append(Segment(paint.bar(status) * length, style))
    return segments
