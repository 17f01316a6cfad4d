"""Many changes of hands in few cells: who had a GIL or a core in the time of one cell, and for how much of it."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..trace.events import NONE
from ..trace.tenures import Tenure
from .timeline_axis import Axis

WHOLE: Final = 8
"""Parts that a cell is measured in: as many as a block has heights."""


_TWO: Final = 2
MANY: Final = -2
"""In place of who had it afterwards: it changed hands several times."""


class Cell(NamedTuple):
    """Who had it in the time of one cell, or NONE for nobody, in how many eighths of that time, and who afterwards.

    Where it changed hands several times (`MANY`), `holder` is the one that had it longest.
    """

    holder: int
    eighths: int = WHOLE
    after: int = MANY


FREE: Final = Cell(NONE)


def tenure_cells(tenure: Tenure, axis: Axis, bounds: Sequence[int], end: int, start: int = 0) -> list[Cell]:
    """Return the cells of the columns from `start` on that lie within what is known of the run, which is up to `end`.

    Bounds are those of `timeline_lane.lane_bounds`. Costs what changed hands in these columns.
    """
    moments = tenure.time if axis.unit == "time" else tenure.step
    last = bisect_right(tenure.position, bounds[start]) - 1
    found = []
    for column in range(start, len(bounds) - 1):
        before, last = last, bisect_right(tenure.position, bounds[column + 1], max(last, 0)) - 1
        holder = tenure.holder[last] if last >= 0 else NONE
        edges = axis.at(column), min(axis.at(column + 1), end)
        if last == before or edges[0] >= edges[1]:
            found.append(Cell(holder))
        else:
            found.append(_cell(tenure.holder[max(before, 0) : last + 1], moments[before + 1 : last + 1], *edges))
    return found


def _cell(holders: Sequence[int], changes: Sequence[int], start: int, end: int) -> Cell:
    """Return the cell of a time in which it changed hands; the first holder may have had it before."""
    since = changes if len(changes) == len(holders) else [start, *changes]
    stretches: list[tuple[int, int]] = [] if since[0] == start else [(NONE, since[0] - start)]
    for holder, begun, ended in zip(holders, since, [*since[1:], end], strict=True):
        if ended > begun and stretches and stretches[-1][0] == holder:
            stretches[-1] = holder, stretches[-1][1] + ended - begun
        elif ended > begun:
            stretches.append((holder, ended - begun))
    if len(stretches) == 1:
        return Cell(stretches[0][0])
    if len(stretches) == _TWO:
        (first, held), (second, _) = stretches
        return Cell(first, _share(held, end - start), second)
    return _longest(stretches, end - start)


def _longest(stretches: Sequence[tuple[int, int]], whole: int) -> Cell:
    """Return who had it longest, and how long, of several."""
    held: dict[int, int] = {}
    for holder, time in stretches:
        held[holder] = held.get(holder, 0) + time
    held.pop(NONE, None)
    longest = max(held, key=lambda holder: (held[holder], -holder), default=NONE)
    return FREE if longest == NONE else Cell(longest, _share(held[longest], whole))


def _share(part: int, whole: int) -> int:
    """Return a part in eighths: never none of it, and never all, which would say that nobody else had it."""
    return max(1, min(part * WHOLE // whole, WHOLE - 1))
