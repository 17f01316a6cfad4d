"""The app's end of the child process: start it, take in its events, end it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from types import TracebackType
from typing import Final, Self

import msgspec

from ..trace.events import Event, Kind
from ..trace.file import TraceError, decode, decode_header
from ..trace.header import Header
from . import outbox
from .request import Request

READ: Final = 65_536
"""Bytes taken from the pipe at a time; small enough that drawing goes on between two reads."""

GRACE: Final = 5.0
"""Real seconds beyond the stall limit after which a child that does not answer is killed."""


class Child:
    """A running program. Use it as a context manager, or call `kill` when done with it.

    However the process ends, the last event that `receive` returns is an OUTCOME: the program's own, or one that says
    how the process died.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.header: Header | None = None
        self._last: Event | None = None
        self._complete = False
        self._ended = False
        self._buffer = b""
        self._received = 0
        self._heard = time.monotonic()
        self._reader, writer = os.pipe()
        os.set_blocking(self._reader, False)
        self._stray = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._shared = tempfile.TemporaryFile()  # noqa: SIM115
        outbox.make_shared(self._shared.fileno())
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-m", "concurrency_tui.engine.host", *map(str, (writer, self._shared.fileno()))],
                stdin=subprocess.PIPE,
                stdout=self._stray,
                stderr=self._stray,
                pass_fds=[writer, self._shared.fileno()],
                start_new_session=True,
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )
        finally:
            os.close(writer)
        self._send(msgspec.json.encode(request))

    def _send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
            self._process.stdin.close()
        except BrokenPipeError:
            # It died at once; `receive` will tell how.
            self._process.stdin = None

    def fileno(self) -> int:
        """Return a descriptor that is readable when `receive` has something to return."""
        return self._reader

    def receive(self) -> list[Event] | None:
        """Return the events that have arrived, perhaps none; None after the last. Never blocks."""
        if self._ended:
            return None
        try:
            data = os.read(self._reader, READ)
        except BlockingIOError:
            return self._silence()
        self._heard = time.monotonic()
        if not data:
            return self._finish()
        self._received += len(data)
        return self._take(data)

    def _take(self, data: bytes) -> list[Event]:
        """Return the events of the lines that are whole by now."""
        lines, _, self._buffer = (self._buffer + data).rpartition(b"\n")
        try:
            if lines and self.header is None:
                first, _, lines = lines.partition(b"\n")
                self.header = decode_header(first)
            events = decode(lines) if lines else []
        except TraceError:
            return self._take_until_broken(lines)
        if events:
            self._last = events[-1]
            self._complete = self._last.kind is Kind.OUTCOME
        return events

    def _take_until_broken(self, lines: bytes) -> list[Event]:
        """Only a program that writes to our descriptor on purpose gets here. Its run ends with its last whole event."""
        events: list[Event] = []
        with contextlib.suppress(TraceError):
            for line in lines.splitlines():
                events += decode(line)
        self.kill()
        self._buffer = b""
        self._received = -1  # the count is wrong, and with it what would seem to be unsent
        self._last = events[-1] if events else self._last
        return events + self._finish("failed: the program wrote into its own trace")

    def _silence(self) -> list[Event]:
        """Nothing has arrived. The child watches itself; this is for one that cannot, stuck in a blocking C call."""
        limit = self.request.limits.stall_seconds + GRACE
        if time.monotonic() - self._heard > limit and not self._complete:
            self.kill()
            return self._finish(f"limit: no sign of life for {limit:g} s")
        return []

    def _finish(self, reason: str = "") -> list[Event]:
        """The pipe is closed. Make up the last events of a run whose process could not tell them."""
        self._ended = True
        if self._complete:
            self.kill()
            return []
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.returncode
        events = self._take(outbox.unsent(self._shared.fileno(), self._received))
        if events and events[-1].kind is Kind.OUTCOME:
            self.kill()
            return events
        step, now = (self._last.step, self._last.time) if self._last is not None else (0, 0)
        stray = self._stray_output()
        if stray:
            events.append(Event(Kind.OUTPUT, step, now, value=2, text=stray))
        events.append(Event(Kind.OUTCOME, step, now, value=abs(status), text=reason or f"failed: {_death(status)}"))
        self.kill()
        self._complete = True
        return events

    def _stray_output(self) -> str:
        self._stray.seek(0)
        return self._stray.read(self.request.limits.output_bytes).decode("utf-8", "backslashreplace")

    def kill(self) -> None:
        """End the process and everything it has started. Harmless when it has ended."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Kill the process and free the pipe."""
        self.kill()
        self._ended = True
        if self._reader >= 0:
            os.close(self._reader)
            self._reader = -1
            self._stray.close()
            self._shared.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _death(status: int) -> str:
    """Say how a process ended that did not tell it itself."""
    if status >= 0:
        return f"the process ended with status {status} before the run was over"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"the process was killed by {name}"
