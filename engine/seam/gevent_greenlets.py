"""gevent's greenlets as workers: their start, their turns, their end.

The methods replaced here are those of gevent's own Python code; each does what it did, and tells it.
"""

from __future__ import annotations

import contextlib
import itertools
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from greenlet import GreenletExit, getcurrent, greenlet

from ...trace.events import Kind, WorkerFlag
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from ..kernel.strand import Strand
from ..record.callers import count_as_caller
from ..record.tracebacks import clean
from . import hashes
from .gevent_waits import KEY, Turn, step_begins, worker_of
from .threads import describe, watch_failure


def watched_kernel() -> Kernel | None:
    """Return the kernel of the run that goes on, unless nothing of it is recorded now."""
    kernel = current_kernel()
    return None if kernel is None or kernel.current is None or kernel.closing or kernel.frozen else kernel


def adapt_switch(module: ModuleType) -> None:
    """Have `Hub.switch`, by which every greenlet leaves, tell what the greenlet waits for."""
    hub = module.SwitchOutGreenletWithLoop
    original = hub.switch

    def switch(self: Any) -> Any:
        kernel = current_kernel()
        if kernel is None or kernel.closing:
            raise GreenletExit
        turn = Turn(kernel, self.loop)
        turn.leave()
        try:
            result = original(self)
        except BaseException as error:
            turn.come_back(error)
            raise
        turn.come_back(None)
        return result

    hub.switch = switch


def adapt_greenlet(module: ModuleType, seed: int) -> None:
    """Have `Greenlet` tell when one is started, begins, ends and fails."""
    kind = module.Greenlet
    count_as_caller(kind.run.__code__)
    kind.__hash__ = hashes.stable_hash(hashes.numbers(seed))
    serial = itertools.count()
    kind.start = _starting(kind.start, serial)
    kind.start_later = _starting(kind.start_later, serial)
    kind.run = _running(kind.run)
    kind._Greenlet__report_result = _ending(kind._Greenlet__report_result)
    kind._Greenlet__report_error = _failing(kind._Greenlet__report_error)
    kind.name = _name(kind.name.func)


def _starting(original: Callable[..., None], serial: Iterator[int]) -> Callable[..., None]:
    def start(self: Any, *args: Any) -> None:
        kernel = watched_kernel()
        if kernel is not None and self._start_event is None:
            thread = thread_of(self)
            name = thread.name if thread is not None else vars(self).get("name", f"Greenlet-{next(serial)}")
            announce(kernel, self, str(name))
            if thread is not None:
                watch_failure(thread)
        original(self, *args)

    return start


def announce(kernel: Kernel, green: greenlet, name: str) -> Strand:
    """Number a greenlet, and tell that it is started, as a step."""
    step_begins(kernel)
    strand = kernel.nest(name)
    strand.where = lambda: green.gr_frame
    setattr(green, KEY, strand)
    kernel.leftovers.append(green)
    kernel.recorder.emit(Kind.SPAWN, obj=strand.id, value=int(WorkerFlag.GREENLET), text=name)
    return strand


def thread_of(green: Any) -> threading.Thread | None:
    """Return the Thread whose code a greenlet runs, which it does after monkey-patching."""
    owner = getattr(getattr(green, "_run", None), "__self__", None)
    return owner if isinstance(owner, threading.Thread) else None


def _function_of(green: Any) -> tuple[Callable[..., Any], str]:
    """Return what the greenlet runs of the user's code, and its name."""
    thread = thread_of(green)
    function = green._run if thread is None else getattr(thread, "_target", None) or thread.run
    return function, str(getattr(function, "__qualname__", None) or type(function).__name__)


def _running(original: Callable[..., None]) -> Callable[..., None]:
    def run(self: Any) -> None:
        kernel, strand = watched_kernel(), worker_of(self)
        if kernel is None or not isinstance(strand, Strand):
            original(self)
            return
        with first_turn(kernel, strand, *_function_of(self)):
            original(self)

    return run


@contextlib.contextmanager
def first_turn(kernel: Kernel, strand: Strand, function: Callable[..., Any], name: str) -> Iterator[None]:
    """Have `strand` act in its greenlet, which has just begun, until its end."""
    task = kernel.current
    assert task is not None
    task.strand = strand
    hub: Any = getcurrent().parent
    hub.loop.thread_acts()
    step_begins(kernel)
    kernel.recorder.begin(function, name)
    if kernel.tracer is not None:
        kernel.tracer.begin()
    try:
        yield
    finally:
        sys.settrace(None)
        task.strand = None


def _ending(original: Callable[..., None]) -> Callable[..., None]:
    def report_result(self: Any, result: Any) -> None:
        kernel, strand = watched_kernel(), worker_of(self)
        if kernel is not None and strand is not None and not strand.done:
            strand.done = True
            kernel.recorder.end(strand, cancelled=isinstance(result, GreenletExit))
        original(self, result)

    return report_result


def _failing(original: Callable[..., None]) -> Callable[..., None]:
    def report_error(self: Any, exc_info: tuple[Any, Any, Any]) -> None:
        kernel, strand, error = current_kernel(), worker_of(self), exc_info[1]
        if kernel is not None and kernel.closing:
            return  # whatever its cleanup came to, nobody is left to be told
        if kernel is None or not isinstance(strand, Strand) or isinstance(error, GreenletExit):
            original(self, exc_info)
            return
        task = kernel.current
        assert task is not None
        acting, task.strand = task.strand, strand  # another worker, if it is killed before it begins
        strand.done = True
        if isinstance(error, SystemExit):  # ends the program, and is no failure
            kernel.recorder.end(strand)
        else:
            strand.failed = True
            kernel.failures += 1
            clean(error)
            kernel.recorder.fail(error, describe(error))
        original(self, (exc_info[0], error, error.__traceback__))
        task.strand = acting

    return report_error


def _name(generated: Callable[[Any], str]) -> property:
    """Return `Greenlet.name`, telling when a greenlet gets another one."""

    def name(green: Any) -> str:
        return str(vars(green)["name"]) if "name" in vars(green) else generated(green)

    def rename(green: Any, name: str) -> None:
        vars(green)["name"] = name
        kernel, strand = watched_kernel(), worker_of(green)
        if kernel is not None and strand is not None:
            kernel.recorder.emit(Kind.RENAME, obj=strand.id, text=str(name))

    return property(name, rename)
