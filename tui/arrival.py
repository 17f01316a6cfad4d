"""Where the cursor goes in a new run, and when enough of it has arrived to show it in place of the old one.

Until then the old run stays on the stage, so that a rerun never flashes an empty screen.
"""

from dataclasses import dataclass
from typing import Protocol

from ..trace.store import Trace
from .player import start


class Arrival(Protocol):
    """A place in a run that may not have got there yet."""

    def place(self, trace: Trace) -> int | None:
        """Return the position, or None while more events are needed to tell."""


@dataclass(frozen=True, slots=True)
class AtStart:
    """Where the program stands ready."""

    def place(self, trace: Trace) -> int | None:
        """Return the position before the first decision."""
        return start(trace) if trace.complete or trace.last_step > 0 else None


@dataclass(frozen=True, slots=True)
class AfterStep:
    """Where a step has just been made: a choice by hand shows what it did."""

    step: int

    def place(self, trace: Trace) -> int | None:
        """Return the position after the step."""
        return trace.end_of_step(self.step) if trace.complete or trace.last_step > self.step else None


@dataclass(frozen=True, slots=True)
class AtPosition:
    """The same place again, in a run that repeats the one it was in."""

    position: int

    def place(self, trace: Trace) -> int | None:
        """Return the position itself."""
        return min(self.position, len(trace)) if trace.complete or len(trace) >= self.position else None


@dataclass(frozen=True, slots=True)
class AtTime:
    """The same moment, in a run that differs."""

    time: int
    """Virtual nanoseconds."""

    def place(self, trace: Trace) -> int | None:
        """Return the position after all that happens up to the moment."""
        return trace.at_time(self.time) if trace.complete or trace.duration > self.time else None


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Where everything has happened."""

    def place(self, trace: Trace) -> int | None:
        """Return the last position."""
        return len(trace) if trace.complete else None
