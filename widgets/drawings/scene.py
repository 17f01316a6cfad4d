"""What a drawing may look at: one object at one cursor, and the workers around it under clean names.

A drawing is made in two parts. `look(scene)` gathers everything the picture shows into a frozen record (its facts),
with at most `SHOWN` of any crowd, so that gathering costs the same for ten waiters and for ten thousand.
`draw(facts, width)` is then a pure function of that record and can be kept by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ...locales.words import N_, _
from ...trace.events import NANOSECONDS, NONE, Event, Kind
from ...trace.state import State, Status, Thing
from ...trace.store import Trace
from ..fitting import plain

SHOWN: Final = 64
"""How many of a crowd are looked up: more names than fit on one row of any width."""

_MILLISECOND: Final = NANOSECONDS // 1000
_MINUTES_FROM: Final = 120 * NANOSECONDS
_NUMBER: Final = re.compile(r"(\d+)(?!.*\d)")
_TAIL: Final = re.compile(r"(?<=.) \([^()]*\)$")

_NOT_OBJECTS: Final = frozenset({Kind.FILE, Kind.SOURCE, Kind.SITE, Kind.SPAWN, Kind.RENAME, Kind.JOIN, Kind.JOINED})
"""Kinds of event whose `obj` numbers something else than an object."""


@dataclass(frozen=True, slots=True)
class Who:
    """A worker as a picture names it."""

    name: str
    status: Status = Status.READY

    @property
    def tag(self) -> str:
        """At most three characters that tell it from its fellows: the last number in its name, or its first letters."""
        found = _NUMBER.search(self.name)
        return found[1][-3:] if found else self.name[:2]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Workers in a line, in order; only the first `SHOWN` by name."""

    first: tuple[Who, ...] = ()
    count: int = 0

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, slots=True)
class Plate:
    """What is written on every frame."""

    name: str
    kind: str
    lit: bool = False
    """The event at the cursor is about this object."""
    stuck: bool = False
    """It is part of a deadlock."""
    parts: tuple[str, ...] = ()
    """What belongs to it and the drawing does not show in its own way, as "name: kind"."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One object of a state, and the questions that drawings ask about it."""

    trace: Trace
    state: State
    thing: Thing

    def who(self, worker: int) -> Who | None:
        """Return the worker as a picture names it; None for NONE."""
        return None if worker == NONE else who_is(self.state, worker)

    def crowd(self, workers: Sequence[int]) -> Crowd:
        """Return these workers in their order."""
        return Crowd(tuple(who for worker in workers[:SHOWN] if (who := self.who(worker))), len(workers))

    def waiting(self, *operations: str) -> Crowd:
        """Return those who wait for the object in one of these operations, longest first; without any, all."""
        waiters = self.thing.waiters
        if not operations:
            return self.crowd(waiters)
        workers = self.state.workers
        return self.crowd([w for w in waiters if 0 <= w < len(workers) and workers[w].operation in operations])

    def part(self, number: int) -> Thing | None:
        """Return another object of the state, or None if there is no such number."""
        things = self.state.things
        return things[number] if 0 <= number < len(things) else None

    def parts(self, *kinds: str) -> list[Thing]:
        """Return the parts of the object that are of these kinds; without any, all parts."""
        found = [part for number in self.thing.parts if (part := self.part(number))]
        return [part for part in found if part.kind in kinds] if kinds else found

    def plate(self, *, parts: bool = True) -> Plate:
        """Return the object's plate; without `parts` where the drawing shows them in its own way."""
        thing, state = self.thing, self.state
        about = self.part(subject(self.trace.event(state.position - 1)) if state.position else NONE)
        rest = self.parts()[:SHOWN] if parts else []
        return Plate(
            plain(thing.name),
            plain(thing.kind),
            lit=about is not None and thing.id in (about.id, about.whole),
            stuck=any(thing.id == wanted for _, wanted, _ in state.stuck),
            parts=tuple(f"{plain(part.name)}: {plain(part.kind)}" for part in rest),
        )

    def age(self, since: int) -> int:
        """Return the virtual nanoseconds from `since` to the cursor."""
        return max(self.state.time - since, 0)


def subject(event: Event) -> int:
    """Return the number of the object that an event is about, or NONE."""
    if event.kind in _NOT_OBJECTS or (event.kind is Kind.TIMEOUT and event.text == "join"):
        return NONE
    return event.obj


def who_is(state: State, worker: int) -> Who:
    """Return a worker as pictures name it; one that the trace never declared goes by its number."""
    if 0 <= worker < len(state.workers):
        return Who(short_name(state.workers[worker].name), state.workers[worker].status)
    return Who(_("worker {worker}", worker=worker))


@lru_cache(maxsize=16384)
def short_name(name: str) -> str:
    """Return a worker's name for a picture: clean, and without the "(function)" that `threading` puts behind it."""
    return _TAIL.sub("", plain(name)) or "?"


def seconds(nanoseconds: int) -> str:
    """Return a time in words: "2.0 s", "350 ms", "12 µs", "4 min 05 s"."""
    if nanoseconds >= _MINUTES_FROM:
        minutes, rest = divmod(nanoseconds // NANOSECONDS, 60)
        return _("{minutes} min {rest:02} s", minutes=minutes, rest=rest)
    if nanoseconds >= NANOSECONDS // 10 or nanoseconds == 0:
        return _("{seconds:.1f} s", seconds=nanoseconds / NANOSECONDS)
    if nanoseconds >= _MILLISECOND:
        return _("{milliseconds:.0f} ms", milliseconds=nanoseconds / _MILLISECOND)
    return _("{microseconds:.0f} µs", microseconds=nanoseconds / 1000)


def phase(name: str) -> str:
    """Return in a word how far a future is; a phase that is not known here stands as the trace has it."""
    return _(_PHASES[name]) if name in _PHASES else plain(name)


_PHASES: Final = {
    "": N_("pending"),
    "pending": N_("pending"),
    "running": N_("running"),
    "done": N_("done"),
    "failed": N_("failed"),
    "cancelled": N_("cancelled"),
}


def times(count: int) -> str:
    """Return a count as "3 times" in short, with thousands apart."""
    return f"{count:,}\N{MULTIPLICATION SIGN}"
