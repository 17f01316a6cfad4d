"""Seconds, as a program writes them, to nanoseconds, with CPython's own refusals."""

import operator
import sys
from typing import Final

from ...trace.events import NANOSECONDS

_LIMIT: Final = 2**63
"""CPython counts nanoseconds in 64 bits."""
_C_TYPE: Final = "PyTime_t" if sys.version_info >= (3, 13) else "_PyTime_t"


def number(seconds: object) -> float:
    """Return `seconds` as a number. Raises TypeError, ValueError and OverflowError with CPython's words."""
    value = seconds if isinstance(seconds, float) else operator.index(seconds)  # type: ignore[arg-type]
    if value != value:  # noqa: PLR0124 - NaN
        message = "Invalid value NaN (not a number)"
        raise ValueError(message)
    if abs(value) * NANOSECONDS >= _LIMIT:
        message = f"timestamp too large to convert to C {_C_TYPE}"
        if isinstance(value, float):
            message = "timestamp out of range for platform time_t"
        raise OverflowError(message)
    return value


def nanoseconds(seconds: float) -> int:
    """Round to the nearest nanosecond, but never a positive time to none, or a loop over the rest would not end."""
    return max(1, round(seconds * NANOSECONDS)) if seconds > 0 else 0
