"""Who waits for whom when nothing can move again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ...trace.events import NONE
from .strand import Strand
from .task import Task

SELECT: Final = "select"
"""What the thread of an event loop is inside of while none of its workers can go on."""


class Stuck(NamedTuple):
    """One edge of the wait-for graph."""

    worker: Task | Strand
    number: int
    """The object waited for, or NONE for another worker's end."""
    holder: Task | Strand | None
    """Who would have to act: the owner of the lock, or the worker whose end is awaited."""


def _edge(worker: Task | Strand) -> Stuck:
    if isinstance(worker, Strand):
        owner = worker.wanted.owner if worker.wanted is not None else None
        return Stuck(worker, worker.number, worker.awaited or owner)
    holder: Task | Strand | None = worker.awaited
    if holder is None and worker.lock is not None:
        owner = worker.lock.owner
        if owner is not worker or worker.lock.number != NONE:
            # Else it is the lock that a Condition's waiter takes twice in order to wait: nobody has what it waits for.
            holder = owner
    number = worker.acting.operations[-1].number if worker.acting.operations else NONE
    if worker.lock is not None and worker.lock.number != NONE:
        number = worker.lock.number
    return Stuck(worker, NONE if worker.awaited is not None else number, holder)


def find_stuck(workers: Sequence[Task | Strand]) -> tuple[Stuck, ...]:
    """Return the first cycle of the wait-for graph, in waiting order; without one, everybody stuck who is no daemon.

    Each worker waits for at most one other, so that following the edges from each worker in turn finds every cycle.
    The thread of an event loop is not named beside the workers in it that wait, nor is who waits for a worker's end.
    """
    settled: set[int] = set()
    for start in workers:
        path: list[Task | Strand] = []
        worker: Task | Strand | None = start
        while worker is not None and not worker.done and worker.id not in settled:
            if worker in path:
                return tuple(_edge(member) for member in path[path.index(worker) :])
            path.append(worker)
            worker = _edge(worker).holder
        settled.update(member.id for member in path)
    left = [worker for worker in workers if not worker.done and not worker.born_daemon and _waits(worker)]
    loops = {worker.task.id for worker in left if isinstance(worker, Strand)}
    named = [worker for worker in left if worker.id not in loops or not _selects(worker)]
    return tuple(_edge(worker) for worker in named if worker.awaited is None) or tuple(map(_edge, named))


def _waits(worker: Task | Strand) -> bool:
    return not isinstance(worker, Strand) or worker.waiting


def _selects(worker: Task | Strand) -> bool:
    return bool(worker.operations) and worker.operations[-1].verb == SELECT
