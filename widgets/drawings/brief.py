"""Any object in one line, for runs with very many of them."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _, pgettext
from ...trace.state import Thing
from ..fitting import plain
from ..objects_order import idle
from .frame import named, queue
from .ink import Picture, Row, Span, clip, length, padded, row
from .scene import Crowd, Plate, Scene, Who, phase
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
            return (pgettext("event", "set") if thing.flag else _("not set"), thing.flag)
        case "Semaphore" | "BoundedSemaphore":
            return (_("{free:,} free", free=max(thing.free, 0)), bool(thing.holders))
        case "CPU":
            count = max(thing.capacity, 0)
            busy = max(count - thing.free, 0)
            return (_("{busy:,} of {count:,} busy", busy=busy, count=count), bool(thing.holders))
        case "Queue" | "LifoQueue" | "PriorityQueue" | "SimpleQueue":
            return (_("{size:,} inside", size=thing.size), thing.size > 0)
        case "Barrier":
            return (
                (_("broken"), True)
                if thing.flag
                else (_("{count:,} of {capacity:,}", count=len(thing.waiters), capacity=max(thing.capacity, 0)), False)
            )
        case "Future":
            return (phase(thing.phase), thing.phase == "running")
        case "ThreadPoolExecutor" | "ProcessPoolExecutor":
            return (_("{count:,} tasks", count=len(thing.parts)), not thing.flag)
        case "variable":
            return (f"= {plain(thing.result)}" if thing.ledger else _("not used yet"), thing.lost > 0)
        case "socket":
            return (phase_word(thing.phase), not idle(thing))
        case _:
            return (_("held by"), True) if thing.owner >= 0 else (_("free"), False)


@kept(512)
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
        line = (*line, Span(_("  {count:,} waiting ", count=facts.waiting.count), "muted"))
        line = (*line, *queue(facts.waiting, max(width - length(line), 0)))
    return (padded(line, width),)
