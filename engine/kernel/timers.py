"""The virtual clock's alarms."""

import heapq

from .task import Task


class Timers:
    """Deadlines of sleeping and waiting tasks, earliest first; equal ones in the order they were set.

    A cancelled alarm stays in the heap until its time and is then skipped, because removing from a heap costs more.
    """

    __slots__ = ("_heap", "_serial")

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Task, int]] = []
        self._serial = 0

    def set(self, task: Task, deadline: int) -> None:
        """Wake `task` at `deadline` (virtual nanoseconds) unless cancelled before."""
        task.timer += 1
        task.deadline = deadline
        self._serial += 1
        heapq.heappush(self._heap, (deadline, self._serial, task, task.timer))

    @staticmethod
    def cancel(task: Task) -> None:
        """Void the task's alarm, if it has one."""
        task.timer += 1
        task.deadline = -1

    def due(self) -> tuple[int, list[Task]] | None:
        """Remove and return the earliest time at which an alarm goes off, with every task it wakes; None if none."""
        heap = self._heap
        while heap and heap[0][2].timer != heap[0][3]:
            heapq.heappop(heap)
        if not heap:
            return None
        now = heap[0][0]
        woken = []
        while heap and heap[0][0] == now:
            _, _, task, generation = heapq.heappop(heap)
            if task.timer == generation:
                woken.append(task)
        return now, woken
