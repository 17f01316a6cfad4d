"""First in, first out: no preemption; a blocked task's place goes to whoever has been enabled longest."""

from bisect import bisect_left
from collections.abc import Callable, Sequence


class Fifo:
    """Let the current task go on until it blocks. Short threads on CPython mostly behave like this."""

    def __init__(self) -> None:
        self._ready_since: Callable[[int], int] = lambda task: task

    def start(self, ready_since: Callable[[int], int]) -> None:
        """Remember how to ask for the order in which tasks became enabled."""
        self._ready_since = ready_since

    def choose(self, ready: Sequence[int], current: int) -> int:
        """Return `current` if it is enabled, else the task that has been enabled longest."""
        index = bisect_left(ready, current)
        if index < len(ready) and ready[index] == current:
            return current
        return min(ready, key=self._ready_since)
