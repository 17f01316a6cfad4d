"""The GIL of a process as a seat on a chip: who has it and until when, who wants it, and whose it has been so far."""

from dataclasses import dataclass
from functools import partial
from heapq import nsmallest
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from ...trace.events import NONE
from ...trace.state import COMPUTING
from ...trace.tenures import Tenure
from ..fitting import cut, plain, width_of
from ..hues import hue
from ..processes import name_of
from .bars import bar
from .frame import MARGIN, framed, named, queue_lines
from .ink import EMPTY, Picture, Row, Span, beside, length, middle, padded, row
from .scene import Crowd, Plate, Scene, Who, seconds, times

_ROWS: Final = 5
_CHIP_ROWS: Final = 3
_CHIP: Final = (10, 18)
"""Cells of the chip, at least and at most."""

_SHARES: Final = 12
"""Holders that have a part of their own in the bar of shares."""

_PHRASE: Final = 26
"""Cells of text from which whole phrases fit."""
_BAR: Final = 10


@dataclass(frozen=True, slots=True)
class Share:
    """How long somebody has had it so far, or so many others together."""

    tag: str
    ink: str
    held: int


@dataclass(frozen=True, slots=True)
class Gil:
    """Everything that the picture of a GIL shows."""

    plate: Plate
    owner: Who | None
    ink: str
    """The colour of its holder, as on the timeline."""
    computing: str
    """The function that the holder computes in, or ""."""
    turn: int
    """Nanoseconds from the taking to the moment at which it is dropped at the latest; 0 where that is not known."""
    left: int
    since_step: int
    waiting: Crowd
    shares: tuple[Share, ...]
    hand_overs: int
    longest: int


def look(scene: Scene) -> Gil:
    """Gather what the picture shows."""
    thing, state = scene.thing, scene.state
    owner = state.workers[thing.owner] if 0 <= thing.owner < len(state.workers) else None
    computes = owner is not None and owner.operation == COMPUTING
    deadline = owner.deadline if owner is not None and computes else NONE
    return Gil(
        _plate(scene),
        scene.who(thing.owner),
        hue(thing.owner),
        plain(owner.computing) if owner is not None and computes else "",
        max(deadline - thing.since, 0),
        max(deadline - state.time, 0),
        thing.since_step,
        scene.waiting(),
        _shares(scene),
        thing.passed,
        thing.longest,
    )


def _plate(scene: Scene) -> Plate:
    """Return the plate; the GIL has no name in a program, but the process it is of has one, if there are several."""
    maker = scene.thing.creator
    workers = scene.state.workers
    plate = scene.plate()
    if not 0 <= maker < len(workers) or workers[maker].process == 0:
        return Plate("GIL", _("one thread at a time"), plate.lit, plate.stuck, plate.parts)
    return Plate("GIL", name_of(scene.state, workers[maker].process), plate.lit, plate.stuck, plate.parts)


def _shares(scene: Scene) -> tuple[Share, ...]:
    """Return the shares of those who have had it longest, in the order of coming, and that of all others."""
    tenure = next((gil for gil in scene.trace.tenures.gils if gil.thing == scene.thing.id), None)
    if tenure is None:
        return ()
    held = {holder: time for holder, time in tenure.held(scene.state.position, scene.state.time).items() if time}
    return _listed(scene, tenure, held)


def _listed(scene: Scene, tenure: Tenure, held: dict[int, int]) -> tuple[Share, ...]:
    first = set(nsmallest(_SHARES, held, key=lambda holder: (-held[holder], holder)))
    shares = [
        Share(who.tag, hue(holder), held[holder])
        for holder in tenure.users
        if holder in first and (who := scene.who(holder))
    ]
    rest = sum(time for holder, time in held.items() if holder not in first)
    return (*shares, Share(f"+{len(held) - len(first):,}", "edge-strong", rest)) if rest else tuple(shares)


