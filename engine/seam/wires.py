"""`multiprocessing.connection.Connection` over a simulated socket: what `Listener` and `Client` give."""

from __future__ import annotations

import io
from multiprocessing import connection, reduction
from typing import Any

from .socket_data import Data

_Real: Any = connection.Connection


class Wire(connection._ConnectionBase):
    """A connection whose messages go through a socket, as the real class writes them to a descriptor."""

    def __init__(self, handle: int, readable: bool = True, writable: bool = True) -> None:
        super().__init__(handle, readable, writable)
        self._line = Data(self, -1, -1, -1, handle)
        self._line.setblocking(True)

    def __reduce__(self) -> tuple[Any, ...]:
        passage = reduction.DupFd(self.fileno())
        return _rebuilt, (passage, self.readable, self.writable)

    def __del__(self) -> None:
        self._line.drop()

    def _close(self) -> None:
        self._line.close()

    def _send(self, data: Any) -> None:
        self._line.sendall(data)

    def _recv(self, size: int) -> io.BytesIO:
        buffer = io.BytesIO()
        while (left := size - buffer.tell()) > 0:
            part = self._line.recv(left)
            if not part:
                if left == size:
                    raise EOFError
                message = "got end of file during message"
                raise OSError(message)
            buffer.write(part)
        return buffer

    _send_bytes = _Real._send_bytes
    _recv_bytes = _Real._recv_bytes
    _poll = _Real._poll


def _rebuilt(passage: Any, readable: bool, writable: bool) -> Wire:
    return Wire(passage.detach(), readable, writable)
