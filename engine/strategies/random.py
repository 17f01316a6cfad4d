"""The random walk: every enabled task is equally likely at every point."""

import random
from collections.abc import Callable, Sequence


class RandomWalk:
    """Choose uniformly. The same seed gives the same walk on every version of Python.

    Only `Random.random` is used: it is the one method whose sequence the standard library promises never to change.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - not cryptography

    def start(self, ready_since: Callable[[int], int]) -> None:
        """Nothing to prepare."""

    def choose(self, ready: Sequence[int], current: int) -> int:  # noqa: ARG002
        """Return any of `ready`. A forced choice uses no random number."""
        count = len(ready)
        return ready[0] if count == 1 else ready[int(self._random() * count)]
