"""A worker's recent history as a strip of a few cells, each some steps of the schedule, the newest at the right."""

from bisect import bisect_left
from functools import lru_cache

from rich.segment import Segment

from ..trace.lanes import Segments
from .lane_cells import cell, cells
from .palette import Paint


def grain(workers: int) -> int:
    """Return the steps of one cell, so that with many workers a strip still shows several turns of each."""
    return max(1, -(-workers // 4))


def history(segments: Segments, position: int, step: int, length: int, grain: int) -> bytes:
    """Return the codes of at most `length` cells up to the cursor, which is at `step`.

    Cells begin at multiples of `grain` steps, so that a strip stands still until a whole cell has passed.
    """
    steps, status = segments.step, segments.status
    now = segments.at(position) + 1
    newest = step // grain
    first = max(0, newest - length + 1)
    before = bisect_left(steps, first * grain, 0, now) - 1
    codes = bytearray()
    for number in range(first, newest + 1):
        last = bisect_left(steps, (number + 1) * grain, max(before, 0), now) - 1
        codes.append(cell(status, before, last))
        before = last
    return bytes(codes)


@lru_cache(maxsize=4096)
def strip_segments(codes: bytes, length: int, paint: Paint, ground: str) -> tuple[Segment, ...]:
    """Draw a history, right-aligned in exactly `length` cells."""
    codes = codes[-length:]
    missing = length - len(codes)
    before = [Segment(paint.glyphs.dot * missing, paint("faint", ground))] if missing else []
    return (*before, *cells(codes, paint, ground))
