"""Every clock of `time`, on virtual time. CPU work costs none unless it is declared."""

from __future__ import annotations

import sys
import time as real
from typing import Final

from ...trace.events import NANOSECONDS
from ..kernel.kernel import current_kernel
from .durations import nanoseconds, number

EPOCH: Final = 1_767_225_600 * NANOSECONDS
"""What the simulated calendar says at virtual time 0: 2026-01-01 00:00:00 UTC."""

_gmtime, _localtime, _ctime, _asctime, _strftime = real.gmtime, real.localtime, real.ctime, real.asctime, real.strftime
_real_sleep = real.sleep


def _now() -> int:
    kernel = current_kernel()
    assert kernel is not None
    return kernel.now


def sleep(seconds: float) -> None:
    """Let virtual time pass. A sleep of 0 lets others run, and takes no time."""
    value = number(seconds)
    if value < 0:
        message = "sleep length must be non-negative"
        raise ValueError(message)
    kernel = current_kernel()
    if kernel is None:
        _real_sleep(seconds)
    elif value == 0:
        kernel.point()
    else:
        kernel.sleep(nanoseconds(value), sys._getframe(1))


def time() -> float:
    """Return seconds since 1970, as `time.time`."""
    return (EPOCH + _now()) / NANOSECONDS


def time_ns() -> int:
    """Return nanoseconds since 1970, as `time.time_ns`."""
    return EPOCH + _now()


def monotonic() -> float:
    """Return virtual seconds since the start, as `time.monotonic` and `time.perf_counter`."""
    return _now() / NANOSECONDS


def monotonic_ns() -> int:
    """Return virtual nanoseconds since the start."""
    return _now()


def process_time() -> float:
    """Return the CPU seconds used: none, because undeclared work costs nothing."""
    return 0.0


def process_time_ns() -> int:
    """Return the CPU nanoseconds used."""
    return 0


def gmtime(seconds: float | None = None) -> real.struct_time:
    """As `time.gmtime`, on the virtual calendar."""
    return _gmtime(time() if seconds is None else seconds)


def localtime(seconds: float | None = None) -> real.struct_time:
    """As `time.localtime`, on the virtual calendar."""
    return _localtime(time() if seconds is None else seconds)


def ctime(seconds: float | None = None) -> str:
    """As `time.ctime`, on the virtual calendar."""
    return _ctime(time() if seconds is None else seconds)


def asctime(moment: real.struct_time | None = None) -> str:
    """As `time.asctime`, on the virtual calendar."""
    return _asctime(localtime() if moment is None else moment)


def strftime(pattern: str, moment: real.struct_time | None = None) -> str:
    """As `time.strftime`, on the virtual calendar."""
    return _strftime(pattern, localtime() if moment is None else moment)
