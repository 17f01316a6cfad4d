"""Seconds, as a program writes them, to nanoseconds, with CPython's own refusals."""

import operator
from typing import Final

from ...trace.events import NANOSECONDS

LONGEST: Final = 9_223_372_036.0
"""Seconds that fit into CPython's 64-bit nanoseconds; also `threading.TIMEOUT_MAX`."""


def number(seconds: object) -> float:
    """Return `seconds` as a number. Raises TypeError, ValueError and OverflowError with CPython's words."""
    value = seconds if isinstance(seconds, float) else operator.index(seconds)  # type: ignore[arg-type]
    if value != value:  # noqa: PLR0124 - NaN
        message = "Invalid value NaN (not a number)"
        raise ValueError(message)
    if abs(value) > LONGEST * 1_000_000_000:
        message = "timestamp out of range for platform time_t"
        raise OverflowError(message)
    return value


def nanoseconds(seconds: float) -> int:
    """Round to the nearest nanosecond, but never a positive time to none, or a loop over the rest would not end."""
    return max(1, round(seconds * NANOSECONDS)) if seconds > 0 else 0
