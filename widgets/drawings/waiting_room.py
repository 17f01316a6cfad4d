"""A Condition as a waiting room beside its lock: who waits to be notified, and who has or wants the lock."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from .frame import MARGIN, framed, named, queue, queue_lines
from .ink import EMPTY, Picture, Row, Span, clip, length, padded, row
from .scene import Crowd, Plate, Scene, Who, seconds, times

OWN_PARTS: Final = True

_ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock that goes with a condition."""

    kind: str
    owner: Who | None
    depth: int
    waiting: Crowd


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """Everything that the picture of a condition shows."""

    plate: Plate
    waiting: Crowd
    notifier: Who | None
    since_step: int
    notified: int
    passed: int
    longest: int
    lock: Lock | None


def look(scene: Scene) -> WaitingRoom:
    """Gather what the picture shows."""
    thing = scene.thing
    locks = scene.parts("Lock", "RLock")
    lock = locks[0] if locks else None
    return WaitingRoom(
        scene.plate(parts=False),
        scene.waiting(),
        scene.who(thing.worker),
        thing.since_step,
        thing.uses,
        thing.passed,
        thing.longest,
        Lock(lock.kind, scene.who(lock.owner), lock.depth, scene.crowd(lock.waiters)) if lock else None,
    )


def rows(_capacity: int, _width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS + bands


@kept(256)
def draw(facts: WaitingRoom, width: int, bands: int = 0) -> Picture:
    """Draw a condition."""
    inner = width - MARGIN
    lock = _lock(facts.lock, inner) if facts.lock else row(Span(_("its lock has a name of its own"), "faint"))
    body = [*_room(facts, inner, 1 + bands), lock, _notifier(facts)]
    foot = (
        _("notified {times}", times=times(facts.notified)),
        _("{passed:,} woken", passed=facts.passed),
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    waiting = facts.waiting.count
    badge = Span(
        _("{waiting:,} waiting", waiting=waiting) if waiting else _("nobody waits"),
        "state-signal" if waiting else "muted",
        bold=True,
    )
    return framed(facts.plate, badge, body, foot, width, edge="state-signal" if waiting else "edge")


def _room(facts: WaitingRoom, inner: int, lines: int) -> list[Row]:
    """Return the room: a wall with a door at the left, and a chair for everybody inside."""
    wall = "edge-strong" if facts.waiting else "edge"
    room = inner - 4
    inside = [queue(facts.waiting, room, " ▪ ")] if lines == 1 else queue_lines(facts.waiting, room, lines)
    if not facts.waiting:
        inside[0] = row(Span(_("empty"), "faint"))
    title = clip(row(Span(_(" waiting room "), "muted")), inner - 4)
    return [
        (Span("╭─", wall), *title, Span("─" * (inner - 3 - length(title)) + "╮", wall)),
        *(
            (Span("╵ " if at == lines - 1 else "│ ", wall), *padded(line, room), Span(" │", wall))
            for at, line in enumerate(inside)
        ),
        row(Span(" ▸" + " " + "─" * (inner - 4) + "╯", wall)),
    ]


def _lock(lock: Lock, inner: int) -> Row:
    """Return the condition's lock in one row."""
    ink = "state-lock" if lock.owner else "state-finished"
    held = row(Span(_("held by "), "muted"), named(lock.owner)) if lock.owner else row(Span(_("free"), ink))
    deep = row(Span(_(" {times} deep", times=times(lock.depth)), ink)) if lock.depth > 1 else EMPTY
    line = (Span(_("its {kind} ", kind=lock.kind), "muted"), *held, *deep)
    if not lock.waiting:
        return line
    head = row(Span(_(" · {count:,} waiting: ", count=lock.waiting.count), "muted"))
    room = inner - length(line) - length(head)
    return (*line, *head, *queue(lock.waiting, room)) if room > 0 else clip((*line, *head), inner)


def _notifier(facts: WaitingRoom) -> Row:
    if facts.notifier is None:
        return row(Span(_("not notified yet"), "faint"))
    return row(
        Span(_("notified by "), "muted"),
        named(facts.notifier),
        Span(_(" in step {since_step}", since_step=facts.since_step), "muted"),
    )
