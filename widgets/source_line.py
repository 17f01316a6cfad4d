"""One line of a program: its number, the code, and at the right who is there."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from ..trace.state import Status, Worker
from .fitting import Line, cut_middle, plain, width_of
from .palette import LOOKS, Paint
from .source_text import CodeLine

LONGEST_NAME = 16


class Here(NamedTuple):
    """Who is at a line."""

    name: str = ""
    status: Status = Status.READY
    more: int = 0
    """How many besides the one named."""
    followed: bool = False
    """Whether the followed worker is among them; it is then the one named."""


NOBODY = Here()


def here(workers: Sequence[Worker], followed: int) -> Here:
    """Sum up who is at a line: named is the followed worker, or one that runs, or is in trouble, or came first."""
    if not workers:
        return NOBODY
    first = min(workers, key=lambda worker: (worker.id != followed, _RANK.get(worker.status, 3), worker.since))
    return Here(plain(first.name), first.status, len(workers) - 1, first.id == followed)


_RANK = {Status.RUNNING: 0, Status.DEADLOCKED: 1, Status.FAILED: 2}


class Shape(NamedTuple):
    """Widths of a line's parts."""

    gutter: int
    """Cells of the line number."""
    left: int
    """Cells of code scrolled away at the left."""
    width: int


@lru_cache(maxsize=2048)
def source_line(number: int, code: CodeLine, who: Here, shape: Shape, paint: Paint) -> Strip:
    """Draw a line. Where code and names meet, the code is cut."""
    ground = _ground(who)
    tag = _tag(who, shape.width - shape.gutter, ground, paint)
    used = sum(segment.cell_length for segment in tag)
    line = Line(shape.width - used, paint.glyphs.ellipsis)
    present = who is not NOBODY and who.name
    ink = "accent" if who.followed else "ink" if present else "muted"
    line.add(f"{number:>{shape.gutter}}", paint(ink, ground, bold=bool(present)))
    line.add(f"{paint.glyphs.pointer if who.followed else ' '} ", paint("accent", ground))
    skip = shape.left
    for text, colour in code:
        if skip >= width_of(text):
            skip -= width_of(text)
        else:
            line.add(text[skip:], paint(colour, ground))
            skip = 0
    line.fill(paint("ink", ground))
    return Strip([*line.segments, *tag], shape.width)


def _ground(who: Here) -> str:
    if who.followed:
        return "wash-follow"
    if who.status in (Status.DEADLOCKED, Status.FAILED):
        return "wash-alarm"
    return "wash-cursor" if who.name else "pane"


def _tag(who: Here, room: int, ground: str, paint: Paint) -> list[Segment]:
    """Draw who is there, in at most two fifths of the room; first the name is cut, then it goes."""
    if not who.name:
        return []
    more = f" +{who.more:,}" if who.more else ""
    cells = min(LONGEST_NAME, room * 2 // 5 - len(more) - 5)
    name = cut_middle(who.name, cells, paint.glyphs.ellipsis) if cells > 1 else ""
    style = paint(LOOKS[who.status].colour, ground, bold=True)
    parts = [
        (f" {paint.glyph(who.status)}", style),
        (f" {name}" if name else "", style),
        (f"{more} ", paint("muted", ground)),
    ]
    return [Segment(text, ink) for text, ink in parts if text]
