"""The event loop's own round: where the schedule and the clock come in when no task and no socket makes them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from ..kernel.kernel import BUSY
from ..kernel.running import current_kernel

CALLBACKS: Final = 100
"""Rounds of callbacks alone, with no task among them, after which other threads have a turn."""

ROUNDS: Final = 100
"""Rounds in which no time has passed, after which some does: a real round takes about ten microseconds."""

_ROUNDS: Final = "_rounds_in_simulated_run"


def run_once(original: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return the loop's round, seeing to it that others get on beside one that always has something to call.

    Such a loop never waits for its selector, nor does one whose selector is the program's own and never waits. For
    real, the clock goes on meanwhile, and so do other threads. Here that is seen to after a number of rounds: a program
    that gives way again and again until a time has come gets there.
    """

    @functools.wraps(original)
    def _run_once(loop: Any) -> None:
        kernel = current_kernel()
        if kernel is not None and kernel.current is not None:
            now, step, rounds = loop.__dict__.get(_ROUNDS, (-1, -1, 0))
            rounds = rounds + 1 if now == kernel.now else 1
            if rounds > ROUNDS and loop._ready:
                kernel.sleep(BUSY)
                rounds = 1
            elif rounds % CALLBACKS == 0 and step == kernel.step:
                kernel.point()
            if rounds % CALLBACKS == 0 or now != kernel.now:
                step = kernel.step
            loop.__dict__[_ROUNDS] = (kernel.now, step, rounds)
        original(loop)

    return _run_once
