"""What a socket object stands for: its descriptor, its names, its options, its patience."""

from __future__ import annotations

import _socket
import errno
import math
import operator
import weakref
from typing import Any, Final

from ...trace.events import NANOSECONDS, Kind
from . import hosts, lock_base, network, socket_options, socket_paths
from .connections import Stream
from .datagrams import Mailbox
from .durations import number
from .ends import End, refusal
from .hosts import AF_INET, AF_INET6, AF_UNIX, Address
from .socket_trace import hang_up, point, tell

_NONBLOCK: Final = getattr(_socket, "SOCK_NONBLOCK", 0)  # Linux has these two
FLAGS: Final = _NONBLOCK | getattr(_socket, "SOCK_CLOEXEC", 0)
"""What may be added to a socket's kind."""

_INT_LIMIT: Final = 2**31
_PROTOCOLS: Final = {_socket.SOCK_STREAM: _socket.IPPROTO_TCP, _socket.SOCK_DGRAM: _socket.IPPROTO_UDP}


def make_end(family: int, kind: int, protocol: int) -> End:
    """Return a new end. Raises OSError for families and kinds that are not simulated."""
    if family not in (AF_INET, AF_INET6, AF_UNIX):
        raise refusal(errno.EAFNOSUPPORT)
    if kind not in _PROTOCOLS:
        raise refusal(errno.EPERM if kind == _socket.SOCK_RAW else errno.EINVAL)
    if family != AF_UNIX:
        usual = _PROTOCOLS[kind]
        if protocol not in (0, usual):
            raise refusal(errno.EPROTONOSUPPORT)
        protocol = usual
    return Stream(family, kind, protocol) if kind == _socket.SOCK_STREAM else Mailbox(family, kind, protocol)


def seconds(value: object) -> float | None:
    """Check a timeout, in seconds; None is for ever. Raises TypeError and ValueError as CPython does."""
    if value is None:
        return None
    patience = float(number(value))
    if math.isnan(patience):
        message = "Invalid value NaN (not a number)"
        raise ValueError(message)
    if patience < 0:
        message = "Timeout value out of range"
        raise ValueError(message)
    return patience


def c_int(value: Any) -> int:
    """Return an argument that is an int in C. Raises OverflowError if it is too large for that."""
    number = operator.index(value)
    if not -_INT_LIMIT <= number < _INT_LIMIT:
        message = f"signed integer is {'greater than maximum' if number > 0 else 'less than minimum'}"
        raise OverflowError(message)
    return number


class Base:
    """All that does not wait and takes nothing from anybody."""

    def __init__(self, face: object, family: int, kind: int, proto: int, fileno: int | None) -> None:
        self._face = weakref.ref(face)
        self.hash = lock_base.serial()
        self.descriptor = -1
        self.timeout = network.current.default_timeout
        if fileno is None:
            family = AF_INET if family == -1 else operator.index(family)
            kind = _socket.SOCK_STREAM if kind == -1 else operator.index(kind)
            end = make_end(family, kind & ~FLAGS, max(0, proto))
            self.descriptor = network.current.open(end)
            self.proto = max(0, proto)
            if kind & _NONBLOCK:
                self.timeout = 0.0
        else:
            end = network.current.find(fileno)
            self.descriptor = fileno
            self.proto = end.protocol if proto == -1 else proto
        self.family = end.family if fileno is None or family == -1 else operator.index(family)
        self.kind = end.kind if fileno is None or kind == -1 else operator.index(kind)

    @property
    def face(self) -> Any:
        """The socket object, as the program has it."""
        return self._face()

    @property
    def end(self) -> End:
        """Where the descriptor leads. Raises OSError if the socket is closed."""
        return network.current.find(self.descriptor)

    def patience(self) -> int | None:
        """Return how long an operation may wait, in nanoseconds; None for ever."""
        return None if self.timeout is None else round(self.timeout * NANOSECONDS)

    def enter(self) -> End:
        """Come to a schedule point, and return the end as it is after that. Raises OSError if the socket is closed."""
        point(self.end)
        return self.end

    # The descriptor.

    def fileno(self) -> int:
        """Return the descriptor: a number that only simulated sockets have, or -1."""
        return self.descriptor

    def detach(self) -> int:
        """Return the descriptor, and have it no longer."""
        found, self.descriptor = self.descriptor, -1
        return found

    def close(self) -> None:
        """Give the descriptor up. Whoever has the other end sees that, if it was the last."""
        if self.descriptor in network.current.ends:
            point(self.end)
        found = self.detach()
        if found != -1:
            hang_up(found, self.face)

    def drop(self) -> None:
        """Close without a schedule point, because nobody has the object any more."""
        found = self.detach()
        if found in network.current.ends:
            hang_up(found, self.face)

    # Patience.

    def settimeout(self, timeout: float | None, /) -> None:
        """Wait that many seconds at most; None is for ever."""
        patience = seconds(timeout)
        network.current.find(self.descriptor)
        self.timeout = patience

    def gettimeout(self) -> float | None:
        """Return the timeout in seconds."""
        return self.timeout

    def setblocking(self, flag: bool, /) -> None:
        """Wait for ever, or not at all."""
        network.current.find(self.descriptor)
        self.timeout = None if operator.index(flag) else 0.0

    def getblocking(self) -> bool:
        """Tell whether operations may wait."""
        return self.timeout != 0

    # Names and options.

    def bind(self, address: Address, /) -> None:
        """Take an address."""
        wanted = hosts.parse("bind", self.family, address)
        end = self.enter()
        if isinstance(wanted, str) and wanted and end.name is None:
            socket_paths.check(wanted)
        network.current.bind(end, wanted)

    def listen(self, backlog: int = 128, /) -> None:
        """Take connections; `backlog` of them, and one more, may wait to be accepted."""
        backlog = c_int(backlog)
        end = self.enter()
        if not isinstance(end, Stream):
            raise refusal(errno.EOPNOTSUPP)
        network.current.listen(end, backlog)
        tell(Kind.LISTEN, end, self.face, value=max(0, backlog), text=hosts.shown(end.name))

    def getsockname(self) -> Address:
        """Return the end's own address."""
        name = self.end.name
        if name is not None:
            return name
        return "" if self.family == AF_UNIX else hosts.named(self.family, hosts.ANY[self.family], 0)

    def getpeername(self) -> Address:
        """Return the other end's address. Raises OSError if there is no connection."""
        end = self.end
        if not end.has_peer:
            raise refusal(errno.ENOTCONN)
        return "" if end.peer_name is None else end.peer_name

    def setsockopt(self, *args: Any) -> None:
        """Set an option."""
        socket_options.set_option(self.end, args)

    def getsockopt(self, level: int, option: int, size: int = 0, /) -> int | bytes:
        """Return an option."""
        return socket_options.get_option(self.end, level, option, size)
