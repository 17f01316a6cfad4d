"""`_multiprocessing.SemLock`: what every lock, semaphore, condition and event of `multiprocessing` is made of."""

from __future__ import annotations

import itertools
import sys
from types import FrameType, TracebackType
from typing import Final

from ...trace.events import NONE, Kind
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from ..kernel.task import Task
from ..record.callers import is_users_call
from .durations import nanoseconds, number
from .waiting import Gate

RECURSIVE_MUTEX: Final = 0

_by_handle: dict[int, SemLock] = {}
_handles = itertools.count(1)


class SemLock:
    """A counting semaphore, or a recursive mutex, that all processes share. Pickled, it stays the same one.

    As with `_thread`'s locks, an operation that user code calls is a schedule point, and one inside an operation of the
    library is none.
    """

    SEM_VALUE_MAX: Final = 2**31 - 1

    def __init__(self, kind: int, value: int, maxvalue: int, _name: str, _unlink: bool) -> None:
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None
        self.handle = next(_handles)
        self._value = value
        self._depth = 0
        self._owner: Task | None = None
        self._gate = Gate()
        _by_handle[self.handle] = self

    @classmethod
    def _rebuild(cls, handle: int, _kind: int, _maxvalue: int, _name: str | None) -> SemLock:
        return _by_handle[handle]

    @property
    def _type(self) -> str:
        if self.kind == RECURSIVE_MUTEX:
            return "RLock"
        return "Lock" if self.maxvalue == 1 else "Semaphore"

    def _show(self, kernel: Kernel, frame: FrameType) -> bool:
        """Make this known to the trace if user code calls; tell whether it does."""
        if not is_users_call(frame):
            return False
        objects = kernel.recorder.objects
        if self._gate.number == NONE:
            capacity = self._value if self._type == "Semaphore" else NONE
            self._gate.number = objects.declare(self, self._type, capacity=capacity)
        objects.look_for_name(self._gate.number, frame)
        return True

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take a permit; False if there is none in `timeout` seconds, or at once if not `block`."""
        return self.acquire_at(sys._getframe(1), block, timeout)

    def acquire_at(self, frame: FrameType, block: bool = True, timeout: float | None = None) -> bool:
        """Take a permit on behalf of the code at `frame`."""
        patience = None
        if not block:
            patience = 0
        elif timeout is not None:
            patience = nanoseconds(max(0.0, number(timeout)))
        kernel = current_kernel()
        assert kernel is not None
        if self._show(kernel, frame):
            kernel.point()
        if not self._is_mine() or self.kind != RECURSIVE_MUTEX:
            if not self._gate.wait(lambda: self._value > 0, patience):
                if patience == 0:
                    self._tell(kernel, Kind.REFUSE, NONE, frame, "acquire")
                return False
            self._value -= 1
        self._depth += 1
        self._owner = kernel.current
        if self._type != "Semaphore":
            self._gate.owner = self._owner
        self._tell(kernel, Kind.ACQUIRE, self._shown_value(), frame)
        return True

    def release(self) -> None:
        """Give a permit back. Raises AssertionError and ValueError as CPython does."""
        self.release_at(sys._getframe(1))

    def release_at(self, frame: FrameType) -> None:
        """Give a permit back on behalf of the code at `frame`."""
        kernel = current_kernel()
        assert kernel is not None
        if self._show(kernel, frame):
            kernel.point()
        if self.kind == RECURSIVE_MUTEX:
            if not self._is_mine():
                message = "attempt to release recursive lock not owned by thread"
                raise AssertionError(message)
        elif self._value >= self.maxvalue:
            message = "semaphore or lock released too many times"
            raise ValueError(message)
        self._depth = max(0, self._depth - 1)
        if self.kind != RECURSIVE_MUTEX or not self._depth:
            self._value += 1
        if not self._depth:
            self._owner = self._gate.owner = None
        self._tell(kernel, Kind.RELEASE, self._shown_value(), frame)
        self._gate.wake()

    def _shown_value(self) -> int:
        return self._value if self._type == "Semaphore" else self._depth

    def _tell(self, kernel: Kernel, kind: Kind, value: int, frame: FrameType, text: str = "") -> None:
        if self._gate.number != NONE:
            kernel.recorder.emit(kind, obj=self._gate.number, value=value, text=text, frame=frame)

    def _count(self) -> int:
        return self._depth if self._is_mine() else 0

    def _is_mine(self) -> bool:
        kernel = current_kernel()
        return self._depth > 0 and kernel is not None and self._owner is kernel.current

    def _get_value(self) -> int:
        return self._value

    def _is_zero(self) -> bool:
        return self._value == 0

    def _after_fork(self) -> None:
        """Nothing to do: there is no fork."""

    def __enter__(self) -> bool:
        return self.acquire_at(sys._getframe(1))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release_at(sys._getframe(1))
