"""Who runs next: one small file for each strategy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from .fifo import Fifo
from .random import RandomWalk
from .replay import Replay, ScheduleMismatchError
from .round_robin import RoundRobin

__all__ = ["STRATEGIES", "Fifo", "RandomWalk", "Replay", "RoundRobin", "ScheduleMismatchError", "Strategy", "make"]


class Strategy(Protocol):
    """Picks one of the enabled tasks at every schedule point."""

    def start(self, ready_since: Callable[[int], int]) -> None:
        """A run begins. `ready_since(task)` orders enabled tasks by when they became so."""

    def choose(self, ready: Sequence[int], current: int) -> int:
        """Return one of `ready` (ascending, never empty). `current` ran last, and may be blocked now."""


STRATEGIES: Final[dict[str, Callable[[int], Strategy]]] = {
    "random": RandomWalk,
    "round-robin": lambda _seed: RoundRobin(),
    "fifo": lambda _seed: Fifo(),
}
"""Strategies by name, each made from a seed."""


def make(name: str, seed: int, choices: Sequence[int] = ()) -> Strategy:
    """Return the named strategy, after a prefix of fixed choices if there are any. Raises KeyError on a wrong name."""
    strategy = STRATEGIES[name](seed)
    return Replay(choices, strategy) if choices else strategy
