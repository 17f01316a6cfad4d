"""Threads drawn inside their process, and in each the workers that run inside it: by name, as a mosaic, or in one line.

A `Level` says how roomy. How many lines a thread takes at a level follows from the number of its workers alone, so the
roomiest level that fits is found without drawing any.
"""

from collections.abc import Sequence
from enum import IntEnum
from itertools import groupby
from typing import Final

from ...locales.words import ngettext
from ...trace.state import Status
from ..fitting import cut_middle, width_of
from ..palette import LOOKS
from .frame import MARGIN, framed, marked
from .ink import EMPTY, Picture, Row, Span, across, clip, length, padded, row, spread
from .process_facts import STRANDS_NAMED, Strands, Thread
from .scene import Plate, Who

_FRAME: Final = 2
_NARROWEST: Final = 24
"""Least width of a thread's box where there are several side by side."""

_ONE_EACH: Final = 8
"""Most workers of a thread that have a row each."""

_LONGEST: Final = 16
"""Cells of a name where several stand in a row."""

_MOSAIC: Final = 3
"""Most rows of a mosaic that is cut short."""

_PLAIN: Final = 3
"""Most rows for the threads of a process that have no workers inside."""

_GAP: Final = 1
_APART: Final = 2
_SHARE: Final = 3
"""A thread's name may take one part in so many of a line."""


class Level(IntEnum):
    """How roomy a thread is drawn."""

    ROWS = 0
    """A box with a row for each worker."""
    NAMES = 1
    """A box with several names in a row."""
    MOSAIC = 2
    """A box with a glyph for each worker."""
    PART = 3
    """A box with a glyph for each worker, as far as a few rows have room."""
    LINE = 4
    """A line with a glyph for each worker, as far as there is room."""


