"""Playing a run: when the cursor moves on, so that a person can follow. The clock is passed in.

Virtual time is no measure of what there is to see: twenty threads may start at one instant, and then all sleep for an
hour. So each step gets the larger of two screen times: its share of the instant and of the run it belongs to, and the
virtual time that passes before it, which is kept up to a second and grows by its logarithm from there.
"""

from collections.abc import Callable
from math import log2
from typing import Final

from ..trace.events import NANOSECONDS
from ..trace.store import Trace

SPEEDS: Final = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""What the slower and faster keys step through."""

STEP: Final = 0.3
"""Seconds that one step gets at speed 1, when its instant has few."""

INSTANT: Final = 5.0
"""Seconds that all steps of one virtual instant share at most."""

RUN: Final = 20.0
"""Seconds that all steps of a run share at most, besides the time that passes in it."""

LONGEST: Final = 3.0
"""Seconds that the longest sleep takes."""


def screen_time(gap: int, steps: int, total: int) -> float:
    """Return the seconds before a step that comes `gap` virtual nanoseconds after the one before.

    It is one of `steps` in its instant, and of `total` in the run.
    """
    seconds = gap / NANOSECONDS
    sleep = seconds if seconds <= 1.0 else min(LONGEST, 1.0 + log2(seconds) / 2)
    return max(sleep, min(STEP, INSTANT / max(steps, 1), RUN / max(total, 1)))


def step_forward(trace: Trace, position: int) -> int:
    """Return the position after the step that follows `position`, or after what is left of the present one."""
    if position >= len(trace):
        return len(trace)
    return trace.end_of_step(trace.event(position).step)


def step_back(trace: Trace, position: int) -> int:
    """Return the position before the step that `position` is in or after, and never before the program's start."""
    step = trace.step_at(position)
    return trace.end_of_step(step - 1) if step > 0 else start(trace)


def start(trace: Trace) -> int:
    """Return the position where the program stands ready and no decision has been made yet."""
    return trace.end_of_step(0)


class Player:
    """Says where the cursor is to be now. Create it with a clock that returns seconds, as `time.monotonic` does."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._then = clock()
        self._saved = 0.0
        self._instant = (-1, 0, 0)
        self.playing = False
        self.speed = 1.0

    def play(self) -> None:
        """Start to move, with the first step at once."""
        self.playing = True
        self._then = self._clock()
        self._saved = STEP

    def pause(self) -> None:
        """Hold the cursor where it is."""
        self.playing = False

    def faster(self) -> None:
        """Go to the next higher speed."""
        self.speed = next((speed for speed in SPEEDS if speed > self.speed), SPEEDS[-1])

    def slower(self) -> None:
        """Go to the next lower speed."""
        self.speed = next((speed for speed in reversed(SPEEDS) if speed < self.speed), SPEEDS[0])

    def advance(self, trace: Trace, position: int) -> int:
        """Return the cursor for this moment. At the end of a complete trace, stop; at that of a growing one, wait."""
        now = self._clock()
        elapsed, self._then = now - self._then, now
        if not self.playing:
            return position
        self._saved += max(elapsed, 0.0) * self.speed
        while position < len(trace):
            price = self._price(trace, position)
            if price > self._saved:
                return position
            self._saved -= price
            position = step_forward(trace, position)
        self._saved = 0.0
        if trace.complete:
            self.playing = False
        return position

    def _price(self, trace: Trace, position: int) -> float:
        """Return the screen time before the step that begins at `position`."""
        time = trace.event(position).time
        before = trace.event(position - 1).time if position else 0
        return screen_time(max(time - before, 0), self._steps_at(trace, time), trace.last_step)

    def _steps_at(self, trace: Trace, time: int) -> int:
        """Count the steps of the instant, which is remembered while the trace does not grow."""
        if self._instant[:2] != (time, len(trace)):
            before = trace.step_at(trace.at_time(time - 1)) if time else 0
            self._instant = (time, len(trace), trace.step_at(trace.at_time(time)) - before)
        return self._instant[2]
