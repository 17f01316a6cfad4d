"""What all sockets have below their descriptor, whether they are streams or send datagrams."""

from __future__ import annotations

import _socket
import os
from collections.abc import Callable
from typing import Final

from ...trace.events import NONE
from .doors import Door
from .hosts import AF_UNIX, Address

SEND_BYTES: Final = 16_384
RECEIVE_BYTES: Final = 131_072
"""What Linux gives a new TCP socket; both together are what a writer may be ahead of the reader."""

LOCAL_BYTES: Final = 212_992
"""What it gives one that is local to the machine, in each direction."""

IN, OUT, ERR, HUP, RDHUP = 0x001, 0x004, 0x008, 0x010, 0x2000
"""Bits of `poll` and `epoll`."""


_SNDBUF: Final = (_socket.SOL_SOCKET, _socket.SO_SNDBUF)
_RCVBUF: Final = (_socket.SOL_SOCKET, _socket.SO_RCVBUF)


def refusal(number: int) -> OSError:
    """Return the exception for an errno, with the system's own words."""
    return OSError(number, os.strerror(number))


class End:
    """What a descriptor leads to."""

    def __init__(self, family: int, kind: int, protocol: int = 0) -> None:
        self.family = family
        self.kind = kind
        self.protocol = protocol
        self.gate = Door()
        """Where whoever waits for this end waits."""
        self.number = NONE
        """In the trace."""
        self.paired = False
        """Whether the trace says which one is the other end."""
        self.hidden = False
        """Whether the library made it for its own use, so that the trace does not speak of it."""
        self.options: dict[tuple[int, int], int | bytes] = {}
        self.references = 0
        """Descriptors that lead here, and operations under way."""
        self.name: Address = None
        """Its own address, where it has one."""
        self.peer_name: Address = None
        self.other: End | None = None
        """The end that this one is connected to, or made together with."""
        self.shut_read = self.shut_write = False
        self.error = 0
        """What the next operation will be told, once."""
        self.left_first = False
        """Whether it had finished before the other end did."""
        self.closed = False
        self.when_closed: Callable[[], None] = lambda: None

    @property
    def listens(self) -> bool:
        """Whether connections may come here."""
        return False

    @property
    def is_connected(self) -> bool:
        """Whether it is, or was, one of two ends."""
        return False

    @property
    def has_peer(self) -> bool:
        """Whether there is somebody at the other end."""
        return False

    @property
    def sending_bytes(self) -> int:
        """What `SO_SNDBUF` says."""
        return int(self.options.get(_SNDBUF, LOCAL_BYTES if self.family == AF_UNIX else SEND_BYTES))

    @property
    def receiving_bytes(self) -> int:
        """What `SO_RCVBUF` says."""
        return int(self.options.get(_RCVBUF, LOCAL_BYTES if self.family == AF_UNIX else RECEIVE_BYTES))

    def events(self) -> int:
        """Return what `poll` would say."""
        raise NotImplementedError

    def readable(self) -> bool:
        """Whether `select` would say that it can be read: an `accept` or `recv` would not wait."""
        return bool(self.events() & (IN | ERR | HUP))

    def writable(self) -> bool:
        """Whether `select` would say that it can be written: a `send` would not wait, or would fail at once."""
        return bool(self.events() & (OUT | ERR))

    def shut(self, *, read: bool, write: bool) -> None:
        """Close one direction, or both."""
        raise NotImplementedError

    def resets(self) -> bool:
        """Whether closing it now would tell the other end that something is lost."""
        return False

    def release(self) -> None:
        """One reference less; the last one closes."""
        self.references -= 1
        if not self.references and not self.closed:
            self.close()

    def close(self) -> None:
        """Be gone."""
        self.closed = True
        self.gate.wake()
        self.when_closed()

    def _fail(self) -> None:
        """Raise the error that nobody has been told of yet."""
        if self.error:
            number, self.error = self.error, 0
            raise refusal(number)
