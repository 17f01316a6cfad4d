"""A Semaphore as stalls: who stands in which and for how long, what is free, and the queue outside."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len

from ...locales.language import kept
from ...locales.words import _
from ..palette import LOOKS
from .bars import bar
from .frame import MARGIN, framed, queue, queue_lines
from .ink import EMPTY, Picture, Row, Span, across, length, middle, padded, row
from .scene import SHOWN, Crowd, Plate, Scene, Who, seconds, times
from .tenancy import tenants

_WIDEST: Final = 14
_NARROWEST: Final = 6
_BANKS: Final = 2
"""Rows of stalls; more permits than fit in them are drawn as small marks."""
_BANK_ROWS: Final = 3


@dataclass(frozen=True, slots=True)
class Stall:
    """One taken permit."""

    who: Who
    held: int
    """Virtual nanoseconds since it was taken."""


@dataclass(frozen=True, slots=True)
class Stalls:
    """Everything that the picture of a semaphore shows."""

    plate: Plate
    permits: int
    """Permits it started with."""
    free: int
    stalls: tuple[Stall | None, ...]
    """The first `SHOWN`; None is nobody in it."""
    holders: Crowd
    waiting: Crowd
    acquired: int
    longest: int


class _Plan(NamedTuple):
    """How stalls are laid out in a width: none at all if marks must do."""

    banks: int
    in_bank: int
    width: int


def look(scene: Scene) -> Stalls:
    """Gather what the picture shows."""
    thing = scene.thing
    taken = tenants(scene.trace, scene.state, thing.id)[:SHOWN]
    return Stalls(
        scene.plate(),
        max(thing.capacity, 0),
        max(thing.free, 0),
        tuple(
            Stall(who, scene.age(tenant.since)) if tenant and (who := scene.who(tenant.worker)) else None
            for tenant in taken
        ),
        scene.crowd(thing.holders),
        scene.waiting(),
        thing.uses,
        thing.longest,
    )


def rows(capacity: int, width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return max(_plan(capacity, width - MARGIN).banks, 1) * _BANK_ROWS + 1 + bands


@kept(256)
def draw(facts: Stalls, width: int, bands: int = 0) -> Picture:
    """Draw a semaphore."""
    inner = width - MARGIN
    plan = _plan(facts.permits, inner)
    body = [*(_banks(facts, plan) if plan.banks else _marks(facts, inner)), *_outside(facts, inner, 1 + bands)]
    foot = (
        _("acquired {times}", times=times(facts.acquired)),
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    words = (
        _("{free:,} free", free=facts.free)
        if facts.free > facts.permits
        else _("{taken:,} of {permits:,} taken", taken=_taken(facts), permits=facts.permits)
    )
    badge = Span(words, "state-running" if facts.free else "state-lock", bold=True)
    return framed(facts.plate, badge, body, foot, width, edge="state-lock" if facts.waiting else "edge")


def _taken(facts: Stalls) -> int:
    return max(facts.permits - facts.free, 0)


@lru_cache(maxsize=256)
def _plan(permits: int, inner: int) -> _Plan:
    permits = max(permits, 1)
    wide = max(min(inner // permits, _WIDEST), min(_NARROWEST, inner), 1)
    in_bank = max(inner // wide, 1)
    banks = -(-permits // in_bank)
    if 1 < banks <= _BANKS:  # Spread them evenly, and let each be as wide as that allows.
        in_bank = -(-permits // banks)
        wide = min(inner // in_bank, _WIDEST)
    return _Plan(banks if banks <= _BANKS else 0, in_bank, wide)


def _banks(facts: Stalls, plan: _Plan) -> list[Row]:
    """Return the stalls; permits beyond those it started with have no stall of their own."""
    room = plan.banks * plan.in_bank
    longest = max((stall.held for stall in facts.stalls if stall), default=0)
    stalls = [*facts.stalls[:room], *[None] * (room - len(facts.stalls))]
    free, boxes = facts.free, []
    for stall in stalls[: max(facts.permits, min(room, 1))]:
        boxes.append(_taken_stall(stall, longest, plan.width) if stall else _empty_stall(free > 0, plan.width))
        free -= stall is None
    banks = [boxes[at : at + plan.in_bank] for at in range(0, len(boxes), plan.in_bank)]
    return [line for bank in banks for line in across(bank)]


def _taken_stall(stall: Stall, longest: int, width: int) -> list[Row]:
    ink = LOOKS[stall.who.status].colour
    label = stall.who.name if cell_len(stall.who.name) <= width - 3 else stall.who.tag
    filled = bar(stall.held, longest, width - 2)
    return _box(Span(middle(label, width - 2), ink, bold=True), Span(filled, ink), width, "edge-strong")


def _empty_stall(free: bool, width: int) -> list[Row]:
    """Return an empty stall: free, or taken by somebody who is not known, as when permits ran out unseen."""
    label = Span(middle(_("free") if free else "—", width - 2), "state-finished" if free else "muted")
    return _box(label, Span(" " * (width - 2)), width, "edge")


def _box(label: Span, below: Span, width: int, edge: str) -> list[Row]:
    return [
        row(Span("╭" + "─" * (width - 2) + "╮", edge)),
        row(Span("│", edge), label, Span("│", edge)),
        row(Span("╵", edge), below, Span("╵", edge)),
    ]


def _marks(facts: Stalls, inner: int) -> list[Row]:
    """Return a small mark for every permit, or for every few, in two rows, and the holders by name below."""
    each = -(-facts.permits // (2 * inner))
    marks = -(-facts.permits // each)
    taken = min(-(-_taken(facts) // each), marks)
    in_row = -(-marks // 2)
    lines = []
    for start in (0, in_row):
        full = min(max(taken - start, 0), in_row)
        empty = min(marks - start, in_row) - full
        lines.append(row(Span("▮" * full, "state-running"), Span("▯" * empty, "muted")))
    scale = Span(_("1 mark = {each:,} permits  ", each=each) if each > 1 else "", "muted")
    head = tuple(span for span in (scale, Span(_("inside "), "muted")) if span.text)
    return [*lines, padded((*head, *queue(facts.holders, max(inner - length(head), 0))), inner)]


def _outside(facts: Stalls, inner: int, lines: int) -> list[Row]:
    if not facts.waiting:
        return [row(Span(_("nobody outside"), "muted")), *[EMPTY] * (lines - 1)]
    head = row(
        Span(_("queue "), "muted"), Span(f"{facts.waiting.count:,}", "state-lock", bold=True), Span(" ▸ ", "faint")
    )
    said = queue_lines(facts.waiting, max(inner - length(head), 0), lines)
    return [(*(head if at == 0 else row(Span(" " * length(head)))), *line) for at, line in enumerate(said)]
