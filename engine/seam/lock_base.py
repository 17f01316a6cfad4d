"""What `_thread.lock` and `_thread.RLock` share: taking and giving back on the kernel, not the operating system.

An operation that user code calls is a schedule point, which stands *before* the operation's effect. One that the
standard library calls, inside an operation of its own, is none; it matters only when it blocks. Nobody is handed a
released lock: whoever competes for it is merely enabled, and the next one to run takes it, as in CPython.
"""

from __future__ import annotations

import contextlib
import itertools
import operator
import sys
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any, ClassVar, NoReturn

from ...trace.events import NONE, Kind
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel, is_foreign
from ..kernel.task import Task
from ..record.callers import is_users_call
from .durations import nanoseconds, number

serial = itertools.count(1).__next__
"""Numbers locks; in a run, that run's own."""


@contextlib.contextmanager
def uncounted() -> Iterator[None]:
    """Make locks without using up numbers: those of a library that one run finds there and another one imports."""
    global serial  # noqa: PLW0603 - the run's, put back at once
    before, serial = serial, itertools.count(1).__next__
    try:
        yield
    finally:
        serial = before


def patience(blocking: object, timeout: float) -> int | None:
    """Check a lock's arguments as CPython does; return nanoseconds to wait, 0 for not at all, None for ever.

    Raises TypeError, ValueError and OverflowError with CPython's words.
    """
    if sys.version_info < (3, 12):
        blocking = operator.index(blocking)  # type: ignore[arg-type]
    if timeout == -1:
        return None if blocking else 0
    seconds = number(timeout)
    if not blocking:
        message = "can't specify a timeout for a non-blocking call"
        raise ValueError(message)
    if seconds < 0:
        wanted = "a non-negative number" if sys.version_info >= (3, 13) else "positive"
        message = f"timeout value must be {wanted}"
        raise ValueError(message)
    return nanoseconds(seconds)


