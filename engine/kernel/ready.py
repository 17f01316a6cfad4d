"""The set of enabled tasks, in the one order that every strategy and every schedule code relies on."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from .task import Task

_FEW = 8
"""Up to so many tasks one insertion each is faster than a merge."""


class ReadySet:
    """Numbers of the tasks that the strategy may choose, ascending; the running task is among them."""

    __slots__ = ("_serial", "numbers")

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._serial = 0

    def add(self, task: Task) -> None:
        """Enable `task`."""
        if not task.enabled:
            self._admit(task)
            insort(self.numbers, task.id)

    def discard(self, task: Task) -> None:
        """Disable `task`."""
        if task.enabled:
            task.enabled = False
            del self.numbers[bisect_left(self.numbers, task.id)]

    def add_all(self, tasks: Sequence[Task]) -> None:
        """Enable every one of `tasks`, in their order."""
        if len(tasks) <= _FEW:
            for task in tasks:
                self.add(task)
            return
        numbers, serial = self.numbers, self._serial
        for task in tasks:
            if not task.enabled:
                serial += 1
                task.enabled = True
                task.ready_since = serial
                numbers.append(task.id)
        self._serial = serial
        numbers.sort()  # two or more ascending runs, which are merged in linear time

    def discard_all(self, tasks: Sequence[Task]) -> None:
        """Disable every one of `tasks`."""
        if len(tasks) <= _FEW:
            for task in tasks:
                self.discard(task)
            return
        gone = set()
        for task in tasks:
            if task.enabled:
                task.enabled = False
                gone.add(task.id)
        if len(gone) == len(self.numbers):
            self.numbers.clear()
        elif gone:
            self.numbers[:] = [number for number in self.numbers if number not in gone]

    def _admit(self, task: Task) -> None:
        self._serial += 1
        task.enabled = True
        task.ready_since = self._serial
