"""One end of a stream, in memory: the state that Linux keeps of a TCP connection, or of a local one.

Nothing here waits, and nothing here decides who runs: an operation takes effect at once, says that it would block, or
raises OSError as the system call does. Data that is sent is in the other end's inbox at once. The rules are those of
TCP on one machine: Linux's `net/ipv4/tcp.c` and `tcp_input.c`, as far as a program on one side can tell.
"""

from __future__ import annotations

import _socket
import errno
from collections import deque
from collections.abc import Callable
from typing import Final

from ...trace.events import NONE
from .ends import ERR, HUP, IN, OUT, RDHUP, End, refusal
from .hosts import AF_UNIX, as_seen_by

_LINGER: Final = (_socket.SOL_SOCKET, _socket.SO_LINGER)
_AT_ONCE: Final = (1).to_bytes(4, "little") + bytes(4)


class Stream(End):
    """One end: of a connection, or of nothing yet, or one that listens."""

    def __init__(self, family: int, kind: int, protocol: int = 0) -> None:
        super().__init__(family, kind, protocol)
        self.other: Stream | None
        self.backlog = NONE
        """How many connections may wait here to be accepted, and one more; NONE if it does not listen."""
        self.arrived: deque[Stream] = deque()
        """Connections that wait to be accepted."""
        self.knocking: deque[Stream] = deque()
        """Ends that want to connect to this one, and for which the backlog has no room."""
        self.calls: Stream | None = None
        """The listening end that it is about to be connected to."""
        self.in_progress = False
        """Whether it was asked to be connected without waiting, and has not been asked again."""
        self.when_connected: Callable[[], None] = lambda: None
        self.inbox = bytearray()
        self.finished = False
        """Whether the other end will send no more."""
        self.dead = False
        """Whether there is no connection any more, in either direction."""

    @property
    def listens(self) -> bool:
        """Whether connections may come here."""
        return self.backlog != NONE

    @property
    def is_connected(self) -> bool:
        """Whether it is, or was, one of two ends."""
        return self.other is not None

    @property
    def has_peer(self) -> bool:
        """Whether there is still a connection."""
        return self.is_connected and not self.dead

    def room(self) -> int:
        """Return how many bytes may be sent now."""
        other = self.other
        if other is None or other.closed:
            return self.sending_bytes
        limit = self.sending_bytes + (0 if self.family == AF_UNIX else other.receiving_bytes)
        return max(0, limit - len(other.inbox))

    def events(self) -> int:
        """Return what `poll` would say."""
        if self.listens:
            return IN if self.arrived else 0
        bits = ERR if self.error else 0
        if self.calls is not None:
            return bits
        if not self.is_connected:
            return bits | OUT | HUP
        over = self.finished or self.dead or self.shut_read
        if self.inbox or over:
            bits |= IN
        if over:
            bits |= RDHUP
        if self.dead or (over and self.shut_write):
            bits |= HUP
        if self.dead or self.shut_write or self.room():
            bits |= OUT
        return bits

    # Connecting.

    def listen(self, backlog: int) -> None:
        """Take connections from now on. Linux lets one more wait than the backlog says."""
        if self.is_connected or self.calls is not None:
            raise refusal(errno.EINVAL)
        self.backlog = max(0, backlog)
        self._admit()

    def has_room(self) -> bool:
        """Whether the backlog takes another connection now."""
        return len(self.arrived) <= self.backlog

    def is_open_to_calls(self) -> bool:
        """Whether a call would be taken, or refused, at once."""
        return self.has_room() or not self.listens

    def call(self, listener: Stream) -> None:
        """Be connected to `listener`, now or when its backlog has room; then `when_connected` is called."""
        self.calls = listener
        listener.knocking.append(self)
        listener._admit()

    def accept(self) -> Stream | None:
        """Return the connection that has waited longest, or None if there is none."""
        if not self.listens:
            raise refusal(errno.EINVAL)
        if not self.arrived:
            return None
        end = self.arrived.popleft()
        self._admit()
        return end

    def _admit(self) -> None:
        while self.knocking and self.has_room():
            caller = self.knocking.popleft()
            self.arrived.append(self.answer(caller))
            caller.calls = None
            caller.when_connected()
            caller.gate.wake()
        self.gate.wake()

    def answer(self, caller: Stream) -> Stream:
        """Return a new end, whose other end is `caller`."""
        end = Stream(self.family, self.kind, self.protocol)
        end.options.update(self.options)
        end.name = as_seen_by(self.family, caller.peer_name)
        end.peer_name = as_seen_by(self.family, caller.name)
        end.other, caller.other = caller, end
        return end

    # Sending and receiving.

    def put(self, data: memoryview) -> int | None:
        """Send as much of `data` as there is room for; return how many bytes, or None if there is none."""
        self._fail()
        if self.calls is not None:
            return None
        other = self.other
        local = self.family == AF_UNIX
        if other is None:
            raise refusal(errno.ENOTCONN if local else errno.EPIPE)
        if self.dead or self.shut_write or (local and (other.closed or other.shut_read)):
            raise refusal(errno.EPIPE)
        if not data.nbytes:
            return 0
        if other.closed:
            # Nobody is there: the answer is a reset. This time that is not known yet.
            self.die(errno.EPIPE if self.finished else errno.ECONNRESET)
            return data.nbytes
        count = min(self.room(), data.nbytes)
        if not count:
            return None
        if not other.shut_read:
            other.inbox += data[:count]
        other.gate.wake()
        return count

    def take(self, count: int, *, peek: bool = False) -> bytes | None:
        """Receive up to `count` bytes: b"" if no more will come, None if none are there yet."""
        if self.inbox:
            data = bytes(self.inbox[:count])
            if not peek:
                del self.inbox[:count]
                self.gate.wake()
                if self.other is not None:
                    self.other.gate.wake()
            return data
        if self.finished:
            return b""
        self._fail()
        if self.calls is None and not self.is_connected:
            raise refusal(errno.EINVAL if self.family == AF_UNIX else errno.ENOTCONN)
        return b"" if self.dead or self.shut_read else None

    def shut(self, *, read: bool, write: bool) -> None:
        """Close one direction, or both."""
        if self.listens and read:
            self._dismiss()
            return
        if not self.is_connected or self.dead:
            raise refusal(errno.ENOTCONN)
        self.shut_read |= read
        if write:
            self._finish()
        self.gate.wake()

    def _finish(self) -> None:
        other = self.other
        assert other is not None
        if not self.shut_write:
            self.left_first = not self.finished
            self.shut_write = other.finished = True
            self.dead = self.finished
            other.dead |= other.shut_write
            other.gate.wake()

    def die(self, error: int) -> None:
        """The connection is reset."""
        if not self.dead:
            self.error = error
        self.dead = True
        self.gate.wake()

    # The end of it.

    def resets(self) -> bool:
        """Whether closing it now would reset the connection: there is data that nobody has received."""
        connected = self.is_connected and not self.dead
        return connected and (bool(self.inbox) or self.options.get(_LINGER) == _AT_ONCE)

    def close(self) -> None:
        """Be gone."""
        other = self.other
        reset = self.resets()
        if self.calls is not None:
            self.calls.knocking.remove(self)
            self.calls = None
        self._dismiss()
        if other is not None and not other.closed and not self.dead:
            if reset:
                other.die(errno.EPIPE if other.finished else errno.ECONNRESET)
            else:
                self._finish()
        super().close()
        if other is not None:
            other.gate.wake()

    def _dismiss(self) -> None:
        """Listen no longer: whoever has connected and waits finds that out."""
        self.backlog = NONE
        while self.arrived:
            end = self.arrived.popleft()
            other = end.other
            end.closed = True
            assert other is not None
            other.die(errno.EPIPE if other.finished else errno.ECONNRESET)
        while self.knocking:
            caller = self.knocking.popleft()
            caller.calls = None
            caller.error = errno.ECONNREFUSED
            caller.gate.wake()
        self.gate.wake()
