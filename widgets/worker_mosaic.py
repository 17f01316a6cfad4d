"""Many workers as a mosaic: one cell each, its glyph in the colour of its state."""

from collections.abc import Sequence
from itertools import groupby

from rich.segment import Segment
from textual.strip import Strip

from ..trace.state import State, Status
from .palette import LOOKS, Paint
from .worker_order import View

MosaicKey = tuple[tuple[Status, ...], tuple[int, ...]]
"""Statuses of a line's workers, and the columns of those that are followed or pinned."""


def mosaic_key(state: State, order: Sequence[int], first: int, width: int, view: View) -> MosaicKey:
    """Return what one line of the mosaic shows: the workers from index `first` of the order on."""
    shown = order[first : first + width]
    workers = state.workers
    if isinstance(shown, range):
        statuses = tuple([worker.status for worker in workers[shown.start : shown.stop]])
    else:
        statuses = tuple([workers[number].status for number in shown])
    marked = {*view.pinned, view.followed}
    return statuses, tuple(shown.index(number) for number in marked if number in shown)


def mosaic_line(key: MosaicKey, pitch: int, width: int, paint: Paint) -> Strip:
    """Draw one line of the mosaic, `pitch` cells a worker, runs of one state in one piece."""
    statuses, marked = key
    segments: list[Segment] = []
    start = 0
    for status, run in groupby(statuses):
        end = start + sum(1 for _ in run)
        style = paint(LOOKS[status].colour, "pane")
        cell = f"{paint.glyph(status):<{pitch}}"
        for mark in sorted(mark for mark in marked if start <= mark < end):
            segments.append(Segment(cell * (mark - start), style))
            segments.append(Segment(cell[:1], paint("ground", "accent", bold=True)))
            segments.append(Segment(cell[1:], style))
            start = mark + 1
        segments.append(Segment(cell * (end - start), style))
        start = end
    segments.append(Segment(" " * (width - start * pitch), paint("muted", "pane")))
    return Strip([segment for segment in segments if segment.text], max(width, start * pitch))