def columns(threads: Sequence[Thread], width: int) -> int:
    """Return how many threads' boxes stand side by side."""
    boxed = sum(thread.strands is not None for thread in threads)
    return max(min((width + _GAP) // (_NARROWEST + _GAP), boxed), 1)


def height(threads: Sequence[Thread], more: int, width: int, level: Level) -> int | None:
    """Return how many lines a process's threads take, `more` of them unnamed; None if that level cannot show them."""
    inside = [thread.strands for thread in threads if thread.strands is not None]
    plain = min(len(threads) - len(inside) + bool(more), _PLAIN)
    if level is Level.LINE:
        return len(inside) + plain
    in_tier = columns(threads, width)
    inner = _box_width(width, in_tier) - MARGIN
    lines = [_lines(strands, inner, level) for strands in inside]
    if None in lines:
        return None
    tiers = [lines[start : start + in_tier] for start in range(0, len(lines), in_tier)]
    return sum(max(one for one in tier if one is not None) + _FRAME for tier in tiers) + plain


def draw(threads: Sequence[Thread], more: int, width: int, level: Level) -> list[Row]:
    """Draw a process's threads on `height` lines; `more` threads are only counted."""
    boxed = [thread for thread in threads if thread.strands is not None]
    plain = _plain([thread.who for thread in threads if thread.strands is None], more, width)
    if level is Level.LINE:
        names = min(max(width_of(thread.who.name) for thread in boxed) + 2, max(width // _SHARE, 6)) if boxed else 0
        return [*plain, *(_line(thread, names, width) for thread in boxed)]
    in_tier = columns(threads, width)
    wide = _box_width(width, in_tier)
    lines: list[Row] = []
    for start in range(0, len(boxed), in_tier):
        tier = [(thread, _body(thread, wide - MARGIN, level)) for thread in boxed[start : start + in_tier]]
        tall = max(len(body) for _, body in tier)
        lines += across([_box(thread, [*body, *[EMPTY] * (tall - len(body))], wide) for thread, body in tier], _GAP)
    return [*plain, *lines]


def _box_width(width: int, in_tier: int) -> int:
    return (width - _GAP * (in_tier - 1)) // in_tier


def _lines(strands: Strands, inner: int, level: Level) -> int | None:
    """Return how many lines the workers of one thread take inside its box."""
    if level is Level.ROWS:
        return strands.count if strands.count <= _ONE_EACH else None
    if level is Level.NAMES:
        return -(-strands.count // _in_row(strands, inner)) if strands.count <= STRANDS_NAMED else None
    return _mosaic(strands, inner, level)[0]


def _in_row(strands: Strands, inner: int) -> int:
    return max((inner + _APART) // (_name_width(strands) + 2 + _APART), 1)


def _name_width(strands: Strands) -> int:
    return min(max(width_of(who.name) for who in strands.first), _LONGEST)


def _mosaic(strands: Strands, inner: int, level: Level) -> tuple[int, int]:
    """Return how many rows a mosaic has, and how many workers stand in each: as many in one as in another."""
    lines = max(-(-len(strands.statuses) // max(inner, 1)), 1)
    if level is Level.PART and lines > _MOSAIC:
        return _MOSAIC, max(inner, 1)
    return lines, -(-len(strands.statuses) // lines)


def _box(thread: Thread, body: Sequence[Row], width: int) -> Picture:
    strands, look = thread.strands, LOOKS[thread.who.status]
    assert strands is not None
    plate = Plate(thread.who.name, strands.word, lit=thread.lit)
    foot = [f"{LOOKS[status].glyph} {count:,}" for status, count in strands.counts]
    badge = Span(f"{look.glyph} {look.short}", look.colour)
    return framed(plate, badge, body, foot, width, edge="edge" if thread.lit else "edge-strong")


def _body(thread: Thread, inner: int, level: Level) -> list[Row]:
    strands = thread.strands
    assert strands is not None
    if level is Level.ROWS:
        return [_strand(who, strands.sign, inner) for who in strands.first]
    if level is Level.NAMES:
        per = _in_row(strands, inner)
        wide = _name_width(strands) + 2
        cells = [padded(_short(who, wide), wide) for who in strands.first]
        return [_joined(cells[start : start + per]) for start in range(0, len(cells), per)]
    lines, per = _mosaic(strands, inner, level)
    gap = " " if 2 * per - 1 <= inner else ""
    room = lines * per
    if strands.count > room:
        room = max(room - width_of(_more(strands.count)), 0)
    shown = strands.statuses[:room]
    said = [_glyphs(shown[start : start + per], gap) for start in range(0, len(shown), per)]
    if strands.count > len(shown) and said:
        said[-1] = (*said[-1], Span(_more(strands.count - len(shown)), "muted"))
    return said


def _more(count: int) -> str:
    return f" +{count:,}"


def _strand(who: Who, sign: str, inner: int) -> Row:
    """Return a worker's row: its sign and name, and what it does."""
    look = LOOKS[who.status]
    name = row(Span(sign + " ", "muted"), Span(who.name, look.colour, bold=who.status is Status.RUNNING))
    word = row(Span(f"{look.glyph} {look.short}", look.colour))
    return spread(name, word, inner) if length(name) + 1 + length(word) <= inner else clip(_short(who, inner), inner)


def _short(who: Who, width: int) -> Row:
    look = LOOKS[who.status]
    name = cut_middle(who.name, max(width - 2, 1))
    return row(Span(look.glyph + " ", look.colour), Span(name, look.colour, bold=who.status is Status.RUNNING))


def _joined(cells: Sequence[Row]) -> Row:
    return tuple(span for at, cell in enumerate(cells) for span in ((Span(" " * _APART), *cell) if at else cell))


def _glyphs(statuses: Sequence[Status], gap: str = "") -> Row:
    """Return a line of a mosaic, runs of one state in one piece."""
    return tuple(
        Span((LOOKS[status].glyph + gap) * sum(1 for _ in run), LOOKS[status].colour, status is Status.RUNNING)
        for status, run in groupby(statuses)
    )


def _line(thread: Thread, names: int, inner: int) -> Row:
    """Return a thread in one line: its name, and a glyph for each worker inside it as far as there is room."""
    strands = thread.strands
    assert strands is not None
    head = padded(_short(thread.who, names), names)
    edge = Span("┃" if thread.lit else "│", "accent" if thread.lit else "edge-strong")
    room = max(inner - names - 3, 0)
    gap = " " if 2 * strands.count - 1 <= room else ""
    if strands.count > room:
        room = max(room - width_of(_more(strands.count)), 0)
    shown = strands.statuses[:room]
    rest = _more(strands.count - len(shown)) if strands.count > len(shown) else ""
    return padded((*head, Span(" "), edge, *_glyphs(shown, gap), Span(rest, "muted"), edge), inner)


def _plain(whos: Sequence[Who], more: int, inner: int) -> list[Row]:
    """Return the threads without workers inside, at most `_PLAIN` lines; the last counts those that have none."""
    lines = min(len(whos) + bool(more), _PLAIN)
    shown = whos if len(whos) <= lines and not more else whos[: max(lines - 1, 0)]
    said: list[Row] = []
    for who in shown:
        look = LOOKS[who.status]
        word = row(Span(look.short, look.colour))
        name = marked(who)
        said.append(spread(name, word, inner) if length(name) + 1 + length(word) <= inner else clip(name, inner))
    left = len(whos) - len(shown) + more
    if left:
        said.append(row(Span(ngettext("+{count:,} more thread", "+{count:,} more threads", left), "muted")))
    return said
