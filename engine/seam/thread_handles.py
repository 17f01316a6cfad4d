"""Starting and joining threads as CPython does it since 3.13: `_thread._ThreadHandle` and what goes with it."""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Callable
from typing import Any

from ..kernel.running import is_foreign
from ..kernel.task import Task, number_of
from .threads import Sentinel, current_task, launch, start_raw, the_kernel

_ThreadHandle = getattr(_thread, "_ThreadHandle", None)
"""What threads that are no part of the run get, in the versions that have it."""


class ThreadHandle:
    """3.13's `_thread._ThreadHandle`: the identity of a thread and whether it is done."""

    def __new__(cls) -> Any:
        """Return a handle of a task, or a real one to a thread that is no part of the run."""
        return _ThreadHandle() if is_foreign() else super().__new__(cls)  # type: ignore[misc]

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
        if self._task is current_task():
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
    kernel = the_kernel()
    if not isinstance(owner, threading.Thread):
        handle.bind(start_raw(function, (), {}))
        return handle
    if kernel.cpu is not None:
        kernel.cpu.pay_for_thread()
    task = kernel.spawn(function, owner.name, daemon=daemon)
    handle.bind(task)
    launch(owner, task, sys._getframe(1))
    return handle


def make_thread_handle(ident: int) -> ThreadHandle:
    """Return the handle of a thread that runs already: the main thread's (3.13)."""
    handle = ThreadHandle()
    handle.bind(the_kernel().task(number_of(ident)))
    return handle


def thread_shutdown() -> None:
    """Wait for every non-daemon thread to end (3.13's `_thread._shutdown`)."""
    kernel = the_kernel()
    me = current_task()
    for task in kernel.tasks:  # grows while threads start threads
        if task is not me and task.space is me.space and not task.done and not task.born_daemon:
            for lock in task.sentinel:
                assert isinstance(lock, Sentinel)
                lock.acquire()
                lock.release()


def get_main_thread_ident() -> int:
    """Return the identity of the current process's main thread (3.13)."""
    kernel = the_kernel()
    main = kernel.spaces.current.main if kernel.spaces is not None else None
    return (main or kernel.tasks[0]).ident
