"""Who waits for whom when nothing can move again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...trace.events import NONE
from .task import Task


class Stuck(NamedTuple):
    """One edge of the wait-for graph."""

    task: Task
    number: int
    """The object waited for, or NONE for another task's end."""
    holder: Task | None
    """Who would have to act: the owner of the lock, or the task whose end is awaited."""


def _edge(task: Task) -> Stuck:
    holder = task.awaited
    if holder is None and task.lock is not None:
        holder = task.lock.owner
        if holder is task and task.lock.number == NONE:
            # The lock that a Condition's waiter takes twice in order to wait: nobody has what it waits for.
            holder = None
    number = task.acting.operations[-1].number if task.acting.operations else NONE
    if task.lock is not None and task.lock.number != NONE:
        number = task.lock.number
    return Stuck(task, NONE if task.awaited is not None else number, holder)


def find_stuck(tasks: Sequence[Task]) -> tuple[Stuck, ...]:
    """Return the first cycle of the wait-for graph, in waiting order; without one, every stuck non-daemon task.

    Each task waits for at most one other, so that following the edges from each task in turn finds every cycle.
    """
    settled: set[int] = set()
    for start in tasks:
        path: list[Task] = []
        task: Task | None = start
        while task is not None and not task.done and task.id not in settled:
            if task in path:
                return tuple(_edge(member) for member in path[path.index(task) :])
            path.append(task)
            task = _edge(task).holder
        settled.update(member.id for member in path)
    return tuple(
        _edge(task) for task in tasks if not task.done and not task.born_daemon and task.awaited is None
    ) or tuple(_edge(task) for task in tasks if not task.done and not task.born_daemon)
