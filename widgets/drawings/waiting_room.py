"""A Condition as a waiting room beside its lock: who waits to be notified, and who has or wants the lock."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .frame import MARGIN, framed, named, queue, queue_lines
from .ink import EMPTY, Picture, Row, Span, clip, length, padded, row
from .scene import Crowd, Plate, Scene, Who, seconds, times

KINDS: Final = ("Condition",)

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


@lru_cache(maxsize=256)
def draw(facts: WaitingRoom, width: int, bands: int = 0) -> Picture:
    """Draw a condition."""
    inner = width - MARGIN
    lock = _lock(facts.lock, inner) if facts.lock else row(Span("its lock has a name of its own", "faint"))
    body = [*_room(facts, inner, 1 + bands), lock, _notifier(facts)]
    foot = (
        f"notified {times(facts.notified)}",
        f"{facts.passed:,} woken",
        f"longest wait {seconds(facts.longest)}" if facts.longest else "",
    )
    waiting = facts.waiting.count
    badge = Span(
        f"{waiting:,} waiting" if waiting else "nobody waits", "state-signal" if waiting else "muted", bold=True
    )
    return framed(facts.plate, badge, body, foot, width, edge="state-signal" if waiting else "edge")


def _room(facts: WaitingRoom, inner: int, lines: int) -> list[Row]:
    """Return the room: a wall with a door at the left, and a chair for everybody inside."""
    wall = "edge-strong" if facts.waiting else "edge"
    room = inner - 4
    inside = [queue(facts.waiting, room, " ▪ ")] if lines == 1 else queue_lines(facts.waiting, room, lines)
    if not facts.waiting:
        inside[0] = row(Span("empty", "faint"))
    title = clip(row(Span(" waiting room ", "muted")), inner - 4)
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
    held = row(Span("held by ", "muted"), named(lock.owner)) if lock.owner else row(Span("free", ink))
    deep = row(Span(f" {times(lock.depth)} deep", ink)) if lock.depth > 1 else EMPTY
    line = (Span(f"its {lock.kind} ", "muted"), *held, *deep)
    if not lock.waiting:
        return line
    head = row(Span(f" · {lock.waiting.count:,} waiting: ", "muted"))
    room = inner - length(line) - length(head)
    return (*line, *head, *queue(lock.waiting, room)) if room > 0 else clip((*line, *head), inner)


def _notifier(facts: WaitingRoom) -> Row:
    if facts.notifier is None:
        return row(Span("not notified yet", "faint"))
    return row(Span("notified by ", "muted"), named(facts.notifier), Span(f" in step {facts.since_step}", "muted"))
