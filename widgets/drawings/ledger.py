"""A shared variable as a ledger: its value, and who read and wrote what, in the order of the steps.

Between a worker's read and the write that follows it runs a stroke: so long it works with what it has read. Where such
strokes lie one above the other, an update may get lost; where one does, stroke and write are lit.
"""

from dataclasses import dataclass, replace
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from ...trace.events import NONE
from ...trace.state import Access, Thing
from ..fitting import cut, cut_middle, plain, width_of
from ..palette import LOOKS
from ..processes import number_of, process_of
from .frame import MARGIN, framed, named
from .ink import EMPTY, Picture, Row, Span, clip, length, padded, row, spread
from .ledger_grid import Mark, Style, lane, place
from .scene import Plate, Scene, Who, times

_LANES: Final = 4
_BROAD: Final = 44
"""Inner width from which the words about lost updates fit into the frame."""

_SHORTEST: Final = 7
"""Cells in which the two ends of a longer name tell it from others; in fewer there is a tag."""

_LONGEST: Final = 16
"""Cells of a value in the grid."""

_ALARM: Final = "state-failed"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that the picture of a variable shows."""

    plate: Plate
    value: str
    before: str
    """What the last write replaced, or "" where that is not known."""
    writer: Who | None
    since_step: int
    written: int
    lost: int
    marks: tuple[Mark, ...]
    """Reads and writes, oldest first."""
    people: tuple[tuple[int, Who], ...]
    """Those who did them, the latest last."""
    whole: bool
    """These are all reads and writes so far."""


def look(scene: Scene) -> Ledger:
    """Gather what the picture shows."""
    thing = scene.thing
    latest = dict.fromkeys(access.worker for access in reversed(thing.ledger))
    return Ledger(
        _plate(scene),
        plain(thing.result),
        _before(thing),
        scene.who(thing.worker),
        thing.since_step,
        thing.uses,
        thing.lost,
        tuple(_mark(access) for access in thing.ledger),
        tuple((worker, who) for worker in reversed(latest) if (who := scene.who(worker))),
        sum(access.write for access in thing.ledger) >= thing.uses and len(thing.ledger) < _FULL,
    )


_FULL: Final = 64
"""Length of a ledger from which older entries may be gone."""


def _plate(scene: Scene) -> Plate:
    plate, process = scene.plate(), number_of(scene.state, process_of(scene.state, scene.thing))
    return replace(plate, kind=_("{kind} of {process}", kind=plate.kind, process=process)) if process else plate


def _before(thing: Thing) -> str:
    written = [access.value for access in thing.ledger if access.write]
    if written and written[-1] != thing.result:
        return plain(written[-1])  # It has changed without being bound anew, as a list does.
    return plain(written[-2]) if len(written) > 1 else ""


def _mark(access: Access) -> Mark:
    return Mark(access.worker, access.write, cut(plain(access.value), _LONGEST), access.step, access.stale)


def rows(_capacity: int, width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return (1 if width - MARGIN >= _BROAD else 2) + _LANES + 1 + bands


@kept(256)
def draw(facts: Ledger, width: int, bands: int = 0) -> Picture:
    """Draw a variable."""
    inner = width - MARGIN
    broad = inner >= _BROAD
    lost = Span(_lost(facts.lost), _ALARM, bold=True)
    told = lost if facts.lost else Span(_shared(facts), "muted")
    body = [_value(facts, inner), *([] if broad else [row(told)]), *_grid(facts, inner, _LANES + bands)]
    foot = (_("written {times}", times=times(facts.written)) if facts.marks else "",)
    return framed(facts.plate, told if broad else Span(""), body, foot, width, edge=_ALARM if facts.lost else "edge")


def _shared(facts: Ledger) -> str:
    users = len(facts.people)
    if users <= 1:
        return _("used by one worker") if users else ""
    return _("shared by {users:,}", users=users) if facts.whole else _("shared by {users:,} or more", users=users)


def _lost(count: int) -> str:
    if not count:
        return ""
    return _("one update is lost") if count == 1 else _("{count:,} updates are lost", count=count)


def _value(facts: Ledger, inner: int) -> Row:
    """Return the value, what it was before, and who wrote it."""
    by = _writer(facts, inner)
    room = max(inner - length(by) - 1, inner // 2)
    ink = _ALARM if facts.lost else "ink-strong"
    value = Span(f" {cut_middle(facts.value, room - 2) or '?'} ", ink, bold=True, on="raised")
    before = row(Span(facts.before, "muted"), Span(" → ", "muted"), value)
    return spread(before if facts.before and length(before) <= room else row(value), by, inner)


def _writer(facts: Ledger, inner: int) -> Row:
    """Return who wrote the value, in as many words as half of the width allows."""
    if facts.writer is None:
        return row(Span(_("only read so far") if facts.marks else _("not used yet"), "muted"))
    who = named(facts.writer)
    wordings = (
        row(
            Span(_("written by "), "muted"), who, Span(_(" in step {since_step}", since_step=facts.since_step), "muted")
        ),
        row(Span(_("written by "), "muted"), who),
        row(Span(_("by "), "muted"), who),
    )
    return next((words for words in wordings if length(words) <= inner // 2), clip(row(who), inner // 2))


def _grid(facts: Ledger, inner: int, lanes: int) -> list[Row]:
    """Return a lane for each of the workers that came last, in their own order, and the steps below."""
    shown = sorted(facts.people[-lanes:], key=lambda person: person[0])
    names, signs = _names([who for _, who in shown], inner // 3)
    room = inner - names - 1
    numbers = {worker: at for at, (worker, _) in enumerate(shown)}
    marks = [mark for mark in facts.marks if mark.worker in numbers]
    placed, style = place(marks, room)
    lines = [
        (*padded(sign, names), Span(" "), *lane([each for each in placed if each.mark.worker == worker], room))
        for (worker, _), sign in zip(shown, signs, strict=True)
    ]
    more = _more(facts, len(facts.people) - len(shown))
    steps = (placed[0].mark.step, placed[-1].mark.step) if placed else (NONE, NONE)
    return [*lines, _steps(steps, more, style, names, inner), *[EMPTY] * (lanes - len(lines))]


def _names(people: list[Who], most: int) -> tuple[int, list[Row]]:
    """Return the cells that names take, and each name with the glyph of what its worker does."""
    words = [_name(who, most - 2) for who in people]
    signs = [
        row(Span(f"{LOOKS[who.status].glyph} ", LOOKS[who.status].colour), Span(word, LOOKS[who.status].colour))
        for who, word in zip(people, words, strict=True)
    ]
    return max(map(length, signs), default=0), signs


def _name(who: Who, room: int) -> str:
    if width_of(who.name) <= room:
        return who.name
    return cut_middle(who.name, room) if room >= _SHORTEST else cut(who.tag, room)


def _more(facts: Ledger, hidden: int) -> str:
    if hidden <= 0:
        return ""
    return _("+{hidden:,} more", hidden=hidden) if facts.whole else _("+{hidden:,} or more", hidden=hidden)


def _steps(steps: tuple[int, int], more: str, style: Style, names: int, inner: int) -> Row:
    """Return the line of steps below the grid: from the first shown to the last, and what short labels mean."""
    first, last = steps
    if first == NONE:
        return EMPTY
    head = row(Span(more, "muted"))
    head = padded(head, max(names, length(head)))
    for legend in (_(" r read · w write "), "") if style is Style.SHORT else ("",):
        left = row(Span(_("step {first} ", first=first), "muted")) if first != last else EMPTY
        right = row(Span(legend, "muted"), Span(_(" step {last}", last=last), "muted"), Span(" ▸", "faint"))
        room = inner - length(head) - 1 - length(left) - length(right)
        if room > 1:
            return (*head, Span(" "), *left, Span("─" * room, "faint"), *right)
    return clip((*head, Span(" "), Span(_("step {last} ▸", last=last), "muted")), inner)
