"""What a program asks of the machine it runs on: how many cores there are, and how long a thread may keep the GIL."""

from __future__ import annotations

import os
import sys
from typing import Final

from ..kernel.running import current_kernel

_MICROSECOND: Final = 1_000
_LARGEST: Final = 2**63 - 1
_get, _set = sys.getswitchinterval, sys.setswitchinterval
_cpu_count, _sched_getaffinity = os.cpu_count, getattr(os, "sched_getaffinity", None)


def cpu_count() -> int | None:
    """Return the number of the machine's cores, as `os.cpu_count` and `os.process_cpu_count`."""
    kernel = current_kernel()
    return _cpu_count() if kernel is None else kernel.model.cores


def sched_getaffinity(pid: int, /) -> set[int]:
    """Return the cores that a process may run on: all there are."""
    kernel = current_kernel()
    if kernel is None:
        assert _sched_getaffinity is not None
        return _sched_getaffinity(pid)  # type: ignore[no-any-return]
    return set(range(kernel.model.cores))


def setswitchinterval(interval: float, /) -> None:
    """Set the switch interval of the current process, in seconds. Raises TypeError and ValueError as CPython does."""
    kernel = current_kernel()
    if kernel is None or kernel.spaces is None:
        _set(interval)
        return
    if not hasattr(interval, "__float__") and not hasattr(interval, "__index__"):
        message = f"must be real number, not {type(interval).__name__}"
        raise TypeError(message)
    seconds = float(interval)
    if seconds <= 0.0:
        message = "switch interval must be strictly positive"
        raise ValueError(message)
    microseconds = int(seconds * 1e6) if seconds < _LARGEST / 1e9 else _LARGEST // _MICROSECOND
    kernel.spaces.current.switch_interval = max(microseconds, 1) * _MICROSECOND


def getswitchinterval() -> float:
    """Return the switch interval of the current process, in seconds."""
    kernel = current_kernel()
    if kernel is None or kernel.spaces is None:
        return _get()
    nanoseconds = kernel.spaces.current.switch_interval or kernel.model.switch_interval
    return 1e-6 * (int(nanoseconds) // _MICROSECOND)
