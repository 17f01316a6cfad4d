"""Many workers as a mosaic: one cell each, its glyph in the colour of its state."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..trace.state import State, Status
from .palette import LOOKS, Paint
from .worker_order import View

_RUN: Final = re.compile(r"(.)\1*")


class Tiles(NamedTuple):
    """One line of the mosaic as drawn; equal lines look alike."""

    first: int
    """Where in the order its first worker is."""
    glyphs: str
    """One of each worker, as the paint has it."""
    marked: tuple[int, ...]
    """Places on the line of those that are followed or pinned, in order."""


def tiles(state: State, shown: Sequence[int], first: int, view: View, paint: Paint) -> Tiles:
    """Return the line of the workers `shown`, which stand in the order from place `first` on."""
    if not shown:
        return Tiles(first, "", ())
    workers = state.workers
    here = workers[shown[0] : shown[-1] + 1] if isinstance(shown, range) else [workers[number] for number in shown]
    glyph = _glyphs(paint)
    marked = {*view.pinned, view.followed}
    places = sorted(shown.index(number) for number in marked if number in shown)
    return Tiles(first, "".join([glyph[worker.status] for worker in here]), tuple(places))


def mosaic_line(line: Tiles, pitch: int, width: int, paint: Paint) -> Strip:
    """Draw one line, `pitch` cells a worker, runs of one state in one piece."""
    styles, gap = _styles(paint), " " * (pitch - 1)
    segments: list[Segment] = []
    start = 0
    for place in (*line.marked, len(line.glyphs)):
        for run in _RUN.finditer(line.glyphs, start, place):
            text = run[0] if pitch == 1 else "".join([glyph + gap for glyph in run[0]])
            segments.append(Segment(text, styles[run[1]]))
        if place < len(line.glyphs):
            segments.append(Segment(line.glyphs[place], paint("ground", "accent", bold=True)))
            if gap:
                segments.append(Segment(gap, paint("muted", "pane")))
        start = place + 1
    left = width - len(line.glyphs) * pitch
    if left > 0:
        segments.append(Segment(" " * left, paint("muted", "pane")))
    return Strip(segments, max(width, len(line.glyphs) * pitch))


@lru_cache(maxsize=8)
def _glyphs(paint: Paint) -> dict[Status, str]:
    return {status: paint.glyph(status) for status in LOOKS}


@lru_cache(maxsize=8)
def _styles(paint: Paint) -> dict[str, Style]:
    return {paint.glyph(status): paint(look.colour, "pane") for status, look in LOOKS.items()}
