"""Every clock of `time`, on virtual time. CPU work costs none unless it is declared."""

from __future__ import annotations

import sys
import time as real
from types import FrameType
from typing import Final

from ...trace.events import NANOSECONDS
from ..kernel.kernel import BUSY
from ..kernel.running import current_kernel
from ..record.frames import is_user_file
from .durations import nanoseconds, number

EPOCH: Final = 1_767_225_600 * NANOSECONDS
"""What the simulated calendar says at virtual time 0: 2026-01-01 00:00:00 UTC."""

_gmtime, _localtime, _ctime, _asctime, _strftime = real.gmtime, real.localtime, real.ctime, real.asctime, real.strftime
_real_sleep, _time, _time_ns = real.sleep, real.time, real.time_ns
_monotonic, _monotonic_ns = real.monotonic, real.monotonic_ns
_process_time_ns, _thread_time_ns = real.process_time_ns, real.thread_time_ns


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


def _read(frame: FrameType, late: int = 1) -> int | None:
    """Return the time as the program sees it, in nanoseconds since the start; None to a thread outside the run.

    Real alarms are never early. Here they are exact, and the difference of two rounded readings could be smaller than
    the time slept between them. Therefore each alarm that has gone off makes the program's readings `late` nanoseconds
    later. The library's own readings are exact, because it computes deadlines from them.
    """
    kernel = current_kernel()
    if kernel is None:
        return None
    if not is_user_file(frame.f_code.co_filename):
        return kernel.now
    if kernel.looks_at_clock():
        kernel.sleep(BUSY, frame)
    return kernel.now + late * kernel.alarms


def time() -> float:
    """Return seconds since 1970, as `time.time`. Its float resolves 0.24 µs."""
    now = _read(sys._getframe(1), 1_000)
    return _time() if now is None else (EPOCH + now) / NANOSECONDS


def time_ns() -> int:
    """Return nanoseconds since 1970, as `time.time_ns`."""
    now = _read(sys._getframe(1), 1_000)
    return _time_ns() if now is None else EPOCH + now


def monotonic() -> float:
    """Return virtual seconds since the start, as `time.monotonic` and `time.perf_counter`."""
    now = _read(sys._getframe(1))
    return _monotonic() if now is None else now / NANOSECONDS


def monotonic_ns() -> int:
    """Return virtual nanoseconds since the start."""
    now = _read(sys._getframe(1))
    return _monotonic_ns() if now is None else now


def process_time_ns() -> int:
    """Return the CPU nanoseconds that the current process has used: its declared work, as other work costs nothing."""
    kernel = current_kernel()
    if kernel is None:
        return _process_time_ns()
    if kernel.cpu is None or kernel.current is None:
        return 0
    return kernel.cpu.spent_in(kernel.current.space)


def process_time() -> float:
    """Return the CPU seconds that the current process has used."""
    return process_time_ns() / NANOSECONDS


def thread_time_ns() -> int:
    """Return the CPU nanoseconds that the current thread has used."""
    kernel = current_kernel()
    if kernel is None:
        return _thread_time_ns()
    return 0 if kernel.cpu is None or kernel.current is None else kernel.cpu.spent(kernel.current)


def thread_time() -> float:
    """Return the CPU seconds that the current thread has used."""
    return thread_time_ns() / NANOSECONDS


def _seconds() -> float:
    kernel = current_kernel()
    return _time() if kernel is None else (EPOCH + kernel.now) / NANOSECONDS


def gmtime(seconds: float | None = None) -> real.struct_time:
    """As `time.gmtime`, on the virtual calendar."""
    return _gmtime(_seconds() if seconds is None else seconds)


def localtime(seconds: float | None = None) -> real.struct_time:
    """As `time.localtime`, on the virtual calendar."""
    return _localtime(_seconds() if seconds is None else seconds)


def ctime(seconds: float | None = None) -> str:
    """As `time.ctime`, on the virtual calendar."""
    return _ctime(_seconds() if seconds is None else seconds)


def asctime(moment: real.struct_time | None = None) -> str:
    """As `time.asctime`, on the virtual calendar."""
    return _asctime(localtime() if moment is None else moment)


def strftime(pattern: str, moment: real.struct_time | None = None) -> str:
    """As `time.strftime`, on the virtual calendar."""
    return _strftime(pattern, localtime() if moment is None else moment)
