"""The cores as seats in a row: who computes on which, for how much longer, and who waits for one."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _, ngettext
from ...trace.events import NONE
from ...trace.state import COMPUTING
from ..fitting import cut, plain, width_of
from ..hues import hue
from .frame import MARGIN, framed, queue_lines
from .ink import EMPTY, Picture, Row, Span, across, clip, length, middle, row
from .pool_slots import SLOT_ROWS, plan
from .scene import SHOWN, Crowd, Plate, Scene, Who, seconds, times
from .tenancy import tenants

_AROUND_NAME: Final = 2
"""Cells of a seat beside the name."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One busy core."""

    who: Who
    ink: str
    computing: str
    """The function it computes in, or ""."""
    left: int
    """Nanoseconds until it stops, if it computes."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Everything that the picture of the cores shows."""

    plate: Plate
    count: int
    free: int
    seats: tuple[Seat | None, ...]
    """The first `SHOWN`; None is nobody on it."""
    waiting: Crowd
    taken: int
    longest: int


def look(scene: Scene) -> Cores:
    """Gather what the picture shows."""
    thing = scene.thing
    plate = scene.plate()
    return Cores(
        Plate(_("cores"), "CPU", plate.lit, plate.stuck, plate.parts),
        max(thing.capacity, 0),
        max(thing.free, 0),
        tuple(
            _seat(scene, tenant.worker) if tenant else None
            for tenant in tenants(scene.trace, scene.state, thing.id)[:SHOWN]
        ),
        scene.waiting(),
        thing.uses,
        thing.longest,
    )


def _seat(scene: Scene, number: int) -> Seat | None:
    who, workers = scene.who(number), scene.state.workers
    if who is None:
        return None
    worker = workers[number] if 0 <= number < len(workers) else None
    if worker is None or worker.operation != COMPUTING or worker.deadline == NONE:
        return Seat(who, hue(number), "", 0)
    return Seat(who, hue(number), plain(worker.computing), max(worker.deadline - scene.state.time, 0))


def rows(capacity: int, width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    banks, _in_row, _wide = plan(capacity, width - MARGIN)
    return banks * SLOT_ROWS + 1 + bands


@kept(256)
def draw(facts: Cores, width: int, bands: int = 0) -> Picture:
    """Draw the cores."""
    inner = width - MARGIN
    busy = max(facts.count - facts.free, 0)
    body = [*_banks(facts, inner), *_crowd(facts, inner, 1 + bands)]
    foot = (
        _("taken {times}", times=times(facts.taken)) if facts.taken else "",
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    ink = "state-running" if facts.free else "state-gil"
    badge = Span(_("{busy:,} of {count:,} busy", busy=busy, count=facts.count), ink, bold=True)
    return framed(facts.plate, badge, body, foot, width, edge="state-gil" if facts.waiting else "edge")


def _banks(facts: Cores, inner: int) -> list[Row]:
    """Return the cores in rows; of those for which there is no room, how many there are."""
    banks, in_row, wide = plan(facts.count, inner)
    shown = min(facts.count, banks * in_row)
    seats = [*facts.seats[:shown], *[None] * (shown - len(facts.seats))]
    lines: list[Row] = []
    for start in range(0, banks * in_row, in_row):
        boxes = [_box(start + at + 1, seat, wide) for at, seat in enumerate(seats[start : start + in_row])]
        lines += across(boxes) if boxes else [EMPTY] * SLOT_ROWS
    if facts.count > shown:
        rest = Span(f" +{facts.count - shown:,} ", "muted")
        lines[-1] = (*clip(lines[-1], max(inner - length(row(rest)), 0)), rest)
    return lines


def _box(number: int, seat: Seat | None, width: int) -> list[Row]:
    room = width - 2
    head = cut(" " + _("core {core}", core=number) + " ", room)
    head = head if width_of(head) < room else cut(f" {number} ", room)
    edge = "edge-strong" if seat else "edge"
    top = row(Span("╭", edge), Span(head, "muted"), Span("─" * (room - width_of(head)) + "╮", edge))
    side = Span("│", edge)
    if seat is None:
        return [top, row(side, Span(middle(_("idle"), room), "muted"), side), (Span("╰" + "─" * room + "╯", edge),)]
    name = seat.who.name if width_of(seat.who.name) + _AROUND_NAME <= room else seat.who.tag
    left = seconds(seat.left) if seat.computing else ""
    said = _("{time} left", time=left) if left else ""
    below = middle(said if width_of(said) <= room else left, room)
    return [
        top,
        row(side, Span(middle(name, room), "holder-text", bold=True, on=seat.ink), side),
        row(Span("╰", edge), Span(below, "muted"), Span("╯", edge)),
    ]


def _crowd(facts: Cores, inner: int, lines: int) -> list[Row]:
    if not facts.waiting:
        return [row(Span(_("nobody waits for a core"), "muted")), *[EMPTY] * (lines - 1)]
    count = facts.waiting.count
    said = ngettext("{count:,} waits for a core", "{count:,} wait for a core", count)
    head = row(Span(said, "state-gil", bold=True), Span(" ▸ ", "faint"))
    names = queue_lines(facts.waiting, max(inner - length(head), 0), lines)
    return [(*(head if at == 0 else row(Span(" " * length(head)))), *line) for at, line in enumerate(names)]
