"""asyncio tasks as workers: when each is made, has its turns, is asked to stop, and ends."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from types import FrameType, ModuleType
from typing import Any, Final
from weakref import ref

from ...trace.events import Kind, WorkerFlag
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from ..record.frames import is_user_file
from ..seam.threads import describe
from .asyncio_probe import AWAITERS
from .asyncio_waits import FOLLOWED, Followed, followed, move_on, pause, place, resume

Patch = tuple[Any, str, Any]

STEP: Final = "_Task__step_run_and_handle_result" if sys.version_info >= (3, 12) else "_Task__step"
"""The method that runs a task's coroutine up to its next await."""

_MAKERS: Final = {"create_task", "__init__"}
_HOUSEKEEPING: Final = {
    "shutdown_asyncgens",
    "shutdown_default_executor",
    "_accept_connection2",
    "_create_server_getaddrinfo",
    "_ensure_resolved",
}
"""Coroutines that a loop makes tasks of for itself."""


def _running() -> Kernel | None:
    kernel = current_kernel()
    if kernel is None or kernel.current is None or kernel.closing or kernel.frozen:
        return None
    return kernel


def _name(task: Any, frame: FrameType | None) -> str:
    """Return the name that a task is being given. Before 3.13, `create_task` gives it after the task is made."""
    name: object = None
    while frame is not None and frame.f_code.co_name in _MAKERS:
        name = frame.f_locals.get("name") or name
        frame = frame.f_back
    return str(task.get_name() if name is None else name)


def _registering(original: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a function that tells of a new task, as asyncio enters it in its books."""

    @functools.wraps(original)
    def register(task: Any) -> None:
        kernel = _running()
        if kernel is not None and followed(task) is None and hasattr(task, STEP) and not _is_housekeeping(task):
            strand = kernel.nest(_name(task, sys._getframe(1)))
            known = Followed(strand)
            task.__dict__[FOLLOWED] = known
            reference = ref(task)  # what the trace knows of a task must not keep it alive
            strand.where = lambda: place(getattr(reference(), "_coro", None))
            kernel.recorder.emit(Kind.SPAWN, obj=strand.id, value=int(WorkerFlag.COROUTINE), text=strand.name)
        original(task)

    return register


def _is_housekeeping(task: Any) -> bool:
    """Tell whether the library made a task for itself; what it does is told as its thread's work."""
    code = getattr(task._coro, "cr_code", None)
    return code is not None and code.co_name in _HOUSEKEEPING and not is_user_file(code.co_filename)


def _turn(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that runs a task's coroutine as a worker of its own, one turn a step."""

    @functools.wraps(original)
    def step(task: Any, exc: BaseException | None = None) -> Any:
        kernel, known = _running(), followed(task)
        if kernel is None or known is None:
            return original(task, exc)
        assert kernel.current is not None
        if kernel.current.strand is None and kernel.recorder.told:
            kernel.point()
        thread = kernel.current
        known.strand.task = thread
        before, thread.strand = thread.strand, known.strand
        _begin_turn(kernel, task, known)
        try:
            return original(task, exc)
        finally:
            if not kernel.closing:
                _end_turn(kernel, task, known)
            thread.strand = before
            del task, exc, known  # or an exception, whose traceback leads here, would keep them alive

    return step


def _begin_turn(kernel: Kernel, task: Any, known: Followed) -> None:
    if known.begun:
        resume(kernel, known, place(task._coro))
        return
    known.begun = True
    coroutine = task._coro
    code = getattr(coroutine, "cr_code", None) or getattr(coroutine, "gi_code", None)
    kernel.recorder.begin(code, str(getattr(coroutine, "__qualname__", type(coroutine).__name__)))


def _end_turn(kernel: Kernel, task: Any, known: Followed) -> None:
    if not task.done():
        pause(kernel, task, known)
        return
    strand = known.strand
    strand.go_on()
    error = task._exception
    if error is not None:
        kernel.recorder.fail(error, describe(error))
        strand.failed = True
    strand.done = True
    kernel.recorder.end(strand, cancelled=task.cancelled())
    move_on(kernel, task)


def _cancelling(original: Callable[..., bool]) -> Callable[..., bool]:
    """Return a `cancel` that tells who is asked to stop, and by whom."""

    @functools.wraps(original)
    def cancel(task: Any, msg: object = None) -> bool:
        kernel, known = _running(), followed(task)
        if kernel is not None and known is not None and not task.done():
            kernel.recorder.emit(Kind.INTERRUPT, obj=known.strand.id)
        return original(task, msg)

    return cancel


def _renaming(original: Callable[..., None]) -> Callable[..., None]:
    """Return a `set_name` that tells of another name."""

    @functools.wraps(original)
    def set_name(task: Any, value: object) -> None:
        original(task, value)
        kernel, known = _running(), followed(task)
        if kernel is not None and known is not None and task.get_name() != known.strand.name:
            known.strand.name = task.get_name()
            kernel.recorder.emit(Kind.RENAME, obj=known.strand.id, text=known.strand.name)

    return set_name


def _ending(original: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return the method that a future's end goes through, for futures that are no tasks."""

    @functools.wraps(original)
    def schedule_callbacks(future: Any) -> None:
        original(future)
        kernel = _running()
        if kernel is not None and followed(future) is None:
            move_on(kernel, future)

    return schedule_callbacks


def patches(modules: Mapping[str, ModuleType]) -> Iterator[Patch]:
    """What to replace in asyncio."""
    tasks, futures = modules["asyncio.tasks"], modules["asyncio.futures"]
    for name in ("_register_task", "_register_eager_task"):
        if hasattr(tasks, name):
            yield tasks, name, _registering(getattr(tasks, name))
    AWAITERS.add(getattr(tasks.Task, STEP))
    yield tasks.Task, STEP, _turn(getattr(tasks.Task, STEP))
    yield tasks.Task, "cancel", _cancelling(tasks.Task.cancel)
    yield tasks.Task, "set_name", _renaming(tasks.Task.set_name)
    yield futures.Future, "_Future__schedule_callbacks", _ending(futures.Future._Future__schedule_callbacks)
