"""Condition: a lock, and a waiting room beside it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from ...trace.events import NONE, Kind
from ..kernel.running import current_kernel
from ..record.callers import is_users_call
from ..record.naming import find_name
from ..seam.locks import Lock, RLock
from .probe import Call, Probe, labelled

_own = labelled("Condition")


def _condition(call: Call) -> int:
    """Number the condition, and its lock as a part of it unless the program has its own name for the lock."""
    number = _own(call)
    lock = call.thing._lock
    if isinstance(lock, Lock | RLock) and lock.number == NONE:
        objects = call.kernel.recorder.objects
        named = find_name(lock, objects.program(), call.frame)
        whole = NONE if named is not None and not named.endswith("._lock") else number
        lock.number = objects.declare(lock, lock.kind, whole=whole)
    return number


def _woken(call: Call, result: bool) -> None:
    if result:
        call.emit(Kind.PASS)
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text="wait")


def _count_waiters(call: Call) -> None:
    call.args = (*call.args, len(call.thing._waiters))


def _notified(call: Call, _result: object) -> None:
    before = call.args[-1]
    call.emit(Kind.NOTIFY, value=before - len(call.thing._waiters))


class _Entered(Probe):
    """`with condition:` is an operation on its lock, seen from the user's line."""

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return an `__enter__` that hands the user's frame to the lock."""

        def enter(condition: threading.Condition) -> bool:
            frame = sys._getframe(1)
            kernel = current_kernel()
            lock = condition._lock  # type: ignore[attr-defined]
            if kernel is None or kernel.current is None or not isinstance(lock, Lock | RLock):
                return bool(original(condition))
            if is_users_call(frame):
                _condition(Call(kernel, condition, (), {}, frame))
            return lock._acquire(True, -1, frame)

        return enter


class _Left(Probe):
    """The end of `with condition:`."""

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return an `__exit__` that hands the user's frame to the lock."""

        def leave(
            condition: threading.Condition,
            kind: type[BaseException] | None,
            error: BaseException | None,
            trace: TracebackType | None,
        ) -> None:
            lock = condition._lock  # type: ignore[attr-defined]
            if isinstance(lock, Lock | RLock):
                lock._release(sys._getframe(1))
            else:
                original(condition, kind, error, trace)

        return leave


PROBES: tuple[Probe, ...] = (
    _Entered(threading.Condition, "__enter__", "acquire", _condition),
    _Left(threading.Condition, "__exit__", "release", _condition),
    Probe(threading.Condition, "wait", "wait", _condition, _woken),
    Probe(threading.Condition, "wait_for", "wait", _condition, _woken),
    Probe(threading.Condition, "notify", "notify", _condition, _notified, before=_count_waiters),
    Probe(threading.Condition, "notify_all", "notify_all", _condition, _notified, before=_count_waiters),
    Probe(threading.Condition, "notifyAll", "notify_all", _condition, _notified, before=_count_waiters),
)
