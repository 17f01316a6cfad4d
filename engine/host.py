"""The child process: reads a request, runs the program, writes the trace.

`python -P -m concurrency_tui.engine.host FD` reads one request as JSON from standard input and writes the trace, in the
format of a trace file, to descriptor FD. Nothing else is written there. Descriptors 1 and 2 lead to a file that the
client made: what is written there behind Python's back (by C code, by programs that are started) is recorded as
nobody's output at the end of the run.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType
from typing import Any, BinaryIO

import msgspec

from ..trace.events import Event, Kind
from ..trace.file import Writer
from . import program as programs
from .request import Request
from .simulate import simulate
from .strategies import make

BATCH = 512
TICK = 0.05
"""Real seconds between looks at whether the program still moves; what has been recorded is sent at least that often."""

_exit, _getppid, _monotonic = os._exit, os.getppid, time.monotonic


class Host:
    """Sends events as they come, and watches that the program reaches schedule points."""

    def __init__(self, request: Request, out: BinaryIO) -> None:
        self.request = request
        self._writer = Writer(out, request.header())
        self._pending: list[Event] = []
        self._last: Event | None = None
        self._sending = False
        self._parent = _getppid()
        self._moved = _monotonic()
        self._seen = 0
        self._count = 0
        self.silent = False
        """Whether this is a copy of the process that has no trace to write."""

    def sink(self, event: Event) -> None:
        """Keep one event, and send a batch when there is one."""
        if self.silent:
            return
        if event.kind is Kind.OUTCOME:
            self._stray_output(event)
        self._pending.append(event)
        self._count += 1
        if len(self._pending) >= BATCH:
            self.send()

    def send(self) -> None:
        """Write what is pending. The client's slowness holds the program up here, and is not counted as a stall."""
        if self._sending:
            return
        self._sending = True
        batch, self._pending = self._pending, []
        if batch:
            self._last = batch[-1]
            self._writer.write(batch)
        self._moved = _monotonic()
        self._sending = False

    def finish(self, name: str, status: int) -> None:
        """Tell an outcome that the kernel could not tell, and leave the process."""
        last = self._pending[-1] if self._pending else self._last
        step, now = (last.step, last.time) if last is not None else (0, 0)
        self.sink(Event(Kind.OUTCOME, step, now, value=status, text=name))
        self._sending = False
        self.send()
        _exit(0)

    def tick(self, _signal: int, _frame: FrameType | None) -> None:
        """Called by a timer: send, and end a program that has reached no schedule point for too long."""
        if self._sending:
            return
        if _getppid() != self._parent:
            _exit(1)
        now = _monotonic()
        if self._count != self._seen:
            self._seen = self._count
            self.send()
            self._moved = now
        elif now - self._moved > self.request.limits.stall_seconds:
            self.finish(f"limit: {self.request.limits.stall_seconds:g} s without reaching a schedule point", 0)

    def _stray_output(self, last: Event) -> None:
        """Record what reached descriptors 1 and 2 without passing through Python's streams."""
        os.lseek(1, 0, os.SEEK_SET)
        data = os.read(1, self.request.limits.output_bytes)
        if data:
            text = data.decode("utf-8", "backslashreplace")
            self._pending.append(Event(Kind.OUTPUT, last.step, last.time, value=1, text=text))


def _load(request: Request) -> programs.Program:
    if request.module is not None:
        return programs.from_module(request.module, request.arguments, request.defaults)
    assert request.path is not None
    return programs.from_path(request.path, request.arguments, request.defaults)


def _failed_to_start(host: Host, error: BaseException) -> None:
    text = f"{type(error).__name__}: {error}"
    host.sink(Event(Kind.OUTPUT, 0, 0, value=2, text=text + "\n"))
    host.finish("failed", 1)


def serve(request: Request, out: BinaryIO) -> None:
    """Run `request` and write its trace. Does not return: the process ends, with daemon threads where they are."""
    host = Host(request, out)
    signal.signal(signal.SIGALRM, host.tick)
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)

    def leave(status: int) -> None:
        host.finish("failed" if status else "finished", status & 0xFF)

    os._exit = leave  # type: ignore[assignment]
    try:
        program = _load(request)
    except (programs.ProgramError, SyntaxError, ValueError) as error:
        _failed_to_start(host, error)
        return
    os.register_at_fork(after_in_child=_disown(host))
    strategy = make(request.strategy, request.seed, request.choices)
    simulate(
        program,
        strategy,
        host.sink,
        seed=request.seed,
        grain=request.grain,
        lines=request.lines,
        limits=request.limits,
        unwind=False,
    )
    signal.setitimer(signal.ITIMER_REAL, 0)
    host.send()
    _exit(0)


def _disown(host: Host) -> Any:
    def after_fork() -> None:
        """A forked copy of the program must not write into the trace of the original."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        host.silent = True
        os._exit = _exit

    return after_fork


def main() -> None:
    """Entry point of the child."""
    descriptor = int(sys.argv[1])
    os.set_inheritable(descriptor, False)
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the process
    with open(descriptor, "wb", buffering=0) as out:
        serve(request, out)


if __name__ == "__main__":
    main()
