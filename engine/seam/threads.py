"""Starting and ending threads: `_thread.start_new_thread`, identities and sentinels."""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from ...trace.events import Kind, WorkerFlag
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel, is_foreign
from ..kernel.strand import Strand
from ..kernel.task import Task
from ..record.tracebacks import clean
from .locks import Lock
from .unraisable import report

PID: Final = 4000


def the_kernel() -> Kernel:
    """Return the kernel whose run goes on, where there must be one."""
    kernel = current_kernel()
    assert kernel is not None
    return kernel


def current_task() -> Task:
    """Return the task that runs, where there must be one."""
    task = the_kernel().current
    assert task is not None
    return task


_get_ident, _get_native_id = _thread.get_ident, _thread.get_native_id
_start_new_thread = _thread.start_new_thread
_set_sentinel = getattr(_thread, "_set_sentinel", None)
"""What threads that are no part of the run get, in the versions that have it."""


def get_ident() -> int:
    """Return the current task's identity."""
    kernel = current_kernel()
    return _get_ident() if kernel is None or kernel.current is None else kernel.current.ident


def get_native_id() -> int:
    """Return what would be the operating system's number of the thread; the main thread's is the process's."""
    kernel = current_kernel()
    return _get_native_id() if kernel is None or kernel.current is None else PID + kernel.current.id


def _function_name(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__qualname__", None) or type(function).__name__)


_POOL_WORKERS: Final = frozenset(
    {
        ("concurrent.futures.thread", "_worker"),
        ("concurrent.futures.process", "_process_worker"),
        ("multiprocessing.pool", "worker"),
    }
)


def works_in_pool(target: object) -> bool:
    """Tell whether a thread or process that runs this function is a worker of one of the library's pools."""
    return (getattr(target, "__module__", ""), getattr(target, "__qualname__", "")) in _POOL_WORKERS


def _announce(thread: threading.Thread, task: Task, frame: FrameType | None) -> None:
    """Record the new worker as started by the task that calls `Thread.start`."""
    flags = WorkerFlag.DAEMON if thread.daemon else WorkerFlag.THREAD
    if works_in_pool(getattr(thread, "_target", None)):
        flags |= WorkerFlag.POOL
    the_kernel().recorder.emit(Kind.SPAWN, obj=task.id, value=int(flags), text=thread.name, frame=frame)


def note_failure(worker: Task | Strand, error: BaseException | None) -> None:
    """Record an uncaught exception. SystemExit ends a thread silently, as in CPython."""
    if error is None or isinstance(error, SystemExit):
        return
    kernel = the_kernel()
    if not kernel.closing:
        worker.failed = True
        kernel.failures += 1
        kernel.recorder.fail(error, describe(error))


def describe(error: BaseException) -> str:
    """Return "ValueError: message", whatever the exception's own `__str__` does."""
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - a stranger's __str__
        message = "<no message: its __str__ failed>"
    name = type(error).__qualname__
    return f"{name}: {message}" if message else name


def _gate(thread: threading.Thread) -> Callable[[], None]:
    """Return what stands in for `thread.run` until the thread is first chosen.

    CPython's bootstrap code calls `self.run()` when all its own preparations are done. That is the moment at which the
    new thread becomes one that the schedule may choose.
    """
    own = thread.__dict__.get("run")

    def run() -> None:
        if own is None:
            del thread.__dict__["run"]
        else:
            thread.__dict__["run"] = own
        kernel = the_kernel()
        kernel.end_prefix()
        target: Callable[..., Any] | None = getattr(thread, "_target", None)
        function = target if target is not None and type(thread).run is threading.Thread.run else thread.run
        kernel.recorder.begin(function, _function_name(function))
        _begin_tracing(kernel)
        thread.run()

    return run


def watch_failure(thread: threading.Thread) -> None:
    """Record the exception that `thread` ends with before CPython's own hook prints it."""
    hook = thread._invoke_excepthook  # type: ignore[attr-defined]

    def invoke(which: threading.Thread) -> None:
        error = sys.exc_info()[1]
        if current_kernel() is None or the_kernel().closing:
            return
        if error is not None:
            clean(error)
        note_failure(current_task().acting, error)
        hook(which)

    thread._invoke_excepthook = invoke  # type: ignore[attr-defined]


def _begin_tracing(kernel: Kernel) -> None:
    if kernel.tracer is not None:
        kernel.tracer.begin()


def launch(thread: threading.Thread, task: Task, frame: FrameType | None) -> None:
    """Start the task of a `Thread`: CPython's own bootstrap runs at once, up to the user's first line."""
    _announce(thread, task, frame)
    thread.run = _gate(thread)  # type: ignore[method-assign]
    watch_failure(thread)
    the_kernel().run_prefix(task)


def start_new_thread(function: object, args: object, kwargs: object = None) -> int:
    """Start a task that calls `function`. A `Thread`'s own bootstrap runs at once, up to the user's first line."""
    if is_foreign():
        return _start_new_thread(function, args, *(() if kwargs is None else (kwargs,)))  # type: ignore[call-overload,no-any-return]
    owner = getattr(function, "__self__", None)
    if callable(function) and isinstance(owner, threading.Thread):
        kernel = the_kernel()
        if kernel.cpu is not None:
            kernel.cpu.pay_for_thread()
        started = kernel.spawn(function, owner.name, daemon=owner.daemon)
        launch(owner, started, sys._getframe(1))
        return started.ident
    if not callable(function):
        message = "first arg must be callable"
        raise TypeError(message)
    if not isinstance(args, tuple):
        message = "2nd arg must be a tuple"
        raise TypeError(message)
    if not isinstance(kwargs, dict | None):
        message = "optional 3rd arg must be a dictionary"
        raise TypeError(message)
    return start_raw(function, args, kwargs or {}).ident


def start_raw(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Task:
    """Start a task that calls a function which no `Thread` stands for."""
    kernel = the_kernel()
    if kernel.cpu is not None:
        kernel.cpu.pay_for_thread()

    def body() -> None:
        kernel.recorder.begin(function, _function_name(function))
        _begin_tracing(kernel)
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as error:  # noqa: BLE001 - reported as CPython does
            if not kernel.closing:
                note_failure(task, error)
                report(error, "in thread started by", function)

    name = f"thread {len(kernel.workers)}"
    task = kernel.spawn(body, name, daemon=True)
    kernel.point()
    kernel.recorder.emit(Kind.SPAWN, obj=task.id, value=int(WorkerFlag.DAEMON), text=name, frame=sys._getframe(2))
    kernel.ready.add(task)
    return task


class Sentinel(Lock):
    """The lock that CPython releases when a thread's state is gone; `Thread.join` waits on it (3.11, 3.12)."""

    __slots__ = ()


def set_sentinel() -> Sentinel:
    """Return a lock that is released when the current task ends."""
    if is_foreign():
        return _set_sentinel()  # type: ignore[misc,no-any-return]
    task = current_task()
    lock = Sentinel()
    lock.sentinel = task
    task.sentinel.append(lock)
    return lock


def interrupt_main(signum: int = 2) -> None:
    """Refuse: signals are not part of a simulated run."""
    message = "interrupt_main is not part of a simulated run"
    raise NotImplementedError(message)


def thread_count() -> int:
    """Return the number of tasks that have not ended, without the main one."""
    return sum(not task.done for task in the_kernel().tasks[1:])
