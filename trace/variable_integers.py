"""Integers of any size as bytes, few for small ones: seven bits a byte, the lowest first (LEB128)."""

from typing import Final

from ..locales.words import _
from .schedule_error import ScheduleError

_MOST_BYTES: Final = 1024


def unsigned(number: int) -> bytes:
    """Return a number from 0 as bytes."""
    data = bytearray()
    while number > 127:  # noqa: PLR2004 - what seven bits hold
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)
    return bytes(data)


def signed(number: int) -> bytes:
    """Return any number as bytes, small ones of either sign as few."""
    return unsigned(number << 1 if number >= 0 else ~(number << 1))


class Reader:
    """Reads such numbers one after another. Raises ScheduleError where there is none."""

    def __init__(self, data: bytes, start: int = 0) -> None:
        self._data = data
        self._next = start

    def __bool__(self) -> bool:
        return self._next < len(self._data)

    def unsigned(self) -> int:
        """Return the next number, written by `unsigned`."""
        number = shift = 0
        for place in range(self._next, min(self._next + _MOST_BYTES, len(self._data))):
            byte = self._data[place]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:  # noqa: PLR2004 - the last byte of a number
                self._next = place + 1
                return number
        message = _("the schedule code holds a number that does not end")
        raise ScheduleError(message)

    def signed(self) -> int:
        """Return the next number, written by `signed`."""
        number = self.unsigned()
        return ~(number >> 1) if number & 1 else number >> 1

    def take(self, count: int) -> bytes:
        """Return the next so many bytes."""
        taken = self._data[self._next : self._next + count]
        if len(taken) < count:
            message = _("the schedule code holds less than it announces")
            raise ScheduleError(message)
        self._next += count
        return taken

    def rest(self) -> bytes:
        """Return all bytes that are left."""
        return self._data[self._next :]
