"""One lane of the timeline that belongs to a GIL or to a core: who had it, over the axis, by colour and name.

Where one worker had it all the time, the lane is solid and says the name, or as much of it as there is room for. Where
it changed hands more than once within a cell, the block is as high as the share of the one who had it longest; where
nobody had it, there is nothing.
"""

from itertools import groupby
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..trace.events import NONE
from .fitting import Line, cut_middle, width_of
from .hues import hue
from .palette import Paint
from .tenure_cells import FREE, MANY, WHOLE, Cell

_HEIGHTS: Final = " ▁▂▃▄▅▆▇"
_ASCII_HEIGHTS: Final = " ...::::"
_WIDTHS: Final = " ▏▎▍▌▋▊▉"
_NAME_MARGIN: Final = 2
"""Cells that a name leaves free in a solid stretch, at least."""


class Name(NamedTuple):
    """What a holder is called: in full, and in at most three characters."""

    full: str
    tag: str


class TenureLane(NamedTuple):
    """A lane as drawn; equal lanes look alike."""

    label: str
    cells: tuple[Cell, ...]
    names: tuple[tuple[int, Name], ...]
    """Of all holders in the cells."""
    columns: int
    cursor: int = -1
    """Column of the cursor, which may be outside."""


def tenure_lane(shown: TenureLane, label: int, paint: Paint) -> Strip:
    """Draw a lane: a label of so many cells, then one cell a column."""
    line = Line(label, paint.glyphs.ellipsis)
    line.add(f"{paint.glyphs.handle} ", paint("muted", "pane"))
    line.add(cut_middle(shown.label, label - 3, paint.glyphs.ellipsis), paint("ink-strong", "pane", bold=True))
    segments = list(line.strip(paint("ink", "pane")))
    names = dict(shown.names)
    unknown = [FREE] * (shown.columns - len(shown.cells))
    place = 0
    for cell, run in groupby((*shown.cells, *unknown)):
        width = sum(1 for _ in run)
        segments += _crossed(_run(cell, width, names, paint), shown.cursor - place, paint)
        place += width
    return Strip(segments, label + shown.columns)


def _run(cell: Cell, width: int, names: dict[int, Name], paint: Paint) -> tuple[str, Style, Style]:
    """Return so many equal cells as text, and its style before and after the cursor."""
    ink = hue(cell.holder)
    if cell.eighths < WHOLE and cell.after != MANY:
        return _edge(cell, width, paint)
    if cell.holder == NONE:
        return " " * width, paint("ink", "pane"), paint("ink", "pane")
    if cell.eighths == WHOLE:
        return _said(names[cell.holder], width), paint("holder-text", ink), paint.washed(ink)
    heights = _ASCII_HEIGHTS if paint.ascii_only else _HEIGHTS
    return heights[cell.eighths] * width, paint(ink, "pane"), paint.faded(ink, "pane")


def _edge(cell: Cell, width: int, paint: Paint) -> tuple[str, Style, Style]:
    """Return a cell in which it changes hands once; without such blocks it is all of the one who has more of it."""
    first, second = hue(cell.holder), hue(cell.after)
    if paint.ascii_only:
        most = first if cell.eighths > WHOLE // 2 else second
        return " " * width, paint("ink", most), paint("ink", "pane") if most == "pane" else paint.washed(most)
    later = [paint.colours["pane"] if ink == "pane" else paint.washed(ink).bgcolor for ink in (first, second)]
    return _WIDTHS[cell.eighths] * width, paint(first, second), Style(color=later[0], bgcolor=later[1])


def _said(name: Name, width: int) -> str:
    """Return the name, its tag or the tag's end in the middle of exactly so many cells."""
    text = name.full if width_of(name.full) + _NAME_MARGIN <= width else name.tag
    while width_of(text) > width:
        text = text[1:]
    left = (width - width_of(text)) // 2
    return " " * left + text + " " * (width - left - width_of(text))


def _crossed(run: tuple[str, Style, Style], at: int, paint: Paint) -> list[Segment]:
    """Draw a run with the cursor across it, if that is `at` one of its cells, and paler from there on."""
    text, past, later = run
    width = width_of(text)
    if at >= width:
        return [Segment(text, past)]
    before, rest = Segment(text, past).split_cells(max(at, 0))
    cursor = [Segment(paint.glyphs.cursor, paint("cursor", "pane"))] if at >= 0 else []
    _, after = rest.split_cells(len(cursor))
    return [*([before] if before.text else []), *cursor, *([Segment(after.text, later)] if after.text else [])]
