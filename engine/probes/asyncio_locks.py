"""asyncio's Lock, Event, Condition, Semaphore, BoundedSemaphore and Barrier."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Final

from ...trace.events import Kind
from ..kernel.running import current_kernel
from ..kernel.strand import Strand
from ..kernel.task import Task
from .asyncio_probe import HELPERS, Await, Step, entered
from .probe import Call, labelled, looked, tells

_OWNER: Final = "_owner_in_simulated_run"


class Owner:
    """Who has a lock of asyncio, which does not know it itself."""

    def __init__(self) -> None:
        self.owner: Task | Strand | None = None


def _owner(lock: Any) -> Owner:
    found = lock.__dict__.setdefault(_OWNER, Owner())
    assert isinstance(found, Owner)
    return found


_lock = labelled("Lock")
_event = labelled("Event")
_own_condition = labelled("Condition")
_barrier = labelled("Barrier", lambda barrier: int(barrier.parties))


def _condition(call: Call) -> int:
    """Number the condition, and its lock as a part of it unless the program knows the lock by itself."""
    number = _own_condition(call)
    objects = call.kernel.recorder.objects
    objects.declare(call.thing._lock, "Lock", whole=number)
    return number


def _semaphore(call: Call) -> int:
    return labelled(type(call.thing).__name__, lambda semaphore: int(semaphore._value))(call)


def _taken(call: Call, _result: object) -> None:
    kernel = current_kernel()
    assert kernel is not None
    assert kernel.current is not None
    _owner(call.thing).owner = kernel.current.acting
    call.emit(Kind.ACQUIRE, value=1)


def _given_back(call: Call, _result: object) -> None:
    _owner(call.thing).owner = None
    call.emit(Kind.RELEASE, value=0)


def _permit_taken(call: Call, _result: object) -> None:
    call.emit(Kind.ACQUIRE, value=call.thing._value)


def _counted(call: Call) -> None:
    call.args = (*call.args, call.thing._value)


def _permit_given_back(call: Call, _result: object) -> None:
    # The library takes it away again at once, for whoever waits longest; in the trace that one's ACQUIRE does.
    call.emit(Kind.RELEASE, value=call.args[-1] + 1)


def _count_waiters(call: Call) -> None:
    call.args = (*call.args, _waiting(call.thing))


def _waiting(condition: Any) -> int:
    return sum(not waiter.done() for waiter in condition._waiters)


def _notified(call: Call, _result: object) -> None:
    call.emit(Kind.NOTIFY, value=call.args[-1] - _waiting(call.thing))


def _through(call: Call, index: int) -> None:
    call.emit(Kind.PASS, value=index)


def _broken(call: Call, error: BaseException) -> None:
    if type(error).__name__ == "BrokenBarrierError":
        call.emit(Kind.BREAK)


def _entering(original: Callable[[Any], Any], condition: type) -> Callable[[Any], Any]:
    """Return an `__aenter__` by which a condition is known before its lock, as a part of it."""

    @functools.wraps(original)
    def enter(thing: Any) -> Any:
        if isinstance(thing, condition):
            call = entered(thing, (), {}, sys._getframe(1), awaits=False)
            if call is not None:
                _condition(call)
        return original(thing)

    return enter


def patches(modules: Mapping[str, ModuleType]) -> Iterator[tuple[Any, str, Any]]:
    """What to replace in asyncio."""
    locks = modules["asyncio.locks"]
    lock, event, condition = locks.Lock, locks.Event, locks.Condition
    semaphore, bounded, barrier = locks.Semaphore, locks.BoundedSemaphore, locks.Barrier
    context = locks._ContextManagerMixin
    for helper in (context.__aenter__, context.__aexit__, condition.wait, condition.notify_all, barrier.__aenter__):
        HELPERS.add(helper)
    yield context, "__aenter__", _entering(context.__aenter__, condition)
    for probe in (
        Await(lock, "acquire", "acquire", _lock, _taken, wanted=_owner),
        Step(lock, "release", _lock, _given_back),
        Step(lock, "locked", _lock, looked("locked")),
        Await(event, "wait", "wait", _event, tells(Kind.PASS)),
        Step(event, "set", _event, tells(Kind.SET)),
        Step(event, "clear", _event, tells(Kind.CLEAR)),
        Step(event, "is_set", _event, looked("is_set")),
        Await(condition, "wait", "wait", _condition, tells(Kind.PASS)),
        Step(condition, "notify", _condition, _notified, before=_count_waiters),
        Step(condition, "notify_all", _condition, _notified, before=_count_waiters),
        Await(semaphore, "acquire", "acquire", _semaphore, _permit_taken),
        Step(semaphore, "release", _semaphore, _permit_given_back, before=_counted),
        Step(semaphore, "locked", _semaphore, looked("locked")),
        Step(bounded, "release", _semaphore, _permit_given_back, before=_counted),
        Await(barrier, "wait", "wait", _barrier, _through, _broken, closed=True),
        Await(barrier, "reset", "reset", _barrier, tells(Kind.RESET), closed=True),
        Await(barrier, "abort", "abort", _barrier, tells(Kind.BREAK), closed=True),
    ):
        yield probe.owner, probe.method, probe.wrap(getattr(probe.owner, probe.method))
