"""Event, Semaphore, BoundedSemaphore and Barrier."""

from __future__ import annotations

import threading

from ...trace.events import Kind
from .probe import Call, Probe, labelled, looked, tells

_event = labelled("Event")
_barrier = labelled("Barrier", lambda barrier: int(barrier.parties))


def _semaphore(call: Call) -> int:
    return labelled(type(call.thing).__name__, lambda semaphore: int(semaphore._value))(call)


def _passed(call: Call, result: bool) -> None:
    if result:
        call.emit(Kind.PASS)
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text="wait")


def _acquired(call: Call, result: bool) -> None:
    if result:
        call.emit(Kind.ACQUIRE, value=call.thing._value)
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text="acquire")


def _released(call: Call, _result: object) -> None:
    call.emit(Kind.RELEASE, value=call.thing._value)


def _through(call: Call, index: int) -> None:
    call.emit(Kind.PASS, value=index)


def _broken(call: Call, error: BaseException) -> None:
    if isinstance(error, threading.BrokenBarrierError):
        call.emit(Kind.BREAK)


def _one_too_many(call: Call, error: BaseException) -> None:
    if isinstance(error, ValueError):
        call.emit(Kind.REFUSE, text="release")


def _semaphores(owner: type) -> tuple[Probe, ...]:
    return (
        Probe(owner, "acquire", "acquire", _semaphore, _acquired),
        Probe(owner, "__enter__", "acquire", _semaphore, _acquired),
        Probe(owner, "release", "release", _semaphore, _released),
        Probe(owner, "__exit__", "release", _semaphore, _released),
    )


PROBES = (
    Probe(threading.Event, "wait", "wait", _event, _passed),
    Probe(threading.Event, "set", "set", _event, tells(Kind.SET)),
    Probe(threading.Event, "clear", "clear", _event, tells(Kind.CLEAR)),
    Probe(threading.Event, "is_set", "is_set", _event, looked("is_set")),
    Probe(threading.Event, "isSet", "is_set", _event, looked("is_set")),
    *_semaphores(threading.Semaphore),
    Probe(threading.BoundedSemaphore, "release", "release", _semaphore, _released, _one_too_many),
    Probe(threading.Barrier, "wait", "wait", _barrier, _through, _broken),
    Probe(threading.Barrier, "reset", "reset", _barrier, tells(Kind.RESET)),
    Probe(threading.Barrier, "abort", "abort", _barrier, tells(Kind.BREAK)),
)


def _look(name: str) -> property:
    original = vars(threading.Barrier)[name]
    assert isinstance(original, property)
    assert original.fget is not None
    return property(Probe(threading.Barrier, name, name, _barrier, looked(name)).wrap(original.fget))


LOOKS = {name: _look(name) for name in ("n_waiting", "broken")}
"""Properties of a Barrier that change as workers come."""
