"""Connections made and taken: connect, accept, shutdown. Each is a schedule point before it takes effect."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Final

from ...trace.events import NONE, Kind
from . import hosts, network
from .connections import Stream
from .ends import End, refusal
from .hosts import AF_UNIX, Address
from .socket_base import Base, c_int
from .socket_trace import lent, number, refused, tell, wait

_SHUTS: Final = {0: (True, False), 1: (False, True), 2: (True, True)}


def late() -> TimeoutError:
    """Return what a call ends with when its time has run out."""
    return TimeoutError("timed out")


class Calls(Base):
    """What makes connections and ends them."""

    def wait(
        self, verb: str, end: End, condition: Callable[[], bool], patience: int | None, at: End | None = None
    ) -> bool:
        """Wait until the condition holds, at most `patience` nanoseconds; return whether it does."""
        number(end, self.face)
        return wait(verb, end, condition, patience, at)

    def _wait(self, verb: str, end: End, condition: Callable[[], bool], at: End | None = None) -> None:
        """Wait until the condition holds. Raises BlockingIOError or TimeoutError if it does not in time."""
        patience = self.patience()
        if self.wait(verb, end, condition, patience, at):
            return
        if patience == 0:
            refused(verb, end, self.face)
            raise refusal(errno.EAGAIN)
        raise late()

    # Connections.

    def _accept(self) -> tuple[int, Address]:
        """Take the connection that has waited longest; return a descriptor for it, and the client's address."""
        end = self.enter()
        if not isinstance(end, Stream):
            raise refusal(errno.EOPNOTSUPP)
        if not end.listens:
            raise refusal(errno.EINVAL)
        with lent(end):
            self._wait("accept", end, lambda: bool(end.arrived) or not end.listens)
            new = end.accept()  # raises if it was shut down meanwhile
            assert new is not None
            network.current.keep(new)
            about = number(new)
            tell(Kind.ACCEPT, end, self.face, value=about, text=hosts.shown(new.peer_name))
            return network.current.open(new), "" if new.peer_name is None else new.peer_name

    def connect(self, address: Address, /) -> None:
        """Connect to whoever listens at an address."""
        failure = self._connect("connect", address)
        if failure:
            raise refusal(failure)

    def connect_ex(self, address: Address, /) -> int:
        """Connect, and return the error's number instead of raising; 0 is success."""
        if self.descriptor == -1:
            hosts.parse("connect_ex", self.family, address)
            return errno.EBADF
        try:
            return self._connect("connect_ex", address)
        except TimeoutError:
            return errno.EWOULDBLOCK

    def _connect(self, call: str, address: Address) -> int:
        """Connect, and return the error's number. Raises TimeoutError."""
        wanted = hosts.parse(call, self.family, address)
        end = self.enter()
        if not isinstance(end, Stream):
            network.current.bind_somewhere(end, hosts.LOOPBACK.get(self.family))
            end.peer_name = hosts.reached(self.family, wanted)
            return 0
        failure = self._begun(end)
        if failure is not None:
            return failure
        try:
            with lent(end):
                listener = self._listener(end, wanted)
        except TimeoutError:
            raise
        except OSError as error:
            return error.errno or errno.EINVAL
        return self._find_nobody(end) if listener is None else self._call(end, listener, wanted)

    def _listener(self, end: Stream, wanted: Address) -> Stream | None:
        """Return who listens at an address, when there is room in the backlog or this call does not wait."""
        while True:
            listener = network.current.listener(end, wanted)
            if listener is None or listener.has_room() or self.timeout == 0:
                return listener
            self._wait("connect", end, listener.is_open_to_calls, listener)

    @staticmethod
    def _begun(end: Stream) -> int | None:
        """Return what becomes of a second call, or None for a first one."""
        if end.calls is not None:
            return errno.EALREADY
        failure, end.error = end.error, 0
        fresh, end.in_progress = end.in_progress, False
        if end.is_connected or end.listens:
            return failure or (0 if fresh else errno.EISCONN)
        return failure or (errno.ECONNABORTED if fresh else None)

    def _find_nobody(self, end: Stream) -> int:
        refused("connect", end, self.face)
        if self.family == AF_UNIX:
            return errno.ECONNREFUSED
        end.in_progress = self.timeout is not None
        if self.timeout == 0:
            end.error = errno.ECONNREFUSED
            return errno.EINPROGRESS
        return errno.ECONNREFUSED

    def _call(self, end: Stream, listener: Stream, wanted: Address) -> int:
        if self.family == AF_UNIX and not listener.has_room():
            return errno.EAGAIN
        network.current.bind_somewhere(end, hosts.LOOPBACK.get(hosts.plain(self.family, wanted)[0]))
        end.peer_name = hosts.reached(self.family, wanted)
        about, text = number(listener), hosts.shown(end.peer_name)
        number(end, self.face)
        at_once = listener.has_room()
        worker = None if at_once else NONE  # else the system will do it, in the step of whoever accepts
        end.when_connected = lambda: tell(Kind.CONNECT, end, value=about, text=text, worker=worker)
        end.call(listener)
        if self.timeout != 0 or self.family == AF_UNIX:
            return 0
        end.in_progress = True
        return errno.EINPROGRESS

    def shutdown(self, how: int, /) -> None:
        """Close one direction, or both."""
        how = c_int(how)
        end = self.enter()
        if how not in _SHUTS:
            raise refusal(errno.EINVAL)
        read, write = _SHUTS[how]
        end.shut(read=read, write=write)
        tell(Kind.SHUT, end, self.face, value=how)
