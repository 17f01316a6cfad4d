"""One simulated run of a program, from its first line to the last event."""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing.util
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from ..trace.events import Kind, WorkerFlag
from ..trace.model import Model
from .cpu.cpu import Cpu
from .kernel.kernel import Kernel
from .kernel.outcome import Outcome
from .limits import Limits
from .lines import Lines
from .program import Program
from .record.recorder import Recorder, Sink
from .record.tracebacks import clean
from .seam.gevent_import import gevent_ready
from .seam.patches import installed, process_state
from .seam.spaces import Spaces
from .seam.streams import Output, Stream
from .seam.threads import describe
from .strategies import Strategy


def simulate(
    program: Program,
    strategy: Strategy,
    sink: Sink,
    *,
    seed: int = 0,
    grain: str = "sync",
    lines: bool = False,
    limits: Limits | None = None,
    model: Model | None = None,
    unwind: bool = True,
) -> Outcome:
    """Run `program` to its end, a deadlock or a limit, and hand every event to `sink`.

    The `model` is the machine that it runs on. Computing takes time there as far as anything is declared to cost some.

    With `unwind`, workers that have not ended are unwound, so that nothing is left of the run. CPython does not do that
    at its end: a process that ends anyway passes False, and no `finally` of a daemon thread runs.
    """
    recorder = Recorder(sink, program.root)
    kernel = Kernel(strategy, recorder, limits)
    recorder.objects.program = lambda: sys.modules["__main__"].__dict__
    kernel.main_module = program.again
    kernel.model = model or kernel.model
    if program.charged or kernel.model.starts_cost:
        kernel.cpu = Cpu(kernel)
    if lines or grain != "sync":
        kernel.tracer = Lines(kernel, grain=grain, record=lines)
    output = Output(kernel.limits.output_bytes)
    with installed(seed), gevent_ready(seed), _streams(output), _no_collector():
        kernel.spaces = Spaces(program.root, process_state)
        outcome = kernel.run(lambda: _main_thread(kernel, program.run))
        if unwind:
            kernel.close()
    return outcome


def call(
    function: Callable[[], Any],
    strategy: Strategy,
    sink: Sink = lambda _event: None,
    *,
    seed: int = 0,
    limits: Limits | None = None,
    model: Model | None = None,
) -> tuple[Kernel, Outcome]:
    """Run a function as the main thread, in the process that calls this. For tests and for exploring."""
    recorder = Recorder(sink)
    kernel = Kernel(strategy, recorder, limits)
    recorder.objects.program = lambda: getattr(function, "__globals__", {})
    if model is not None:
        kernel.model = model
        kernel.cpu = Cpu(kernel)
    with installed(seed), gevent_ready(seed), _no_collector():
        kernel.spaces = Spaces("", process_state)
        outcome = kernel.run(lambda: _main_thread(kernel, function))
        kernel.close()
    return kernel, outcome


@contextlib.contextmanager
def _streams(output: Output) -> Iterator[None]:
    names = ("stdout", "stderr", "__stdout__", "__stderr__")
    saved = [getattr(sys, name) for name in names]
    for name, stream in zip(names, (Stream(1, output), Stream(2, output)) * 2, strict=True):
        setattr(sys, name, stream)
    try:
        yield
    finally:
        for name, stream in zip(names, saved, strict=True):
            setattr(sys, name, stream)


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the cyclic collector from running finalizers at moments that no schedule decides."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _main_thread(kernel: Kernel, body: Callable[[], Any]) -> None:
    """What the interpreter does around a program: make the main thread's object, run, wait for the others, clean up."""
    kernel.recorder.emit(Kind.SPAWN, obj=0, value=int(WorkerFlag.THREAD), text="MainThread", worker=-1)
    kernel.spaces.current.main = kernel.current
    threading._main_thread = threading._MainThread()  # type: ignore[attr-defined]
    kernel.recorder.begin(None, "<module>")
    if kernel.tracer is not None:
        kernel.tracer.begin()
    _guarded(kernel, body)
    sys.settrace(None)
    _guarded(kernel, threading._shutdown)  # type: ignore[attr-defined]
    _guarded(kernel, atexit._run_exitfuncs)
    _guarded(kernel, multiprocessing.util._exit_function)  # type: ignore[attr-defined]
    if not all(task.done for task in kernel.tasks[1:]):
        kernel.point()  # daemon threads go on until the interpreter ends
    for stream in (sys.stdout, sys.stderr):
        # Either may be the program's own, or None.
        with contextlib.suppress(Exception):
            stream.flush()


def _guarded(kernel: Kernel, body: Callable[[], Any]) -> None:
    """Run a part of the main thread; an exception that leaves it decides the exit status, as it does in CPython."""
    try:
        body()
    except SystemExit as request:
        kernel.status = _status(request)
    except BaseException as error:
        if kernel.closing:
            raise
        kernel.status = 1
        kernel.failures += 1
        kernel.tasks[0].failed = True
        sys.settrace(None)
        clean(error)
        kernel.recorder.fail(error, describe(error))
        sys.excepthook(type(error), error, error.__traceback__)


def _status(request: SystemExit) -> int:
    """Return the exit status that `SystemExit` asks for; a message goes to standard error."""
    if request.code is None:
        return 0
    if isinstance(request.code, int):
        return request.code & 0xFF
    print(request.code, file=sys.stderr)
    return 1
