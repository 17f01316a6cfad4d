"""Starting and ending threads: `_thread.start_new_thread`, identities, sentinels, and 3.13's thread handles."""

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
from ..kernel.task import Task, number_of
from ..record.tracebacks import clean
from .locks import Lock
from .unraisable import report

PID: Final = 4000


def _kernel() -> Kernel:
    kernel = current_kernel()
    assert kernel is not None
    return kernel


def _task() -> Task:
    task = _kernel().current
    assert task is not None
    return task


_get_ident, _get_native_id = _thread.get_ident, _thread.get_native_id
_start_new_thread = _thread.start_new_thread
_real: Final = {
    name: getattr(_thread, name, None) for name in ("_set_sentinel", "_ThreadHandle", "start_joinable_thread")
}
"""What threads that are no part of the run get; only some of it exists in any one version."""


def get_ident() -> int:
    """Return the current task's identity."""
    kernel = current_kernel()
    return _get_ident() if kernel is None or kernel.current is None else kernel.current.ident


def get_native_id() -> int:
    """Return what would be the operating system's number of the thread; the main thread's is the process's."""
    kernel = current_kernel()
    return _get_native_id() if kernel is None or kernel.current is None else PID + kernel.current.id


def get_main_thread_ident() -> int:
    """Return the identity of the current process's main thread (3.13)."""
    kernel = _kernel()
    main = kernel.spaces.current.main if kernel.spaces is not None else None
    return (main or kernel.tasks[0]).ident


