"""gevent's locks and semaphores, told like those of `threading`."""

from __future__ import annotations

from types import ModuleType

from ...trace.events import Kind
from ..seam.gevent_waits import Holder, holders
from .probe import Call, Probe, labelled, looked


def passed(call: Call, result: object) -> None:
    """Tell a wait that is over: for an event, or until a semaphore has a permit."""
    if result:
        call.emit(Kind.PASS)
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text=call.verb)


def _lock_kind(thing: object) -> str:
    """Return what a semaphore of gevent's stands for; `threading.Lock` is one, too, after monkey-patching."""
    names = {each.__name__ for each in type(thing).__mro__}
    if "LockType" in names:
        return "Lock"
    return "BoundedSemaphore" if "BoundedSemaphore" in names else "Semaphore"


def _lock(call: Call) -> int:
    kind = _lock_kind(call.thing)
    return labelled(kind, None if kind == "Lock" else lambda semaphore: int(semaphore.counter))(call)


def _permits(call: Call, held: int) -> int:
    return held if _lock_kind(call.thing) == "Lock" else int(call.thing.counter)


def _acquired(call: Call, result: object) -> None:
    if result:
        call.emit(Kind.ACQUIRE, value=_permits(call, 1))
        if call.thing.counter == 0:
            holders[call.thing] = Holder(call.task.acting)  # of several, the last one
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text="acquire")


def _entered(call: Call, _result: object) -> None:
    _acquired(call, result=True)


def _released(call: Call, _result: object) -> None:
    holders.pop(call.thing, None)
    call.emit(Kind.RELEASE, value=_permits(call, 0))


def semaphores(*owners: type) -> tuple[Probe, ...]:
    """Return what is watched of classes derived from gevent's semaphore."""
    table = (
        ("acquire", "acquire", _acquired),
        ("__enter__", "acquire", _entered),
        ("release", "release", _released),
        ("__exit__", "release", _released),
        ("wait", "wait", passed),
        ("locked", "locked", looked("locked")),
    )
    return tuple(
        Probe(owner, method, verb, _lock, told)
        for owner in owners
        for method, verb, told in table
        if method in vars(owner)
    )


_rlock = labelled("RLock")


def _rlock_acquired(call: Call, result: object) -> None:
    if result:
        call.emit(Kind.ACQUIRE, value=call.thing._count)
        holders[call.thing] = Holder(call.task.acting)
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text="acquire")


def _rlock_released(call: Call, _result: object) -> None:
    if not call.thing._count:
        holders.pop(call.thing, None)
    call.emit(Kind.RELEASE, value=call.thing._count)


def locks(module: ModuleType) -> tuple[Probe, ...]:
    """Return what is watched of `gevent.lock`."""
    kind = module.RLock
    return (
        *semaphores(module._AtomicSemaphoreMixin, module._AtomicBoundedSemaphore),
        Probe(kind, "acquire", "acquire", _rlock, _rlock_acquired),
        Probe(kind, "__enter__", "acquire", _rlock, _rlock_acquired),
        Probe(kind, "release", "release", _rlock, _rlock_released),
        Probe(kind, "__exit__", "release", _rlock, _rlock_released),
    )
