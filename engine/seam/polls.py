"""`select.poll` and `select.epoll` on simulated sockets. Real descriptors are asked about without waiting."""

from __future__ import annotations

import errno
import select as _select
import sys
from typing import Any, Final, Self

from .durations import nanoseconds, number
from .ends import ERR, HUP, IN, OUT, End, refusal
from .network import in_run
from .selectors import ceiling, descriptor_of, wait_until
from .sockets import end_of, is_simulated

NVAL: Final = 0x020
PRI: Final = 0x002
ONE_SHOT: Final = 1 << 30
_ALWAYS: Final = ERR | HUP
_BITS: Final = 0xFFFF
_CLOSED: Final[dict[int, int]] = {}

_real_poll, _real_epoll = _select.poll, getattr(_select, "epoll", None)


def _patience(milliseconds: float | None) -> int | None:
    """Return nanoseconds, in whole milliseconds; None, for ever, if there is no number or a negative one."""
    if milliseconds is None or milliseconds < 0:
        return None
    return nanoseconds(ceiling(milliseconds) / 1000)


class _Watch:
    """Descriptors, and what is asked of each: what `poll` and `epoll` share."""

    def __init__(self) -> None:
        self._wanted: dict[int, int] = {}
        self._ends: dict[int, End | None] = {}

    def _add(self, file: Any, mask: int) -> None:
        number = descriptor_of(file)
        self._wanted[number] = mask
        self._ends[number] = end_of(number)

    def _remove(self, file: Any) -> None:
        number = descriptor_of(file)
        del self._wanted[number], self._ends[number]

    def _is_there(self, number: int) -> bool:
        """Whether the descriptor still leads where it did."""
        end = self._ends[number]
        return end is not None and end_of(number) is end

    def _ready(self) -> list[tuple[int, int]]:
        """Return the simulated descriptors of which something is to be told, and what."""
        return [
            (number, bits)
            for number, mask in self._wanted.items()
            if (end := self._ends[number]) is not None and (bits := self._bits(number, end, mask))
        ]

    def _bits(self, number: int, end: End, mask: int) -> int:
        return end.events() & (mask | _ALWAYS) & _BITS if self._is_there(number) else 0

    def _live(self) -> list[End]:
        return [end for number, end in self._ends.items() if end is not None and self._is_there(number)]


class Poll(_Watch):
    """`select.poll()`."""

    def __init__(self) -> None:
        super().__init__()
        self._real = _real_poll()
        self._outside = 0

    def register(self, fd: Any, eventmask: int = IN | PRI | OUT, /) -> None:
        """Ask about a descriptor, or ask something else about it."""
        if is_simulated(descriptor_of(fd)):
            self._add(fd, eventmask)
        else:
            self._real.register(fd, eventmask)
            self._outside += 1

    def modify(self, fd: Any, eventmask: int, /) -> None:
        """Ask something else. Raises OSError if nothing is asked yet."""
        number = descriptor_of(fd)
        if not is_simulated(number):
            self._real.modify(fd, eventmask)
        elif number not in self._wanted:
            raise refusal(errno.ENOENT)
        else:
            self._add(fd, eventmask)

    def unregister(self, fd: Any, /) -> None:
        """Ask no more. Raises KeyError if nothing was asked."""
        if is_simulated(descriptor_of(fd)):
            self._remove(fd)
        else:
            self._real.unregister(fd)
            self._outside -= 1

    def _bits(self, number: int, end: End, mask: int) -> int:
        return super()._bits(number, end, mask) if self._is_there(number) else NVAL

    def poll(self, timeout: float | None = None, /) -> list[tuple[int, int]]:
        """Return descriptors and what there is to tell of them, waiting at most `timeout` milliseconds."""
        if not in_run() or (self._outside and not self._wanted):
            return self._real.poll(timeout)
        patience = _patience(None if timeout is None else number(timeout))
        outside = self._real.poll(0) if self._outside else []
        wait_until(self._live(), lambda: self._ready() or outside, patience, sys._getframe(1))
        return self._ready() + outside


class Epoll(_Watch):
    """`select.epoll()`."""

    def __init__(self, sizehint: int = -1, flags: int = 0) -> None:  # noqa: ARG002
        super().__init__()
        self._real: Any = None

    def _outside(self) -> Any:
        """Return a real one, for real descriptors."""
        if self._real is None:
            assert _real_epoll is not None
            self._real = _real_epoll()
        return self._real

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self._wanted is _CLOSED

    def fileno(self) -> int:
        """Return a descriptor. Raises ValueError if it is closed."""
        self._check()
        return int(self._outside().fileno())

    def close(self) -> None:
        """Ask no more."""
        self._wanted = _CLOSED
        self._ends = {}
        if self._real is not None:
            self._real.close()

    def _check(self) -> None:
        if self.closed:
            message = "I/O operation on closed epoll object"
            raise ValueError(message)

    def register(self, fd: Any, eventmask: int = IN | PRI | OUT) -> None:
        """Ask about a descriptor. Raises OSError if something is asked already."""
        self._check()
        number = descriptor_of(fd)
        if not is_simulated(number):
            self._outside().register(fd, eventmask)
            return
        if end_of(number) is None:
            raise refusal(errno.EBADF)
        if number in self._wanted and self._is_there(number):
            raise refusal(errno.EEXIST)
        self._add(number, eventmask)

    def modify(self, fd: Any, eventmask: int) -> None:
        """Ask something else. Raises OSError if nothing is asked yet."""
        self._check()
        number = self._known(fd)
        if number is None:
            self._outside().modify(fd, eventmask)
        else:
            self._add(number, eventmask)

    def unregister(self, fd: Any) -> None:
        """Ask no more. Raises OSError if nothing was asked."""
        self._check()
        number = self._known(fd)
        if number is None:
            self._outside().unregister(fd)
        else:
            self._remove(number)

    def _known(self, fd: Any) -> int | None:
        """Return a simulated descriptor that something is asked about, or None for a real one."""
        number = descriptor_of(fd)
        if not is_simulated(number):
            return None
        if end_of(number) is None:
            raise refusal(errno.EBADF)
        if number not in self._wanted or not self._is_there(number):
            raise refusal(errno.ENOENT)
        return number

    def poll(self, timeout: float | None = None, maxevents: int = -1) -> list[tuple[int, int]]:
        """Return descriptors and what there is to tell of them, waiting at most `timeout` seconds."""
        self._check()
        if maxevents == 0 or maxevents < -1:
            message = f"maxevents must be greater than 0, got {maxevents}"
            raise ValueError(message)
        if not in_run() or (self._real is not None and not self._wanted):
            return list(self._outside().poll(timeout, maxevents))
        patience = _patience(None if timeout is None else 1000 * number(timeout))
        outside = self._real.poll(0) if self._real is not None else []
        wait_until(self._live(), lambda: self._ready() or outside, patience, sys._getframe(1))
        found = (self._ready() + outside)[: maxevents if maxevents > 0 else None]
        for descriptor, _ in found:
            if self._wanted.get(descriptor, 0) & ONE_SHOT:
                self._wanted[descriptor] = 0
        return found

    @classmethod
    def fromfd(cls, fd: int) -> Any:
        """Return a real one."""
        assert _real_epoll is not None
        return _real_epoll.fromfd(fd)

    def __enter__(self) -> Self:
        self._check()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
