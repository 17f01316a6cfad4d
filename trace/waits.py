"""Who waits for what, and for whom: the wait-for graph of a state, and the cycle in it that is a deadlock."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, NamedTuple

from .events import NONE
from .fold_acting import find
from .fold_locks import COUNTED, SEMAPHORES
from .sockets import SELECT, SOCKET, is_ready, other_user, selects
from .state import COMPUTING, State, Status, Worker

_FREE: Final = frozenset({Status.RUNNING, Status.READY})
_PASSING: Final = _FREE | {Status.GIL}
"""Statuses that no deadlock has: who waits for the GIL or a core gets it, as whoever computes comes to an end."""

_AT_OBJECT: Final = frozenset({Status.LOCK, Status.SIGNAL, Status.QUEUE, Status.IO, Status.GIL})
_DROPPED: Final = frozenset({"GIL", "CPU"})


class Edge(NamedTuple):
    """One worker's wait."""

    worker: int
    thing: int
    """The object waited for, or NONE where another worker's end is."""
    holder: int
    """The one worker that has to act, where that is known, or is expected to, at a socket; else NONE."""


def edge(state: State, worker: Worker) -> Edge | None:
    """Return what a worker waits for, or None if it does not wait for an object or another worker."""
    if worker.joins != NONE:
        return Edge(worker.id, NONE, worker.joins)
    if worker.wants == NONE:
        return None
    return Edge(worker.id, worker.wants, _holder(state, worker))


def edges(state: State) -> list[Edge]:
    """Return the waits of all workers, in order of worker."""
    return [wait for worker in state.workers if (wait := edge(state, worker)) is not None]


def cycle(state: State) -> list[Edge]:
    """Return the waits of a deadlock in waiting order, each for the next one's worker; none if there is no deadlock.

    The run's own verdict counts first. Before it, and in runs whose engine gives none, a cycle is one of waits that
    never run out. A verdict without a cycle is given as it is: all may wait for an event that nobody is left to set.
    """
    if state.stuck:
        verdict = [Edge(*stuck) for stuck in state.stuck]
        return _ring({wait.worker: wait for wait in verdict}.get, verdict) or verdict
    # Whoever is in a cycle is waited for, so at least one member holds an object, works on a future, or joins.
    starts = [
        each.id
        for each in state.workers
        if each.operation and each.status not in _PASSING and (each.holds or each.task != NONE or each.joins != NONE)
    ]
    lasting = partial(_lasting, state)
    return _ring(lasting, [wait for start in starts if (wait := lasting(start)) is not None])


def is_able(state: State, worker: Worker) -> bool:
    """Return whether a worker may run next, as far as the trace tells: it waits for nothing but its turn."""
    status = worker.status
    if worker.operation == COMPUTING:
        return worker.deadline <= state.time
    if status in _FREE:
        return worker.wants == NONE or (_lets_pass(state, worker) and not _has_dropped(state, worker))
    if status in _AT_OBJECT:
        return _lets_pass(state, worker) and not _has_dropped(state, worker)
    if status is Status.SLEEPING:
        return worker.deadline <= state.time
    return status is Status.JOIN and _has_ended(state, worker.joins)


def is_choosable(state: State, worker: Worker) -> bool:
    """Return whether a worker may be chosen to run next: it can, and no thread's own loop deals out its turns."""
    return worker.host == NONE and is_able(state, worker)


def able(state: State) -> list[int]:
    """Return all workers that may be chosen to run next, as far as the trace tells, in order."""
    passes: dict[tuple[int, str], bool] = {}
    found = []
    for worker in state.workers:
        if worker.host != NONE:
            continue
        if worker.wants != NONE and worker.operation != SELECT:  # many may wait for the same in the same way
            wait = (worker.wants, worker.operation)
            if wait not in passes:
                passes[wait] = _lets_pass(state, worker)
            if passes[wait] and not _has_dropped(state, worker):
                found.append(worker.id)
        elif is_able(state, worker):
            found.append(worker.id)
    return found


def _ring(wait_of: Callable[[int], Edge | None], starts: Iterable[Edge]) -> list[Edge]:
    """Return the first cycle that following the waits from one of the starts leads into; [] if none does."""
    settled: set[int] = set()
    for start in starts:
        path: list[Edge] = []
        wait: Edge | None = start
        while wait is not None and wait.worker not in settled:
            settled.add(wait.worker)
            path.append(wait)
            wait = wait_of(wait.holder)
        for place, member in enumerate(path):
            if wait is not None and member.worker == wait.worker:
                return path[place:]
    return []


def _holder(state: State, worker: Worker) -> int:
    """Return the one worker that has to act before an object lets another go on, or NONE."""
    thing = state.things[worker.wants]
    if thing.kind == SOCKET:
        return other_user(state, thing)
    if thing.kind == "Future":
        return thing.worker if thing.phase == "running" else NONE
    if thing.kind in SEMAPHORES:
        # Permits belong to nobody; only one permit that is used like a lock has somebody to wait for.
        return thing.holders[0] if thing.capacity == len(thing.holders) == 1 else NONE
    return thing.owner


def _lasting(state: State, number: int) -> Edge | None:
    """Return the wait of a worker if it can end only by another worker's act."""
    worker = find(state.workers, number)
    if worker is None or worker.status in _PASSING or worker.deadline != NONE or is_able(state, worker):
        return None
    wait = edge(state, worker)
    # Any worker may send through a socket, so whoever uses the other end is only the one to be expected.
    by_chance = wait is not None and wait.thing != NONE and state.things[wait.thing].kind == SOCKET
    return None if by_chance else wait


def _has_ended(state: State, number: int) -> bool:
    other = find(state.workers, number)
    return other is not None and other.status in (Status.FINISHED, Status.FAILED, Status.KILLED)


def _has_dropped(state: State, worker: Worker) -> bool:
    """Return whether a worker has just dropped the GIL or its core for the others that want it, who go first."""
    thing = state.things[worker.wants]
    return thing.kind in _DROPPED and thing.worker == worker.id and len(thing.waiters) > 1


def _lets_pass(state: State, worker: Worker) -> bool:
    """Return whether the object that a worker waits for would let it go on now."""
    if worker.operation == SELECT:
        return selects(state, worker)
    thing = find(state.things, worker.wants)
    if thing is None:
        return False
    if thing.kind in COUNTED:
        return thing.free > 0
    if thing.kind in ("Event", "Future"):
        return thing.flag
    if thing.kind == "Barrier":
        return thing.free > 0
    if thing.kind == SOCKET:
        return is_ready(state, thing, worker.operation, worker.since_step)
    if worker.operation == "get" and thing.kind.endswith("Queue"):
        return thing.size > 0
    if worker.operation == "put":
        return thing.size < thing.capacity
    return worker.status in (Status.LOCK, Status.GIL) and thing.owner == NONE
