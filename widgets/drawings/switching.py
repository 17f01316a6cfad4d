"""Generators and who resumes them, turn by turn: a bar for each turn, and at its end what was handed over."""

from typing import Final

from ...locales.language import kept
from ...locales.words import _, ngettext
from ...trace.state import Status
from ..fitting import cut, cut_middle, width_of
from ..palette import LOOKS
from . import NARROWEST
from .frame import MARGIN, framed
from .ink import EMPTY, Picture, Row, Span, length, padded, row
from .scene import Plate, Who
from .switching_facts import Switching, Turn

_LONGEST_NAME: Final = 16
_SHARE: Final = 0.4
"""A name may take so much of the width."""

_TURN: Final = 4
"""Cells of a turn at whose end nothing is handed over: a bar and an arrow."""

_BESIDE: Final = 4
"""Cells that bar, arrow and a blank take beside what is handed over."""

_WIDEST_VALUE: Final = 10
_BAR: Final = "▇"


@kept(256)
def draw(facts: Switching, width: int) -> Picture:
    """Draw the turns, the latest at the right; nothing where there are no generators."""
    if not facts.rows:
        return ()
    width = max(width, NARROWEST)
    inner = width - MARGIN
    longest = max(length(_name(who, sign)) for who, sign in zip(facts.rows, facts.signs, strict=True))
    names = min(longest + 1, max(round(inner * _SHARE), 5))
    turns = _latest(facts.turns, inner - names)
    body = [
        row(*padded(_name(who, sign), names - 1), Span(" "), *_lane(turns, number))
        for number, (who, sign) in enumerate(zip(facts.rows, facts.signs, strict=True))
    ]
    handed = sum(bool(turn.value) for turn in facts.turns)
    last = next((turn for turn in reversed(facts.turns) if turn.value), None)
    foot = [
        _("{value} handed over last", value=cut(last.value, 24)) if last else "",
        ngettext("{count:,} more generator", "{count:,} more generators", facts.more) if facts.more else "",
    ]
    plate = Plate(_("turns"), _("in {thread}", thread=facts.thread))
    badge = Span(ngettext("{count} hand-over", "{count} hand-overs", handed), "muted")
    return framed(plate, badge, body, foot, width)


def _latest(turns: tuple[Turn, ...], room: int) -> tuple[Turn, ...]:
    """Return the last turns, as many as have room; at least one."""
    first = len(turns) - 1
    room -= _width(turns[-1]) if turns else 0
    while first > 0 and room >= _width(turns[first - 1]):
        first -= 1
        room -= _width(turns[first])
    return turns[max(first, 0) :]


def _width(turn: Turn) -> int:
    return min(width_of(turn.value), _WIDEST_VALUE) + _BESIDE if turn.value else _TURN


def _name(who: Who, sign: str) -> Row:
    look = LOOKS[who.status]
    quiet = who.status in (Status.FINISHED, Status.KILLED)
    name = Span(cut_middle(who.name, _LONGEST_NAME), "muted" if quiet else "ink", bold=who.status is Status.RUNNING)
    return row(Span(look.glyph + " ", look.colour), Span(f"{sign} " if sign else "", "muted"), name)


def _lane(turns: tuple[Turn, ...], number: int) -> Row:
    """Return one worker's turns, each in its own cells, and nothing where another one has the turn."""
    line: Row = EMPTY
    for at, turn in enumerate(turns):
        wide = _width(turn)
        if turn.row != number:
            line = (*line, Span(" " * wide))
            continue
        following = turns[at + 1] if at + 1 < len(turns) else None
        line = (*line, *_turn(turn, following, wide))
    return line


def _turn(turn: Turn, following: Turn | None, wide: int) -> Row:
    """Return a turn: a bar, and at its end an arrow to who is next, with what is handed over."""
    running = LOOKS[Status.RUNNING].colour
    if turn.ended is not None:
        look = LOOKS[turn.ended]
        return row(Span(_BAR * (wide - 2), running), Span(look.glyph, look.colour), Span(" "))
    if turn.value:
        arrow = "↓" if following is not None and following.row > turn.row else "↑"
        said = cut(turn.value, _WIDEST_VALUE)
        tail = row(Span(arrow, "cursor"), Span(said, "cursor", bold=True), Span(" "))
    elif following is None:
        return row(Span(_BAR * wide, running))
    else:
        tail = row(Span("↓" if following.row > turn.row else "↑", "muted"), Span(" "))
    return row(Span(_BAR * max(wide - length(tail), 1), running), *tail)