class BaseLock:
    """A lock that tasks compete for, wait for and hand to nobody."""

    __slots__ = ("__weakref__", "competitors", "depth", "hash", "kernel", "number", "owner", "sentinel")

    kind: ClassVar[str]
    real: ClassVar[Callable[[], Any]]
    reentrant: ClassVar[bool]
    """Whether its owner may take it again; then nobody else may release it."""
    not_held: ClassVar[str]
    """CPython's words about a release by somebody who may not."""

    def __new__(cls, *_args: object) -> Any:
        """Return a lock of the run, or a real one to a thread of the process that is no part of it."""
        return cls.real() if is_foreign() else super().__new__(cls)

    def __init__(self) -> None:
        self.hash = serial()
        self.depth = 0
        self.owner: Task | None = None
        self.number = NONE
        """In the trace; NONE while no user code has touched this lock."""
        self.sentinel: Task | None = None
        self.competitors: list[Task] = []
        self.kernel = current_kernel()

    def __hash__(self) -> int:
        # The standard library keeps locks in sets; their order must not depend on addresses.
        return self.hash

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock; False if it cannot be had in `timeout` seconds, or at once if not `blocking`."""
        return self._acquire(blocking, timeout, sys._getframe(1))

    def release(self) -> None:
        """Give it back once. Raises RuntimeError if it is free, or an RLock of somebody else."""
        self._release(sys._getframe(1))

    def __enter__(self) -> bool:
        return self._acquire(True, -1, sys._getframe(1))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release(sys._getframe(1))

    def _acquire(self, blocking: bool, timeout: float, frame: FrameType) -> bool:
        if not self.depth and blocking is True and timeout == -1:
            taker = self._quiet(frame)
            if taker is not None:
                self.depth, self.owner = 1, taker
                return True
        limit = patience(blocking, timeout)
        entered = self._enter()
        if entered is None:
            return self._acquire_outside(blocking)
        kernel, task = entered
        visible = is_users_call(frame)
        if visible:
            self._show(kernel, frame)
        if self.reentrant and self.owner is task:
            if visible:
                kernel.point()
            self._deepen(kernel, 1, frame)
            return True
        if not self._obtain(kernel, task, limit, visible=visible):
            if limit == 0 and self.number != NONE:
                kernel.recorder.emit(Kind.REFUSE, obj=self.number, text="acquire", frame=frame)
            return False
        self._taken(kernel, task)
        return True

    def _release(self, frame: FrameType) -> None:
        if self.depth == 1:
            giver = self._quiet(frame)
            if giver is not None and (giver is self.owner or not self.reentrant):
                self.depth, self.owner = 0, None
                return
        entered = self._enter()
        if entered is None:
            self.depth = max(0, self.depth - 1)
            return
        kernel, task = entered
        if is_users_call(frame):
            self._show(kernel, frame)
            kernel.point()
        if not self.depth or (self.reentrant and self.owner is not task):
            if self.number != NONE:
                kernel.recorder.emit(Kind.REFUSE, obj=self.number, text="release", frame=frame)
            raise RuntimeError(self.not_held)
        if self.depth > 1:
            self._deepen(kernel, -1, frame)
        else:
            self._freed(kernel)

    def _acquire_outside(self, blocking: bool) -> bool:
        """Take the lock outside any run, where there is only one thread that could."""
        if self.depth and not self.reentrant:
            if blocking:
                message = "this lock belongs to a simulated run, which is over, and nobody is left to release it"
                raise RuntimeError(message)
            return False
        self.depth += 1
        return True

    def _deepen(self, kernel: Kernel, change: int, frame: FrameType) -> None:
        """Its owner has it once more, or once less."""
        self.depth += change
        if self.number != NONE:
            kind = Kind.ACQUIRE if change > 0 else Kind.RELEASE
            kernel.recorder.emit(kind, obj=self.number, value=self.depth, frame=frame)

    def _enter(self) -> tuple[Kernel, Task] | None:
        """Return the kernel and the task that acts; None outside a run. A lock left over from another run is reset."""
        kernel = current_kernel()
        if kernel is not self.kernel:
            self.kernel = kernel
            self.depth = 0
            self.owner = None
            self.number = NONE
            self.competitors = []
        if kernel is None or kernel.current is None:
            return None
        return kernel, kernel.current

    def _quiet(self, frame: FrameType) -> Task | None:
        """Return the current task if the library acts on a lock that concerns nobody else, as it mostly does."""
        kernel = self.kernel
        if kernel is None or self.number != NONE or self.competitors:
            return None
        return None if kernel is not current_kernel() or is_users_call(frame) else kernel.current

    def _show(self, kernel: Kernel, frame: FrameType) -> None:
        """Make this lock known to the trace, by the name the program has for it."""
        objects = kernel.recorder.objects
        if self.number == NONE:
            self.number = objects.declare(self, self.kind)
        objects.look_for_name(self.number, frame)

    def _obtain(self, kernel: Kernel, task: Task, limit: int | None, *, visible: bool) -> bool:
        """Wait until the lock is free, and leave it so. False if it was not to be had in `limit` nanoseconds."""
        if limit == 0:
            if visible:
                kernel.point()
            return not self.depth
        if not visible and not self.depth:
            return True
        kernel.compete(task, self, limit)
        self.competitors.append(task)
        if not self.depth:
            kernel.point()
        while self.depth:
            if task.timed_out:
                break
            kernel.begin_wait(task)
            kernel.block()
        self.competitors.remove(task)
        if self.depth:
            kernel.recorder.timeout(task, self)
        elif task.began_wait and self.sentinel is not None:
            kernel.recorder.emit(Kind.JOINED, obj=self.sentinel.id, frame=sys._getframe(2))
        kernel.end_wait(task)
        return not self.depth

    def _taken(self, kernel: Kernel, task: Task) -> None:
        """This task has it: every other competitor cannot run for now."""
        self.owner = task
        self.depth = 1
        if self.number != NONE:
            kernel.recorder.emit(Kind.ACQUIRE, obj=self.number, value=1, frame=sys._getframe(2))
        if self.competitors:
            held_up = [other for other in self.competitors if not other.timed_out]
            kernel.ready.discard_all(held_up)
            for other in held_up:
                kernel.begin_wait(other)

    def _freed(self, kernel: Kernel) -> None:
        """It is free: whoever competes for it may run."""
        self.depth = 0
        self.owner = None
        if self.number != NONE:
            kernel.recorder.emit(Kind.RELEASE, obj=self.number, value=0, frame=sys._getframe(2))
        kernel.ready.add_all(self.competitors)

    def release_by_kernel(self, kernel: Kernel) -> None:
        """Free a lock that stands for a task's life, now that the task has ended."""
        self.depth = 0
        self.owner = None
        kernel.ready.add_all(self.competitors)

    def _at_fork_reinit(self) -> None:
        self.depth = 0
        self.owner = None
        self.competitors = []

    def __reduce__(self) -> NoReturn:
        message = f"cannot pickle '_thread.{type(self).__name__}' object"
        raise TypeError(message)

    def __repr__(self) -> str:
        return f"<{'locked' if self.depth else 'unlocked'} _thread.lock object at {id(self):#x}>"
