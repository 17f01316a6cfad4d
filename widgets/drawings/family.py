"""The threads of a program as a tree: who started whom, who is a daemon, who has ended, and who waits for whose end."""

from typing import Final

from ...locales.language import kept
from ...locales.words import _
from ...trace.state import Status
from ..fitting import cut, width_of
from ..palette import LOOKS
from . import NARROWEST
from .family_facts import Family, Member
from .frame import MARGIN, framed, marked, queue
from .ink import EMPTY, Picture, Row, Span, clip, length, padded, row, spread
from .scene import Plate, seconds

_FRAME: Final = 2
_BRANCH: Final = ("├─ ", "└─ ")
_STEM: Final = ("│  ", "   ")


@kept(256)
def draw(facts: Family, width: int, room: int) -> Picture:
    """Draw the threads in at most so many rows, their frame included; those that have none are counted."""
    width = max(width, NARROWEST)
    inner = width - MARGIN
    lines = max(room - _FRAME, 1)
    whole = not facts.rest and len(facts.members) <= lines
    shown = facts.members if whole else facts.members[: max(lines - 1, 1)]
    body = [_line(member, inner) for member in shown]
    if not whole and lines > 1:
        body.append(_rest(facts, len(shown), inner))
    foot = (
        _("{count:,} ended", count=facts.ended) if facts.ended else "",
        _("daemons: {count:,}", count=facts.daemons) if facts.daemons else "",
    )
    badge = Span(_("{count:,} alive", count=facts.alive), "state-running" if facts.alive else "muted", bold=True)
    plate = Plate(_("threads"), _("who started whom"))
    return framed(plate, badge, body, foot, width)


def _line(member: Member, inner: int) -> Row:
    """Return a thread: its place in the tree, its name, what it does, and who has to do with its end."""
    stem = "".join(_STEM[last] for last in member.stems[:-1])
    branch = _BRANCH[member.stems[-1]] if member.stems else ""
    head = (Span(stem + branch, "edge-strong"), *marked(member.who)) if stem + branch else marked(member.who)
    if member.daemon:
        head = (*head, Span(_("  daemon"), "muted"))
    head = clip(head, inner)
    room = inner - length(head) - 1
    return spread(head, _told(member, room), inner) if room > 0 else padded(head, inner)


def _told(member: Member, room: int) -> Row:
    """Return what a thread does: whose end it waits for, or who waits for its own."""
    look = LOOKS[member.who.status]
    doing = row(Span(_("not begun") if not member.begun else look.short, look.colour))
    if member.joins:
        until = _(", until {time}", time=seconds(member.deadline)) if member.deadline >= 0 else ""
        words = row(Span(_("joins {name}", name=member.joins) + until, look.colour))
        return (
            words if length(words) <= room else row(Span(cut(_("joins {name}", name=member.joins), room), look.colour))
        )
    if member.error and width_of(member.error) <= room:
        return row(Span(member.error, look.colour))
    if member.awaited:
        mark = Span(" ◂ ", LOOKS[Status.JOIN].colour)
        names = queue(member.awaited, max(room - length(doing) - len(mark.text), 0))
        if names and length(doing) + len(mark.text) < room:
            return (*doing, mark, *names)
    return doing if length(doing) <= room else EMPTY


def _rest(facts: Family, shown: int, inner: int) -> Row:
    """Return how many threads have no row, and what all of them do."""
    line = row(Span(_("+{count:,} more", count=facts.alive + facts.ended - shown), "muted"))
    for status, count in facts.counts:
        longer = (*line, Span(f"  {LOOKS[status].glyph} {count:,}", LOOKS[status].colour))
        if length(longer) > inner:
            break
        line = longer
    return padded(clip(line, inner), inner)
