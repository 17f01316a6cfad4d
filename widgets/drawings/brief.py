"""Any object in one line, for runs with very many of them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ...trace.state import Thing
from ..fitting import plain
from ..objects_order import idle
from .frame import named, queue
from .ink import Picture, Row, Span, clip, length, padded, row
from .scene import Crowd, Plate, Scene, Who
from .socket_facts import phase_word

_SHARE: Final = 3
"""The name may take one part in so many of the width."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that the line shows."""

    plate: Plate
    word: str
    busy: bool
    owner: Who | None
    waiting: Crowd


def look(scene: Scene) -> Brief:
    """Gather what the line shows."""
    thing = scene.thing
    word, busy = _condition(thing)
    return Brief(scene.plate(), word, busy, scene.who(thing.owner), scene.waiting())


def _condition(thing: Thing) -> tuple[str, bool]:
    """Return the object's condition in a word, and whether it is in use."""
    match thing.kind:
        case "Event":
            return ("set" if thing.flag else "not set", thing.flag)
        case "Semaphore" | "BoundedSemaphore":
            return (f"{max(thing.free, 0):,} free", bool(thing.holders))
        case "Queue" | "LifoQueue" | "PriorityQueue" | "SimpleQueue":
            return (f"{thing.size:,} inside", thing.size > 0)
        case "Barrier":
            return ("broken", True) if thing.flag else (f"{len(thing.waiters):,} of {max(thing.capacity, 0):,}", False)
        case "Future":
            return (thing.phase if thing.phase.isalpha() else "pending", thing.phase == "running")
        case "ThreadPoolExecutor" | "ProcessPoolExecutor":
            return (f"{len(thing.parts):,} tasks", not thing.flag)
        case "variable":
            return (f"= {plain(thing.result)}" if thing.ledger else "not used yet", thing.lost > 0)
        case "socket":
            return (phase_word(thing.phase), not idle(thing))
        case _:
            return ("held by", True) if thing.owner >= 0 else ("free", False)


@lru_cache(maxsize=512)
def draw(facts: Brief, width: int) -> Picture:
    """Draw an object in one line."""
    ink = "state-deadlocked" if facts.plate.stuck else "state-lock" if facts.waiting else "state-queue"
    mark = "▸ " if facts.plate.lit else "■ " if facts.busy else "· "
    name = clip(row(Span(facts.plate.name, "ink-strong", bold=facts.busy)), max(width // _SHARE, 8))
    line: Row = (
        Span(mark, ink if facts.busy else "faint"),
        *padded(name, max(width // _SHARE, 8)),
        Span(" "),
        Span(facts.word, ink if facts.busy else "muted"),
        *((Span(" "), named(facts.owner)) if facts.owner else ()),
    )
    if facts.waiting:
        line = (*line, Span(f"  {facts.waiting.count:,} waiting ", "muted"))
        line = (*line, *queue(facts.waiting, max(width - length(line), 0)))
    return (padded(line, width),)
