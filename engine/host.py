"""The child process: reads a request, runs the program, writes the trace.

`python -P -m concurrency_tui.engine.host FD SHARED` reads one request as JSON from standard input and writes the trace,
in the format of a trace file, to descriptor FD. Nothing else is written there. SHARED is the file of `outbox`.
Descriptors 1 and 2 lead to a file that the client made: what is written there behind Python's back (by C code, by
programs that are started) is recorded as nobody's output at the end of the run.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from types import FrameType
from typing import Any, NoReturn

import msgspec

from ..trace.events import Event, Kind
from ..trace.file import encode, encode_header
from . import program as programs
from .cpu.charges import Charges
from .generators.watch import Generators
from .outbox import Outbox
from .request import Request
from .simulate import simulate
from .strategies import make
from .variables import Watch

TICK = 0.05
"""Real seconds between looks at whether the program still moves; what has been recorded is sent at least that often."""

_exit, _getppid, _monotonic = os._exit, os.getppid, time.monotonic


class Host:
    """Sends events as they come, and watches that the program reaches schedule points."""

    def __init__(self, request: Request, outbox: Outbox) -> None:
        self.request = request
        self._outbox = outbox
        outbox.put(encode_header(request.header()))
        outbox.send()
        self._last = Event(Kind.OUTCOME, 0, 0)
        self._parent = _getppid()
        self._stray = os.dup(1)
        self._moved = _monotonic()
        self._seen = 0
        self._count = 0
        self.forked = False
        """Whether this is a copy of the process that has no trace to write."""

    def sink(self, event: Event) -> None:
        """Tell one event."""
        if self.forked:
            _tell_descriptor(event)
            return
        if event.kind is Kind.OUTCOME:
            self._tell_stray_output(event)
        self._last = event
        self._count += 1
        self._outbox.put(encode((event,)))

    def finish(self, name: str, status: int) -> NoReturn:
        """Tell an outcome that the kernel could not tell, and leave the process."""
        self.sink(Event(Kind.OUTCOME, self._last.step, self._last.time, value=status, text=name))
        self.leave(status)

    def leave(self, status: int) -> NoReturn:
        """Send what has been told, and end the process. The status matters only to the parent of a forked copy."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        if not self.forked:
            self._outbox.send()
        _exit(status)

    def tick(self, _signal: int, _frame: FrameType | None) -> None:
        """Called by a timer: send, and end a program that has reached no schedule point for too long."""
        if self._outbox.busy:
            self._moved = _monotonic()  # the client is slow, and the program waits for it
            return
        if _getppid() != self._parent:
            _exit(1)
        limits = self.request.limits
        now = _monotonic()
        if self._stray_size() > limits.output_bytes:
            self.finish(f"limit: {limits.output_bytes} bytes of output", 0)
        if self._count != self._seen:
            self._seen = self._count
            self._outbox.send()
            self._moved = _monotonic()
        elif now - self._moved > limits.stall_seconds:
            self.finish(f"limit: {limits.stall_seconds:g} s without reaching a schedule point", 0)

    def _stray_size(self) -> int:
        try:
            return os.fstat(self._stray).st_size
        except OSError:  # the program closes descriptors that are not its own
            return 0

    def _tell_stray_output(self, last: Event) -> None:
        """Record what reached descriptors 1 and 2 without passing through Python's streams."""
        if self._stray_size():
            data = os.pread(self._stray, self.request.limits.output_bytes, 0)
            text = data.decode("utf-8", "backslashreplace")
            self._outbox.put(encode((Event(Kind.OUTPUT, last.step, last.time, value=1, text=text),)))


def _tell_descriptor(event: Event) -> None:
    """A forked copy of the program writes its output where any other process that the program starts would."""
    if event.kind is Kind.OUTPUT:
        os.write(event.value, event.text.encode())


def _load(request: Request) -> programs.Program:
    watch = Watch() if request.lines else None
    charges = Charges(request.costs) if request.costs else None
    generators = Generators() if request.generators else None
    if request.module is not None:
        return programs.from_module(
            request.module, request.arguments, request.defaults, watch, charges, generators=generators
        )
    assert request.path is not None
    return programs.from_path(request.path, request.arguments, request.defaults, watch, charges, generators=generators)


def _failed_to_start(host: Host, error: BaseException) -> NoReturn:
    text = f"{type(error).__name__}: {error}"
    host.sink(Event(Kind.OUTPUT, 0, 0, value=2, text=text + "\n"))
    host.finish("failed", 1)


def serve(request: Request, outbox: Outbox) -> NoReturn:
    """Run `request` and write its trace. Does not return: the process ends, with daemon threads where they are."""
    host = Host(request, outbox)
    signal.signal(signal.SIGALRM, host.tick)
    # Whoever started us in the background of a shell has it ignored, and then CPython does not see to it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)

    def leave(status: int) -> NoReturn:
        host.finish("failed" if status else "finished", status & 0xFF)

    os._exit = leave
    try:
        program = _load(request)
    except (programs.ProgramError, SyntaxError, ValueError) as error:
        _failed_to_start(host, error)
    os.register_at_fork(after_in_child=_disown(host))
    strategy = make(request.strategy, request.seed, request.choices)
    try:
        outcome = simulate(
            program,
            strategy,
            host.sink,
            seed=request.seed,
            grain=request.grain,
            lines=request.lines,
            limits=request.limits,
            model=request.model,
            unwind=False,
        )
    except BaseException as error:  # noqa: BLE001 - ours, and to be told like any other end
        traceback.print_exc()
        host.finish(f"failed: the simulator failed: {type(error).__name__}: {error}", 1)
    host.leave(outcome.status)


def _disown(host: Host) -> Any:
    def after_fork() -> None:
        """A forked copy of the program must not write into the trace of the original."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        host.forked = True
        os._exit = _exit

    return after_fork


def main() -> None:
    """Entry point of the child."""
    pipe, shared = int(sys.argv[1]), int(sys.argv[2])
    os.set_inheritable(pipe, False)
    outbox = Outbox(pipe, shared)
    os.close(shared)
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the process
    serve(request, outbox)


if __name__ == "__main__":
    main()
