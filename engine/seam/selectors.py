"""`select.select` on simulated sockets, and what all selectors share; `selectors` itself runs unchanged.

Descriptors that are real ones are asked the operating system about, without waiting: what happens outside of the run
takes no part in its order.
"""

from __future__ import annotations

import errno
import math
import select as _select
import sys
from collections.abc import Callable, Iterable
from types import FrameType, SimpleNamespace
from typing import Any, Final

from ..record.callers import is_users_call
from .durations import nanoseconds, number
from .ends import End, refusal
from .network import in_run
from .socket_trace import acting_kernel, looked_in_vain, wait_for_any
from .sockets import end_of, is_simulated

_NOISE: Final = 1e-6
"""What floating point may add to a number of milliseconds."""

_real_select = _select.select


def descriptor_of(file: Any) -> int:
    """Return the number of a file or a number. Raises TypeError and ValueError as `select` does."""
    if isinstance(file, int):
        found = file
    else:
        method = getattr(file, "fileno", None)
        if method is None:
            message = "argument must be an int, or have a fileno() method."
            raise TypeError(message)
        found = method()
        if not isinstance(found, int):
            message = "fileno() returned a non-integer"
            raise TypeError(message)
    if found < 0:
        message = f"file descriptor cannot be a negative integer ({found})"
        raise ValueError(message)
    return found


def is_asked_by_user(frame: FrameType | None) -> bool:
    """Tell whether it is the user's code that asks at `frame`, by itself or through `selectors`."""
    while frame is not None and frame.f_globals.get("__name__") == "selectors":
        frame = frame.f_back
    return frame is not None and is_users_call(frame)


def wait_until(ends: Iterable[End], ready: Callable[[], Any], patience: int | None, frame: FrameType) -> None:
    """Wait until `ready()` gives anything, at most `patience` nanoseconds.

    Before that there is a schedule point, if it is the user's code that asks at `frame`. An event loop asks until its
    next timer: for it, nothing is in vain when that time has come.
    """
    by_user = is_asked_by_user(frame)
    if by_user:
        acting_kernel().point()
    if ready():
        return
    if patience == 0 and by_user:
        looked_in_vain()
    elif patience != 0:
        wait_for_any(list(dict.fromkeys(ends)), lambda: bool(ready()), patience, gives_up=by_user)


def _never(_end: End) -> bool:
    return False


def select(rlist: Any, wlist: Any, xlist: Any, timeout: float | None = None, /) -> tuple[list[Any], ...]:
    """Return which files can be read, can be written, and are in an exceptional state."""
    wanted = [[(each, descriptor_of(each)) for each in files] for files in (rlist, wlist, xlist)]
    simulated = [number for files in wanted for _, number in files if is_simulated(number)]
    if not in_run() or (not simulated and any(wanted)):
        return _real_select(rlist, wlist, xlist, timeout)
    patience = _patience(timeout)
    if any(end_of(number) is None for number in simulated):
        raise refusal(errno.EBADF)

    def ready() -> tuple[list[Any], ...]:
        reads, writes, others = ([number for _, number in files if not is_simulated(number)] for files in wanted)
        real = _real_select(reads, writes, others, 0)
        tests: tuple[Callable[[End], bool], ...] = (End.readable, End.writable, _never)
        return tuple(
            [file for file, number in files if (test(end) if (end := end_of(number)) is not None else number in found)]
            for files, test, found in zip(wanted, tests, real, strict=True)
        )

    ends = [end for number in simulated if (end := end_of(number)) is not None]
    wait_until(ends, lambda: any(ready()), patience, sys._getframe(1))
    return ready()


def _patience(timeout: object) -> int | None:
    """Return a timeout in seconds as nanoseconds. Raises TypeError and ValueError as `select` does."""
    if timeout is None:
        return None
    try:
        seconds = number(timeout)
    except TypeError:
        message = "timeout must be a float or None"
        raise TypeError(message) from None
    if seconds < 0:
        message = "timeout must be non-negative"
        raise ValueError(message)
    return nanoseconds(seconds)


def ceiling(value: float) -> int:
    """Round up, but not for what floating point has added: `selectors` rounds to milliseconds, which time has here."""
    return math.ceil(value - _NOISE)


MATH: Final = SimpleNamespace(ceil=ceiling)
"""What `selectors` has of `math`."""
