"""Standard output and standard error: each whole write is a step, and an event."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from ...trace.events import Kind
from ..kernel.outcome import Outcome
from ..kernel.running import current_kernel
from ..record.frames import is_user_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..kernel.kernel import Kernel
    from ..kernel.task import Task

    Echo = Callable[[int, str], None]


class Output:
    """What one run has written, and how much more it may write."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, kernel: Kernel, text: str) -> None:
        """Count `text`. Stops the run when there has been too much."""
        self.left -= len(text)
        if self.left < 0:
            kernel.stop(Outcome(f"limit: {self.limit} bytes of output", kernel.status))


class Stream(io.TextIOBase):
    """A text stream whose writes are recorded as the current worker's output.

    `print` writes its text and its line end separately. They are put together again: a worker's unfinished line waits
    until that worker ends it, flushes it or comes to its next step. The lines of a traceback, which the library writes
    one by one, stay together in the same way.
    """

    def __init__(self, channel: int, output: Output) -> None:
        super().__init__()
        self.channel = channel
        """1 for standard output, 2 for standard error."""
        self.buffer = Bytes(self)
        self._output = output
        self._unfinished: dict[Task, str] = {}

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding a program sees."""
        return "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """How the program's unencodable characters are treated: they are kept."""
        return "surrogateescape"

    @property
    def name(self) -> str:
        """As the real stream's."""
        return "<stdout>" if self.channel == 1 else "<stderr>"

    @property
    def mode(self) -> str:
        """As the real stream's."""
        return "w"

    def writable(self) -> bool:
        """Always true while open."""
        return True

    def read(self, _size: int | None = -1, /) -> str:
        """Refuse, as the real stream does."""
        message = "not readable"
        raise io.UnsupportedOperation(message)

    def fileno(self) -> int:
        """The real descriptor, for programs that hand it to others. What is written there comes last in the trace."""
        return self.channel

    def isatty(self) -> bool:
        """Nobody is there to answer."""
        return False

    def write(self, text: object, /) -> int:
        """Record `text`, as soon as its line is whole. Raises TypeError if it is no `str`."""
        if self.closed:
            message = "I/O operation on closed file."
            raise ValueError(message)
        if not isinstance(text, str):
            message = f"write() argument must be str, not {type(text).__name__}"
            raise TypeError(message)
        kernel = current_kernel()
        if kernel is None or kernel.current is None or kernel.closing or not text:
            return len(text)
        task = kernel.current
        if task not in self._unfinished:
            kernel.point()
        whole = self._unfinished.pop(task, "") + text
        if whole.endswith("\n") and is_user_file(sys._getframe(1).f_code.co_filename):
            self._record(kernel, whole, task)
        else:
            self._unfinished[task] = whole
            kernel.recorder.unfinished.append(self.flush)
        return len(text)

    def _record(self, kernel: Kernel, text: str, task: Task) -> None:
        frame = sys._getframe(2) if task is kernel.current else None
        if frame is not None:
            kernel.recorder.emit(Kind.OUTPUT, value=self.channel, text=text, frame=frame)
        else:
            kernel.recorder.emit(Kind.OUTPUT, value=self.channel, text=text, worker=task.id)
        self._output.spend(kernel, text)

    def flush(self) -> None:
        """Record the current worker's unfinished line."""
        kernel = current_kernel()
        if kernel is not None and kernel.current in self._unfinished:
            task = kernel.current
            self._record(kernel, self._unfinished.pop(task), task)

    def reconfigure(self, **options: object) -> None:
        """Accept what `TextIOWrapper.reconfigure` accepts; there is nothing to configure."""


class Bytes(io.RawIOBase):
    """The binary layer below a `Stream`, for programs that write bytes."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream

    def writable(self) -> bool:
        """Always true while open."""
        return True

    def write(self, data: Any, /) -> int:
        """Record the bytes as text; what is not UTF-8 appears as escapes."""
        if isinstance(data, str):
            message = "a bytes-like object is required, not 'str'"
            raise TypeError(message)
        raw = bytes(data)
        self._stream.write(raw.decode("utf-8", "backslashreplace"))
        return len(raw)

    def flush(self) -> None:
        """Record the current worker's unfinished line."""
        self._stream.flush()
