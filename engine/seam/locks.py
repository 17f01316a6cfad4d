"""`_thread.lock` and `_thread.RLock`: what each has of its own."""

from __future__ import annotations

import _thread
import sys

from ...trace.events import Kind
from ..kernel.task import Task
from ..record.callers import is_users_call
from .lock_base import BaseLock


class Lock(BaseLock):
    """The primitive lock. Any task may release it."""

    __slots__ = ()

    kind = "Lock"
    real = _thread.allocate_lock
    reentrant = False
    not_held = "release unlocked lock"

    def __init_subclass__(cls) -> None:
        if cls.__module__ != f"{__package__}.threads":
            message = "type '_thread.lock' is not an acceptable base type"
            raise TypeError(message)

    def locked(self) -> bool:
        """Tell whether somebody holds it."""
        frame = sys._getframe(1)
        entered = self._enter()
        if entered is not None and is_users_call(frame):
            kernel, _ = entered
            self._show(kernel, frame)
            kernel.point()
            kernel.recorder.emit(Kind.LOOK, obj=self.number, text=f"locked → {bool(self.depth)}")
        return bool(self.depth)

    acquire_lock = BaseLock.acquire
    release_lock = BaseLock.release
    locked_lock = locked


class RLock(BaseLock):
    """The reentrant lock. Its owner may take it again; only its owner may release it."""

    __slots__ = ()

    kind = "RLock"
    real = _thread.RLock
    reentrant = True
    not_held = "cannot release un-acquired lock"

    # What `threading.Condition` asks of a lock.

    def _is_owned(self) -> bool:
        entered = self._enter()
        return entered is not None and self.owner is entered[1]

    def _recursion_count(self) -> int:
        return self.depth if self._is_owned() else 0

    def _release_save(self) -> tuple[int, Task]:
        entered = self._enter()
        if entered is None or self.owner is not entered[1]:
            raise RuntimeError(self.not_held)
        depth = self.depth
        self._freed(entered[0])
        return depth, entered[1]

    def _acquire_restore(self, saved: tuple[int, Task]) -> None:
        entered = self._enter()
        if entered is None:
            return
        kernel, task = entered
        self._obtain(kernel, task, None, visible=False)
        self._taken(kernel, task)
        self.depth = saved[0]

    def __repr__(self) -> str:
        state = "locked" if self.depth else "unlocked"
        owner = self.owner.ident if self.owner is not None else 0
        return f"<{state} _thread.RLock object owner={owner} count={self.depth} at {id(self):#x}>"


Lock.__module__ = RLock.__module__ = "_thread"
Lock.__name__ = Lock.__qualname__ = "lock"


def allocate_lock() -> Lock:
    """Make a lock. Up to 3.12, `threading.Lock` is this function; from 3.13 on it is the type."""
    return Lock()
