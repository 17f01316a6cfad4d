"""What the picture of the threads shows: the tree of who started whom, and who waits for whose end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from ...trace.events import NONE, WorkerFlag
from ...trace.state import State, Status, Worker
from ..fitting import plain
from .scene import SHOWN, Crowd, Who, short_name, who_is

_OVER: Final = frozenset({Status.FINISHED, Status.FAILED, Status.KILLED})
_STATUS: Final = attrgetter("status")


@dataclass(frozen=True, slots=True)
class Member:
    """One thread."""

    who: Who
    stems: tuple[bool, ...]
    """Its place in the tree: of each ancestor but the first, and of itself, whether it is the last of its fellows."""
    daemon: bool
    begun: bool
    joins: str
    """Whose end it waits for, or ""."""
    deadline: int
    """When it gives that up, in virtual nanoseconds; NONE for never."""
    awaited: Crowd
    """Who waits for its end."""
    error: str


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that the picture of the threads shows."""

    members: tuple[Member, ...]
    """The first of them, parents before their children."""
    rest: int
    """How many there are besides."""
    alive: int
    ended: int
    daemons: int
    counts: tuple[tuple[Status, int], ...]
    """How many threads are in each state."""


def look(state: State) -> Family:
    """Gather what the picture shows. Only the first threads are looked at one by one."""
    first = state.workers[:SHOWN]
    children: dict[int, list[Worker]] = {}
    for worker in first:
        children.setdefault(worker.parent if worker.parent < worker.id else NONE, []).append(worker)
    joiners: dict[int, list[int]] = {}
    for worker in state.workers:
        if worker.joins != NONE:
            joiners.setdefault(worker.joins, []).append(worker.id)
    members = [
        _member(state, worker, stems, joiners.get(worker.id, [])) for worker, stems in _ordered(children, NONE, ())
    ]
    counts = Counter(map(_STATUS, state.workers))
    ended = sum(counts[status] for status in _OVER)
    return Family(
        tuple(members),
        len(state.workers) - len(members),
        len(state.workers) - ended,
        ended,
        sum(bool(worker.flags & WorkerFlag.DAEMON) for worker in state.workers),
        tuple((status, counts[status]) for status in Status if status in counts),
    )


def _ordered(
    children: dict[int, list[Worker]], parent: int, stems: tuple[bool, ...]
) -> Iterator[tuple[Worker, tuple[bool, ...]]]:
    """Yield the threads that a thread has started, with their places, each followed by those that it has started."""
    fellows = children.get(parent, ())
    for place, worker in enumerate(fellows):
        at = (*stems, place == len(fellows) - 1) if parent != NONE else ()
        yield worker, at
        yield from _ordered(children, worker.id, at)


def _member(state: State, worker: Worker, stems: tuple[bool, ...], joined: Sequence[int]) -> Member:
    return Member(
        who_is(state, worker.id),
        stems,
        bool(worker.flags & WorkerFlag.DAEMON),
        worker.begun,
        _name(state, worker.joins),
        worker.deadline if worker.joins != NONE else NONE,
        Crowd(tuple(who_is(state, each) for each in joined[:SHOWN]), len(joined)),
        plain(worker.error),
    )


def _name(state: State, worker: int) -> str:
    return short_name(state.workers[worker].name) if 0 <= worker < len(state.workers) else ""
