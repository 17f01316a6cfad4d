"""The way of a trace from the child to the client: a pipe, and shared memory for what the pipe has not taken yet.

Bytes are sent many at a time, because sending costs more than simulating. A process that crashes can send nothing
more, but what it has told remains in memory that the client shares, and is found there.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
from typing import Final

_HEADER: Final = struct.Struct("=QQ")
"""Bytes sent so far, and bytes that wait. Written after the bytes themselves, so that a crash between loses no line."""

SIZE: Final = 1 << 18
_ROOM: Final = SIZE - _HEADER.size


class Outbox:
    """The child's end. Whatever is wrong with the pipe ends the process: without the client there is nothing to do."""

    def __init__(self, pipe: int, shared: int) -> None:
        self._pipe = pipe
        self._memory = mmap.mmap(shared, SIZE)
        self._sent = 0
        self._end = _HEADER.size
        self.busy = False
        """Whether a signal handler that sees this has come into the middle of something, and must keep off."""

    def put(self, data: bytes) -> None:
        """Keep some bytes, to be sent soon."""
        self.busy = True
        end = self._end + len(data)
        if end > SIZE:
            self._flush()
            end = self._end + len(data)
        if end > SIZE:
            self._write(data)
        else:
            self._memory[self._end : end] = data
            self._end = end
        self._note()
        self.busy = False

    def send(self) -> None:
        """Write what waits to the pipe. Takes as long as the client does."""
        self.busy = True
        self._flush()
        self._note()
        self.busy = False

    def _flush(self) -> None:
        self._write(self._memory[_HEADER.size : self._end])
        self._end = _HEADER.size

    def _note(self) -> None:
        _HEADER.pack_into(self._memory, 0, self._sent, self._end - _HEADER.size)

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        try:
            while left:
                count = os.write(self._pipe, left)
                self._sent += count
                left = left[count:]
        except OSError:
            _exit(1)


_exit = os._exit


def make_shared(descriptor: int) -> None:
    """Give a new, empty file the size of the shared memory."""
    os.ftruncate(descriptor, SIZE)


def unsent(descriptor: int, received: int) -> bytes:
    """Return what a dead child had told but not sent, given how many bytes have come through the pipe."""
    with contextlib.suppress(OSError):
        data = os.pread(descriptor, SIZE, 0)
        sent, waiting = _HEADER.unpack_from(data)
        # A child killed between writing and noting it has sent some of what seems to wait.
        skipped = received - sent
        if 0 <= skipped <= waiting <= _ROOM:
            return data[_HEADER.size + skipped : _HEADER.size + waiting]
    return b""
