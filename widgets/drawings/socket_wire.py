"""A connection as a wire between its two ends: in one line, as two lanes, or as two lanes with boxes on them."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from ...locales.language import kept
from ...locales.words import _, pgettext
from ..fitting import cut, cut_middle, width_of
from ..palette import LOOKS
from .ink import EMPTY, Picture, Row, Span, across, clip, length, padded, row
from .scene import Who
from .socket_facts import Side, Wire, phase_word
from .socket_lane import BROKEN, boxed_lane, plain_lane

_SHARE: Final = 3
"""Each end may take one part in so many of the width."""
_LONGEST_END: Final = 20
_GLYPH: Final = 2


_OVER: Final = ("closed", "reset")


class Form(Enum):
    """How much room a connection has. The value is its rows."""

    LINE = 1
    LANES = 2
    BOXES = 6


@kept(2048)
def drawn(wire: Wire, width: int, form: Form, end: int) -> Picture:
    """Return a connection in so many cells, and as many rows as the form has; each end takes `end` of them."""
    room = max(width - 2 * end - 2, 0)
    if form is Form.LINE:
        lanes: Sequence[Row] = [_line(wire, room)]
    elif wire.phase in _OVER and not wire.there.count and not wire.back.count:
        lanes = [EMPTY] * form.value
        lanes = [*lanes[: form.value // 3], _still(wire, room), *lanes[form.value // 3 + 1 :]]
    elif form is Form.LANES:
        there = plain_lane(wire.there, room, right=True, phase=wire.phase)
        lanes = [there, plain_lane(wire.back, room, right=False, phase=wire.phase)]
    else:
        boxed = boxed_lane(wire.there, room, right=True, phase=wire.phase)
        lanes = [*boxed, *boxed_lane(wire.back, room, right=False, phase=wire.phase)]
    left = [padded(line, end) for line in _end(wire.left, form, end, lit=wire.lit)]
    right = [padded(line, end) for line in _end(wire.right, form, end)]
    middle_ = [padded(line, room) for line in lanes]
    gap = [row(Span(" "))] * form.value
    return tuple(padded(line, width) for line in across([left, gap, middle_, gap, right]))


def end_width(wires: Sequence[Wire], width: int, form: Form) -> int:
    """Return how many cells the longest name at an end of these connections takes, within reason."""
    names = [width_of(_name(side)) + _GLYPH for wire in wires for side in (wire.left, wire.right)]
    least = 12 if form is Form.BOXES else 6
    return min(max(max(names, default=least), least), max(width // _SHARE, 4), _LONGEST_END)


def _name(side: Side | None) -> str:
    if side is None:
        return pgettext("socket", "outside")
    return side.who.name if side.who is not None else side.name


def _end(side: Side | None, form: Form, width: int, *, lit: bool = False) -> list[Row]:
    """Return who works at an end, and, with more rows, what it does there and how much came and went."""
    if side is None:
        return [row(Span(pgettext("socket", "outside"), "muted")), *[EMPTY] * (form.value - 1)]
    who = side.who
    name = _worker(who, width, bold=lit) if who is not None else row(Span(cut(side.name, width), "muted"))
    if form is Form.LINE:
        return [name]
    word = row(Span("  "), *_doing(side, who))
    if form is Form.LANES:
        return [name, clip(word, width)]
    counts = (_("sent {count:,} B", count=side.sent), _("got {count:,} B", count=side.received))
    lines = [name, word, row(Span(f"  {side.name}", "ink")), *(row(Span(f"  {said}", "muted")) for said in counts)]
    ink = "state-failed" if side.phase == "reset" else "muted"
    lines.append(EMPTY if side.phase == "open" else row(Span(f"  {phase_word(side.phase)}", ink)))
    return [clip(line, width) for line in lines]


def _worker(who: Who, width: int, *, bold: bool) -> Row:
    """Return a worker with its glyph. Where its name has no room, the end of it tells more than the beginning."""
    look = LOOKS[who.status]
    name = cut_middle(who.name, max(width - _GLYPH, 1))
    return row(Span(f"{look.glyph} ", look.colour), Span(name, look.colour, bold=bold))


def _doing(side: Side, who: Who | None) -> Row:
    if who is None:
        return EMPTY
    look = LOOKS[who.status]
    return row(Span(side.doing or _(look.short), look.colour))


def _line(wire: Wire, room: int) -> Row:
    """Return both directions in one row: what goes to the left at the left, what goes to the right at the right."""
    there, back = wire.there, wire.back
    if not there.count and not back.count:
        return _still(wire, room)
    half = (room - 1) // 2 if there.count and back.count else room
    left = plain_lane(back, half, right=False, phase=wire.phase) if back.count else EMPTY
    right = (
        plain_lane(there, room - length(left) - (half < room), right=True, phase=wire.phase) if there.count else EMPTY
    )
    return (*left, Span(" "), *right) if left and right else left or right


def _still(wire: Wire, room: int) -> Row:
    """Return a wire with nothing on it; what is the matter with it stands in its middle."""
    phase = wire.phase
    if phase == "open":
        return row(Span("─" * room, "edge-strong"))
    ink = "state-failed" if phase == "reset" else "muted"
    said = f" {'✗ ' if phase == 'reset' else ''}{phase_word(phase)} "
    if width_of(said) > room:
        return row(Span(BROKEN * room, ink))
    before = (room - width_of(said)) // 2
    after = room - width_of(said) - before
    edge = "edge" if phase == "closed" else "edge-strong"
    return row(Span(BROKEN * before, edge), Span(said, ink), Span(BROKEN * after, edge))
