"""How much of a cell of the timeline a worker has been running, where running takes time.

Usually a turn to run takes none, so that a cell in which there was one says so, whatever else there was. A worker that
computes runs for a while, and where several take turns within one cell, each of them has but a share of it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ..trace.lanes import STATUSES, Segments
from ..trace.state import Status
from .lane_cells import MOST_SHARED, RUNNING, SHARED
from .timeline_axis import Axis

_READY: Final = STATUSES.index(Status.READY)
_LOW: Final = {_READY: SHARED + 1, **{SHARED + share: SHARED + share for share in range(1, MOST_SHARED + 1)}}
"""What stands in a cell of a thread that has had part of it, or none, for itself."""

_SAMPLED: Final = 64
"""Most changes of one cell that are looked at, the last ones; the share of a cell with more follows from these."""


def shares(found: bytes, segments: Segments, bounds: Sequence[int], axis: Axis, end: int) -> bytes:
    """Return a lane's cells with shares in place of whole turns; the axis is one of time, known up to `end`."""
    cells = bytearray(found)
    positions = segments.position
    for column, code in enumerate(found):
        if code == RUNNING:
            before = bisect_right(positions, bounds[column]) - 1
            last = bisect_right(positions, bounds[column + 1]) - 1
            if last > before:
                cells[column] = _share(segments, before, last, axis.at(column), min(axis.at(column + 1), end))
    return bytes(cells)


def own_turns(found: bytes, own: bytes) -> bytes:
    """Return the cells of a thread that runs, low where only workers inside it act; `own` are its turns for itself."""
    cells = bytearray(found)
    for column, code in enumerate(own):
        if found[column] == RUNNING and code in _LOW:
            cells[column] = _LOW[code]
    return bytes(cells)


def _share(segments: Segments, before: int, last: int, start: int, end: int) -> int:
    """Return the cell of a time into which the changes after index `before` up to `last` fell."""
    first = max(before, last - _SAMPLED, 0)
    times = [max(time, start) for time in segments.time[first : last + 1]] + [end]
    stretches = zip(segments.status[first : last + 1], pairwise(times), strict=True)
    ran = sum(until - since for status, (since, until) in stretches if status == RUNNING)
    whole = end - (times[0] if first > before else start)
    if ran <= 0 or ran >= whole:
        return RUNNING
    return SHARED + max(1, min(round(8 * ran / whole), MOST_SHARED))
