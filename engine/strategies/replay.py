"""Replay: fixed choices first, then another strategy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Strategy


class ScheduleMismatchError(Exception):
    """A schedule asks for a task that is not enabled: it was made with another program, version or parameters."""


class Replay:
    """Make the recorded choices in their order; where they end, `rest` decides.

    `rest` sees every point from the first on, so that a run with a replayed prefix of its own choices is the run
    itself.
    """

    def __init__(self, choices: Sequence[int], rest: Strategy) -> None:
        self._choices = choices
        self._rest = rest
        self._next = 0

    def start(self, ready_since: Callable[[int], int]) -> None:
        """Begin from the first choice."""
        self._next = 0
        self._rest.start(ready_since)

    def choose(self, ready: Sequence[int], current: int) -> int:
        """Return the next recorded choice. Raises ScheduleMismatchError if that task is not enabled."""
        own = self._rest.choose(ready, current)
        if self._next >= len(self._choices):
            return own
        wanted = self._choices[self._next]
        self._next += 1
        index = bisect_left(ready, wanted)
        if index == len(ready) or ready[index] != wanted:
            message = f"step {self._next} asks for worker {wanted}, which cannot run there"
            raise ScheduleMismatchError(message)
        return wanted
