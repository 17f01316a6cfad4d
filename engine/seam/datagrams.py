"""Datagrams, in memory: each `send` is one `recv`, and what finds no room is lost."""

from __future__ import annotations

import errno
from collections import deque
from typing import Final

from .ends import IN, OUT, RDHUP, End, refusal
from .hosts import Address

LONGEST: Final = 65_507
"""Bytes of the longest datagram."""

_COST: Final = 768
"""What a datagram takes of the receiver's buffer besides its bytes, about as in Linux."""


class Mailbox(End):
    """The end of a socket of datagrams."""

    def __init__(self, family: int, kind: int, protocol: int = 0) -> None:
        super().__init__(family, kind, protocol)
        self.letters: deque[tuple[bytes, Address]] = deque()
        """What has arrived, and from whom."""
        self.weight = 0

    @property
    def has_peer(self) -> bool:
        """Whether it is connected, which says only to whom `send` sends and from whom it takes."""
        return self.peer_name is not None or self.other is not None

    def events(self) -> int:
        """Return what `poll` would say."""
        bits = IN if self.letters or self.shut_read else 0
        return bits | OUT | (RDHUP if self.shut_read else 0)

    def post(self, to: Mailbox | None, data: bytes) -> None:
        """Send a datagram. Raises OSError if it is too long, or if it is known that nobody is there."""
        if len(data) > LONGEST:
            raise refusal(errno.EMSGSIZE)
        self._fail()
        if to is None or to.closed:
            if self.has_peer:
                self.error = errno.ECONNREFUSED
                self.gate.wake()
            return
        if to.peer_name not in (None, self.name) or to.weight >= to.receiving_bytes + self.sending_bytes:
            return
        to.letters.append((data, self.name))
        to.weight += len(data) + _COST
        to.gate.wake()

    def fetch(self, *, peek: bool = False) -> tuple[bytes, Address] | None:
        """Receive a datagram and its sender's address, or None if none is there."""
        self._fail()
        if not self.letters:
            return (b"", None) if self.shut_read else None
        if peek:
            return self.letters[0]
        letter = self.letters.popleft()
        self.weight -= len(letter[0]) + _COST
        return letter

    def shut(self, *, read: bool, write: bool) -> None:
        """Close one direction, or both. Raises OSError if it is not connected, and closes it all the same."""
        self.shut_read |= read
        self.shut_write |= write
        self.gate.wake()
        if not self.has_peer:
            raise refusal(errno.ENOTCONN)