def _function_name(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__qualname__", None) or type(function).__name__)


def _announce(thread: threading.Thread, task: Task, frame: FrameType | None) -> None:
    """Record the new worker as started by the task that calls `Thread.start`."""
    flags = WorkerFlag.DAEMON if thread.daemon else WorkerFlag.THREAD
    if getattr(getattr(thread, "_target", None), "__module__", "") == "concurrent.futures.thread":
        flags |= WorkerFlag.POOL
    _kernel().recorder.emit(Kind.SPAWN, obj=task.id, value=int(flags), text=thread.name, frame=frame)


def note_failure(task: Task, error: BaseException | None) -> None:
    """Record an uncaught exception. SystemExit ends a thread silently, as in CPython."""
    if error is None or isinstance(error, SystemExit):
        return
    kernel = _kernel()
    if not kernel.closing:
        task.failed = True
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
        kernel = _kernel()
        kernel.end_prefix()
        target: Callable[..., Any] | None = getattr(thread, "_target", None)
        function = target if target is not None and type(thread).run is threading.Thread.run else thread.run
        kernel.recorder.begin(function, _function_name(function))
        _begin_tracing(kernel)
        thread.run()

    return run


def _watch_failure(thread: threading.Thread) -> None:
    """Record the exception that `thread` ends with before CPython's own hook prints it."""
    hook = thread._invoke_excepthook  # type: ignore[attr-defined]

    def invoke(which: threading.Thread) -> None:
        error = sys.exc_info()[1]
        if current_kernel() is None or _kernel().closing:
            return
        if error is not None:
            clean(error)
        note_failure(_task(), error)
        hook(which)

    thread._invoke_excepthook = invoke  # type: ignore[attr-defined]


def _begin_tracing(kernel: Kernel) -> None:
    if kernel.tracer is not None:
        kernel.tracer.begin()


def _launch(thread: threading.Thread, task: Task, frame: FrameType | None) -> None:
    _announce(thread, task, frame)
    thread.run = _gate(thread)  # type: ignore[method-assign]
    _watch_failure(thread)
    _kernel().run_prefix(task)


def start_new_thread(function: object, args: object, kwargs: object = None) -> int:
    """Start a task that calls `function`. A `Thread`'s own bootstrap runs at once, up to the user's first line."""
    if is_foreign():
        return _start_new_thread(function, args, *(() if kwargs is None else (kwargs,)))  # type: ignore[call-overload,no-any-return]
    owner = getattr(function, "__self__", None)
    if callable(function) and isinstance(owner, threading.Thread):
        started = _kernel().spawn(function, owner.name, daemon=owner.daemon)
        _launch(owner, started, sys._getframe(1))
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
    return _start_raw(function, args, kwargs or {}).ident


def _start_raw(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Task:
    kernel = _kernel()

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
        return _real["_set_sentinel"]()  # type: ignore[misc,no-any-return]
    task = _task()
    lock = Sentinel()
    lock.sentinel = task
    task.sentinel.append(lock)
    return lock


class ThreadHandle:
    """3.13's `_thread._ThreadHandle`: the identity of a thread and whether it is done."""

    def __new__(cls) -> Any:
        """Return a handle of a task, or a real one to a thread that is no part of the run."""
        return _real["_ThreadHandle"]() if is_foreign() else super().__new__(cls)  # type: ignore[misc]

    def __init__(self) -> None:
        self.ident: int = 0
        self._task: Task | None = None
        self._done = False
        self._lock: Sentinel | None = None

    def refuse_second_start(self) -> None:
        """Raise RuntimeError if it stands for a thread already."""
        if self._task is not None:
            message = "thread already started"
            raise RuntimeError(message)

    def bind(self, task: Task) -> None:
        """This handle stands for `task` from now on."""
        self.ident = task.ident
        self._task = task
        self._lock = Sentinel()
        self._lock.sentinel = task
        self._lock.depth = 1
        self._lock.owner = task
        task.sentinel.append(self._lock)

    def is_done(self) -> bool:
        """Tell whether the thread has ended."""
        return self._done or (self._task is not None and self._task.done)

    def _started(self) -> Sentinel:
        if self._lock is None:
            message = "thread not started"
            raise RuntimeError(message)
        return self._lock

    def _set_done(self) -> None:
        self._started()
        self._done = True

    def join(self, timeout: float | None = -1) -> None:
        """Wait until the thread has ended, at most `timeout` seconds (for ever if None or negative)."""
        lock = self._started()
        if self.is_done():
            return
        if self._task is _task():
            message = "Cannot join current thread"
            raise RuntimeError(message)
        if lock.acquire(True, -1 if timeout is None or timeout < 0 else timeout):
            lock.release()


def start_joinable_thread(
    function: Callable[[], Any],
    handle: ThreadHandle | None = None,
    daemon: bool = True,
) -> ThreadHandle:
    """Start a task that calls `function` (3.13)."""
    if handle is None:
        handle = ThreadHandle()
    handle.refuse_second_start()
    owner = getattr(function, "__self__", None)
    kernel = _kernel()
    if not isinstance(owner, threading.Thread):
        handle.bind(_start_raw(function, (), {}))
        return handle
    task = kernel.spawn(function, owner.name, daemon=daemon)
    handle.bind(task)
    _launch(owner, task, sys._getframe(1))
    return handle


def make_thread_handle(ident: int) -> ThreadHandle:
    """Return the handle of a thread that runs already: the main thread's (3.13)."""
    handle = ThreadHandle()
    handle.bind(_kernel().tasks[number_of(ident)])
    return handle


def thread_shutdown() -> None:
    """Wait for every non-daemon thread to end (3.13's `_thread._shutdown`)."""
    kernel = _kernel()
    me = _task()
    for task in kernel.tasks:  # grows while threads start threads
        if task is not me and task.space is me.space and not task.done and not task.born_daemon:
            for lock in task.sentinel:
                assert isinstance(lock, Sentinel)
                lock.acquire()
                lock.release()


def interrupt_main(signum: int = 2) -> None:
    """Refuse: signals are not part of a simulated run."""
    message = "interrupt_main is not part of a simulated run"
    raise NotImplementedError(message)


def thread_count() -> int:
    """Return the number of tasks that have not ended, without the main one."""
    return sum(not task.done for task in _kernel().tasks[1:])
