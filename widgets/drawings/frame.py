"""The frame that every object stands in: name and kind above, its condition at the right, its counts below."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from ...locales.words import _
from ..palette import LOOKS
from .ink import EMPTY, Picture, Row, Span, clip, length, padded, row
from .scene import Crowd, Plate, Who

MARGIN: Final = 4
"""Cells that the frame takes from the width: a stroke and a blank at either side."""

_ENOUGH: Final = 3
"""Full names that a line must show before it falls back to tags."""

_LIGHT: Final = "╭─╮│╰╯"
_HEAVY: Final = "┏━┓┃┗┛"


def framed(
    plate: Plate, badge: Span, body: Sequence[Row], foot: Sequence[str], width: int, *, edge: str = "edge"
) -> Picture:
    """Return a picture in its frame, exactly `width` cells wide and `len(body) + 2` rows high, and one for parts.

    `badge` is the object's condition in a word or two, such as "held". `foot` are counts; the last are left out where
    there is no room. The frame is heavy while the event at the cursor is about the object, and says so without colour.
    """
    ink = "state-deadlocked" if plate.stuck else "accent" if plate.lit and edge == "edge" else edge
    corner_tl, flat, corner_tr, side, corner_bl, corner_br = _HEAVY if plate.lit else _LIGHT
    inner = width - MARGIN
    lines = [*body, *([_parts(plate)] if plate.parts else [])]
    beside = cell_len(badge.text) + 4 if badge.text else 1
    top = _rule(_title(plate, inner - beside), row(badge) if badge.text else EMPTY, width - 2, flat, ink)
    bottom = _rule(_counts(foot, inner - 2), EMPTY, width - 2, flat, ink)
    left, right = Span(side + " ", ink), Span(" " + side, ink)
    return (
        (Span(corner_tl, ink), *top, Span(corner_tr, ink)),
        *((left, *padded(line, inner), right) for line in lines),
        (Span(corner_bl, ink), *bottom, Span(corner_br, ink)),
    )


def _rule(left: Row, right: Row, width: int, flat: str, ink: str) -> Row:
    """Return a horizontal stroke with words set into both ends."""
    head = (Span(flat + " ", ink), *left, Span(" ", ink)) if left else ()
    tail = (Span(" ", ink), *right, Span(" " + flat, ink)) if right else ()
    room = width - length(head) - length(tail)
    if room < 0:
        return padded(head or tail, width)
    return (*head, Span(flat * room, ink), *tail)


def _title(plate: Plate, width: int) -> Row:
    name = Span(plate.name, "ink-strong", bold=True)
    if plate.kind == plate.name:
        return clip(row(name), width)
    title = row(name, Span("  " + plate.kind, "muted"))
    # A name that must be cut anyway is worth more than half of the kind.
    return title if length(title) <= width else clip(row(name), width)


def _counts(foot: Sequence[str], width: int) -> Row:
    spans: Row = EMPTY
    for words in filter(None, foot):
        longer = row(*spans, *([Span(" · ", "faint")] if spans else []), Span(words, "muted"))
        if length(longer) > width:
            break
        spans = longer
    return spans


def _parts(plate: Plate) -> Row:
    return row(Span(_("with "), "muted"), Span(", ".join(plate.parts)))


def named(who: Who | None, *, bold: bool = True) -> Span:
    """Return a worker's name in the colour of what it does."""
    return Span(_("nobody"), "muted") if who is None else Span(who.name, LOOKS[who.status].colour, bold=bold)


def marked(who: Who) -> Row:
    """Return a worker's name behind the glyph of what it does."""
    look = LOOKS[who.status]
    return row(Span(look.glyph + " ", look.colour), Span(who.name, look.colour, bold=True))


def queue(crowd: Crowd, width: int, gap: str = " ") -> Row:
    """Return a line of workers in order, as many as fit, and "+480 more" for the rest.

    Where hardly any full name fits, the workers are told by their tags.
    """
    names, shown = _line(crowd, width, gap, short=False)
    if shown < min(crowd.count, _ENOUGH):
        tags, told = _line(crowd, width, gap, short=True)
        if told > shown:
            return tags
    return names


def queue_lines(crowd: Crowd, width: int, lines: int) -> list[Row]:
    """Return a queue on exactly so many lines, filled from the first."""
    if lines == 1:
        return [queue(crowd, width)]
    short = 2 * max((cell_len(who.name) for who in crowd.first), default=0) >= width
    said: list[Row] = []
    for line in range(lines):
        last = line == lines - 1
        spans, shown = _line(crowd, width, " ", short=short, summed=last)
        said.append(spans)
        crowd = Crowd(crowd.first[shown:], crowd.count - shown)
    return said


def _line(crowd: Crowd, width: int, gap: str, *, short: bool, summed: bool = True) -> tuple[Row, int]:
    """Return a line of workers, and how many of them it shows; `summed` says how many more there are."""
    spans: list[Span] = []
    used = shown = 0
    for who in crowd.first:
        span = Span(who.tag if short else who.name, LOOKS[who.status].colour)
        cells = (cell_len(gap) if spans else 0) + cell_len(span.text)
        if used + cells + (_rest_width(crowd.count - shown - 1) if summed else 0) > width:
            break
        spans.extend((Span(gap, "faint"), span) if spans else (span,))
        used += cells
        shown += 1
    left = crowd.count - shown if summed else 0
    if left and shown:
        spans.append(Span(_(" +{left:,} more", left=left), "muted"))
    elif left:
        spans.append(Span(_("{left:,} workers", left=left) if left > 1 else crowd.first[0].name, "muted"))
    return clip(tuple(spans), width), shown


def _rest_width(left: int) -> int:
    return cell_len(_(" +{left:,} more", left=left)) if left else 0