def rows(_capacity: int, _width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS + bands


@kept(256)
def draw(facts: Gil, width: int, bands: int = 0) -> Picture:
    """Draw a GIL."""
    inner = width - MARGIN
    chip = _chip(facts, inner)
    body = [
        *beside(chip, _words(facts, max(inner - length(chip[0]) - 2, 0)), inner),
        *_crowd(facts, inner, 1 + bands),
        _bar_of_shares(facts.shares, inner),
    ]
    foot = (
        _("changed hands {times}", times=times(facts.hand_overs)) if facts.hand_overs else "",
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    ink = _ink(facts)
    badge = Span(_("held") if facts.owner else _("free"), ink, bold=True)
    return framed(facts.plate, badge, body, foot, width, edge="state-gil" if facts.waiting else "edge")


def _ink(facts: Gil) -> str:
    if facts.plate.stuck:
        return "state-deadlocked"
    return "state-finished" if facts.owner is None else "state-gil" if facts.waiting else "state-running"


def _chip(facts: Gil, inner: int) -> list[Row]:
    """Return the chip with its holder on it, in the holder's colour."""
    name = facts.owner.name if facts.owner else _("free")
    least, most = _CHIP
    wide = max(min(width_of(name) + 4, most, inner // 3), min(least, inner))
    room = wide - 2
    if facts.owner and width_of(name) > room:
        name = facts.owner.tag
    seat = Span(middle(name, room), "holder-text", bold=True, on=facts.ink) if facts.owner else Span(middle(name, room))
    edge = partial(Span, ink="edge-strong")
    return [
        row(edge(" ┌" + "┴" * (room - 2) + "┐ ")),
        row(edge("┤"), seat, edge("├")),
        row(edge(" └" + "┬" * (room - 2) + "┘ ")),
    ]


def _words(facts: Gil, width: int) -> list[Row]:
    """Return who has it, what it does with it, and how long it may."""
    if facts.owner is None:
        word = _("whoever runs first takes it") if facts.waiting else _("nobody wants it")
        return [row(Span(word, "muted"))]
    roomy = width >= _PHRASE
    since = _("since step {step}", step=facts.since_step) if roomy else _("step {step}", step=facts.since_step)
    held = row(named(facts.owner), Span(f"  {since}", "muted"))
    does = _("computes {function}()", function=facts.computing) if facts.computing else _("runs")
    return [held, row(Span(cut(does, width), "ink")), _countdown(facts, width) if facts.turn else EMPTY]


def _countdown(facts: Gil, width: int) -> Row:
    """Return how much of its turn is left; where others wait, it must then drop the GIL."""
    left = seconds(facts.left)
    said = _("drops it in {time} ", time=left) if facts.waiting else _("done in {time} ", time=left)
    said = said if width_of(said) + _BAR <= width else f"{left} "
    room = min(max(width - width_of(said), 0), 2 * _BAR)
    filled = bar(facts.left, facts.turn, room) if facts.left else " " * room
    return row(Span(said, "muted"), Span(filled, facts.ink))


def _crowd(facts: Gil, inner: int, lines: int) -> list[Row]:
    if not facts.waiting:
        return [row(Span(_("nobody waits"), "muted")), *[EMPTY] * (lines - 1)]
    head = row(
        Span(_("waiting {count:,}", count=facts.waiting.count), "state-gil", bold=True),
        Span(" ▸ ", "faint"),
    )
    said = queue_lines(facts.waiting, max(inner - length(head), 0), lines)
    return [(*(head if at == 0 else row(Span(" " * length(head)))), *line) for at, line in enumerate(said)]


def _bar_of_shares(shares: tuple[Share, ...], inner: int) -> Row:
    """Return whose it has been so far, as a bar whose parts are in proportion."""
    head = row(Span(_("so far "), "muted"))
    room = inner - length(head)
    whole = sum(share.held for share in shares)
    if room <= 0 or not whole:
        return padded(row(Span(_("nobody has computed yet"), "faint")) if not whole else head, inner)
    parts: list[Span] = []
    done = used = 0
    for share in shares:
        done += share.held
        wide = done * room // whole - used
        used += wide
        if wide:
            parts.append(
                Span(middle(share.tag if width_of(share.tag) <= wide else "", wide), "holder-text", on=share.ink)
            )
    return (*head, *parts)
