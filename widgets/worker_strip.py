"""A worker's recent history as a strip of a few cells, each some steps of the schedule, the newest at the right."""

from functools import lru_cache

from rich.segment import Segment

from ..trace.store import Trace
from .lane_cells import cells
from .palette import Paint


def grain(workers: int) -> int:
    """Return the steps of one cell, so that with many workers a strip still shows several turns of each."""
    return max(1, -(-workers // 4))


def strip_bounds(trace: Trace, position: int, length: int, grain: int) -> tuple[int, ...]:
    """Return the bounds, for `lane_cells.codes`, of at most `length` cells up to the cursor.

    Cells begin at multiples of `grain` steps, so that a strip stands still until a whole cell has passed.
    """
    newest = trace.step_at(position) // grain
    first = max(0, newest - length + 1)
    inner = (trace.end_of_step(cell * grain - 1) for cell in range(first, newest + 1))
    return (*inner, position)


@lru_cache(maxsize=4096)
def strip_segments(codes: bytes, length: int, paint: Paint, ground: str) -> tuple[Segment, ...]:
    """Draw a history, right-aligned in exactly `length` cells."""
    codes = codes[-length:]
    missing = length - len(codes)
    before = [Segment(paint.glyphs.dot * missing, paint("faint", ground))] if missing else []
    return (*before, *cells(codes, paint, ground))
