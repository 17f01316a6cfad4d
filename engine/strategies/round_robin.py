"""Round-robin: a switch at every point, to the next enabled task in order."""

from bisect import bisect_right
from collections.abc import Callable, Sequence


class RoundRobin:
    """Choose the enabled task after the current one, and the first after the last."""

    def start(self, ready_since: Callable[[int], int]) -> None:
        """Nothing to prepare."""

    def choose(self, ready: Sequence[int], current: int) -> int:
        """Return the successor of `current` in `ready`."""
        index = bisect_right(ready, current)
        return ready[index if index < len(ready) else 0]
