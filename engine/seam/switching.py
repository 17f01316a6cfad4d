"""`sys.setswitchinterval` and `sys.getswitchinterval`: how long a thread that computes may keep the GIL from others."""

from __future__ import annotations

import sys
from typing import Final

from ...trace.model import Model
from ..kernel.running import current_kernel

_MICROSECOND: Final = 1_000
_LARGEST: Final = 2**63 - 1
_get, _set = sys.getswitchinterval, sys.setswitchinterval


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
    model = Model() if kernel.cpu is None else kernel.cpu.model
    nanoseconds = kernel.spaces.current.switch_interval or model.switch_interval
    return 1e-6 * (int(nanoseconds) // _MICROSECOND)
