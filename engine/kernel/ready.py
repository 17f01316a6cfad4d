"""The set of enabled tasks, in the one order that every strategy and every schedule code relies on."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from .task import Task

_FEW = 8
"""Up to so many tasks one insertion each is faster than a merge."""


class Crowd:
    """Tasks that wait for one thing and are enabled and disabled together, as often as it changes hands.

    However many they are, that takes a few operations on whole lists. A task in a crowd is enabled by nobody else.
    """

    __slots__ = ("enabled", "members")

    def __init__(self) -> None:
        self.members: list[int] = []
        """Numbers of the tasks in it, ascending."""
        self.enabled: list[int] = []
        """Those that are enabled: who was in it when it was enabled last, and has not left; ascending."""


class ReadySet:
    """Numbers of the tasks that the strategy may choose, ascending; the running task is among them."""

    __slots__ = ("_crowds", "_serial", "_single", "numbers")

    def __init__(self) -> None:
        self._single: list[int] = []
        self._crowds: dict[Crowd, None] = {}
        self.numbers = self._single
        """All of them. The list is another one after a crowd was enabled or disabled."""
        self._serial = 0

    def add(self, task: Task) -> None:
        """Enable `task`."""
        if not task.enabled:
            task.enabled = True
            self._serial += 1
            task.ready_since = self._serial
            insort(self._single, task.id)
            if self._crowds:
                insort(self.numbers, task.id)

    def discard(self, task: Task) -> None:
        """Disable `task`."""
        if task.enabled:
            task.enabled = False
            del self._single[bisect_left(self._single, task.id)]
            if self._crowds:
                _remove(self.numbers, task.id)

    def add_all(self, tasks: Sequence[Task]) -> None:
        """Enable every one of `tasks`, in their order."""
        if len(tasks) <= _FEW:
            for task in tasks:
                self.add(task)
            return
        for task in tasks:
            if not task.enabled:
                task.enabled = True
                self._admit(task)
                self._single.append(task.id)
        self._single.sort()  # two or more ascending runs, which are merged in linear time
        self._merge()

    def discard_all(self, tasks: Sequence[Task]) -> None:
        """Disable every one of `tasks`."""
        if len(tasks) <= _FEW:
            for task in tasks:
                self.discard(task)
            return
        gone = {task.id for task in tasks if task.enabled}
        for task in tasks:
            task.enabled = False
        self._single[:] = [number for number in self._single if number not in gone]
        self._merge()

    def join(self, crowd: Crowd, task: Task) -> None:
        """Let a task be one of a crowd. It is enabled with it from the next time on."""
        self._admit(task)
        insort(crowd.members, task.id)

    def leave(self, crowd: Crowd, task: Task) -> None:
        """Take a task out of a crowd; it is enabled no longer, unless it is by itself."""
        _remove(crowd.members, task.id)
        if crowd in self._crowds:
            _remove(crowd.enabled, task.id)
            self._merge()

    def enable(self, crowd: Crowd) -> None:
        """Enable all that are in a crowd now."""
        crowd.enabled = crowd.members.copy()
        if crowd.enabled:
            self._crowds[crowd] = None
        self._merge()

    def disable(self, crowd: Crowd) -> None:
        """Disable a crowd."""
        self._crowds.pop(crowd, None)
        self._merge()

    def _admit(self, task: Task) -> None:
        self._serial += 1
        task.ready_since = self._serial

    def _merge(self) -> None:
        self.numbers = self._single
        if self._crowds:
            self.numbers = sorted(sum((crowd.enabled for crowd in self._crowds), self._single))


def _remove(numbers: list[int], number: int) -> None:
    place = bisect_left(numbers, number)
    if place < len(numbers) and numbers[place] == number:
        del numbers[place]
