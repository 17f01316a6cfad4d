"""`multiprocessing.connection`: pipes between simulated processes, and waiting for several things at once."""

from __future__ import annotations

import io
import itertools
from collections import deque
from collections.abc import Iterable
from multiprocessing import connection
from typing import Any, Final

from ..kernel.running import current_kernel
from . import network
from .durations import nanoseconds, number
from .sockets import is_simulated
from .waiting import Gate, wait_at
from .wires import Wire

PIPE_BYTES: Final = 65_536
"""What a pipe holds before a writer waits, as on Linux."""

_handles = itertools.count(1_000_000)
_ends: dict[int, End] = {}


class End:
    """One end of a pipe: what has arrived there, and how many connections lead to it."""

    def __init__(self) -> None:
        self.inbox: deque[bytes] = deque()
        self.bytes = 0
        self.gate = Gate()
        self.handle = next(_handles)
        self.open = 0
        self.other: End
        _ends[self.handle] = self

    def readable(self) -> bool:
        """Whether `recv` would return or raise at once."""
        return bool(self.inbox) or not self.other.open


class Connection(connection._ConnectionBase):
    """A `multiprocessing.connection.Connection` over memory. All that programs call is the real class's own."""

    def __new__(cls, handle: int, readable: bool = True, writable: bool = True) -> Any:
        """Return a connection over memory; over a socket, where the handle is one's descriptor."""
        return Wire(handle, readable, writable) if is_simulated(handle) else super().__new__(cls)

    def __init__(self, handle: int, readable: bool = True, writable: bool = True) -> None:
        super().__init__(handle, readable, writable)
        self._kind = (handle, readable, writable)
        self._end = _ends[handle]
        self._end.open += 1

    def __reduce__(self) -> tuple[Any, ...]:
        self._end.open += (
            1  # on its way it stays open, whatever becomes of this one: a real child has it from its start
        )
        return _arrived, self._kind

    def _close(self) -> None:
        self._end.open -= 1
        self._end.other.gate.wake()

    def _send_bytes(self, buffer: Any) -> None:
        data = bytes(buffer)
        other = self._end.other
        other_has_room = lambda: not other.inbox or other.bytes + len(data) <= PIPE_BYTES or not other.open  # noqa: E731
        self._end.gate.wait(other_has_room)
        if not other.open:
            raise BrokenPipeError(32, "Broken pipe")
        other.inbox.append(data)
        other.bytes += len(data)
        other.gate.wake()

    def _recv_bytes(self, maxsize: int | None = None) -> io.BytesIO | None:
        end = self._end
        end.gate.wait(end.readable)
        if not end.inbox:
            raise EOFError
        if maxsize is not None and len(end.inbox[0]) > maxsize:
            return None
        data = end.inbox.popleft()
        end.bytes -= len(data)
        end.other.gate.wake()
        buffer = io.BytesIO()
        buffer.write(data)
        return buffer

    def _poll(self, timeout: float | None) -> bool:
        patience = None if timeout is None else nanoseconds(max(0.0, number(timeout)))
        return self._end.gate.wait(self._end.readable, patience)


def _arrived(handle: int, readable: bool, writable: bool) -> Connection:
    """Return a connection that has come from another process."""
    found = Connection(handle, readable, writable)
    found._end.open -= 1
    return found


def pipe(duplex: bool = True) -> tuple[Connection, Connection]:
    """Return two connected ends, as `multiprocessing.Pipe`; without `duplex` the first only reads."""
    left, right = End(), End()
    left.other, right.other = right, left
    return Connection(left.handle, writable=duplex), Connection(right.handle, readable=duplex)


class Handle(int):
    """What a process's `sentinel` is: a number, as in CPython, that `wait` understands."""

    gate: Gate
    is_ready: Any


def wait(object_list: Iterable[Any], timeout: float | None = None) -> list[Any]:
    """Return those objects (connections, sentinels) that are ready, waiting for one at most `timeout` seconds."""
    objects = list(object_list)
    patience = None if timeout is None else nanoseconds(max(0.0, number(timeout)))

    def ready() -> list[Any]:
        return [each for each in objects if _is_ready(each)]

    kernel = current_kernel()
    if kernel is not None and ready():
        kernel.give_way()
    wait_at([_gate(each) for each in objects], lambda: bool(ready()), patience)
    return ready()


def _end(waited: Any) -> Any:
    """Return the end of a pipe or a socket that is waited for."""
    return waited._end if isinstance(waited, Connection) else network.current.find(waited.fileno())


def _gate(waited: Any) -> Gate:
    gate: Gate = waited.gate if isinstance(waited, Handle) else _end(waited).gate
    return gate


def _is_ready(waited: Any) -> bool:
    return bool(waited.is_ready() if isinstance(waited, Handle) else _end(waited).readable())
