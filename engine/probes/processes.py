"""`multiprocessing`: Process, and what processes share: events, conditions, barriers, queues and pipes.

A shared object is pickled into each process, so that there are several Python objects for one thing. The thing's number
in the trace hangs on the semaphore or the pipe end below them, which is one.
"""

from __future__ import annotations

import multiprocessing.process
import multiprocessing.queues
import multiprocessing.synchronize as sync
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from ...trace.events import NONE, Kind
from ..seam.pipes import Connection
from ..seam.semaphores import SemLock
from .items import got, refused
from .probe import Call, Probe, looked, tells
from .text import shown


def _shared(kind: str, core: Callable[[Any], object], capacity: Callable[[Any], int] | None = None) -> Any:
    """Return a label for things of one kind, known by their `core` and named after the object that the program has."""

    def label(call: Call) -> int:
        objects = call.kernel.recorder.objects
        key = core(call.thing)
        number = objects.number(key)
        if number == NONE:
            number = objects.declare(key, kind, capacity=NONE if capacity is None else capacity(call.thing))
        objects.look_for_name(number, call.frame, call.thing)
        return number

    return label


def _nothing(_call: Call) -> int:
    return NONE


_event = _shared("Event", lambda event: event._cond._lock._semlock)
_condition = _shared("Condition", lambda condition: condition._sleeping_count._semlock)
_barrier = _shared("Barrier", lambda barrier: barrier._cond._sleeping_count._semlock, lambda each: int(each.parties))


def _bound(each: Any) -> int:
    return 0 if getattr(each, "_maxsize", 0) >= SemLock.SEM_VALUE_MAX else int(getattr(each, "_maxsize", 0))


_queue = _shared("Queue", lambda each: each._reader._end, _bound)
_incoming = _shared("Pipe", lambda connection: connection._end)
_outgoing = _shared("Pipe", lambda connection: connection._end.other)


def _passed(call: Call, result: bool) -> None:
    if result:
        call.emit(Kind.PASS)
    elif not call.task.began_wait:
        call.emit(Kind.REFUSE, text="wait")


def _through(call: Call, index: int) -> None:
    call.emit(Kind.PASS, value=index)


def _broken(call: Call, error: BaseException) -> None:
    if isinstance(error, threading.BrokenBarrierError):
        call.emit(Kind.BREAK)


def _put(call: Call, _result: object) -> None:
    end = call.thing._reader._end
    waiting = len(end.inbox) + len(getattr(call.thing, "_buffer", ())) - 1
    call.emit(Kind.PUT, value=max(0, waiting), text=shown(call.kernel, call.argument(0, "obj")))


def _sent(call: Call, _result: object) -> None:
    value = max(0, len(call.thing._end.other.inbox) - 1)
    call.emit(Kind.PUT, value=value, text=shown(call.kernel, call.argument(0, "obj")))


class _Entered(Probe):
    """`with lock:` is an operation on the semaphore below, seen from the user's line."""

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:  # noqa: ARG002
        """Return an `__enter__` that hands the user's frame on."""
        return lambda lock: lock._semlock.acquire_at(sys._getframe(1))


class _Left(Probe):
    """The end of `with lock:`."""

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:  # noqa: ARG002
        """Return an `__exit__` that hands the user's frame on."""

        def leave(
            lock: Any, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
        ) -> None:
            lock._semlock.release_at(sys._getframe(1))

        return leave


_process = multiprocessing.process.BaseProcess

PROBES: tuple[Probe, ...] = (
    Probe(_process, "start", "start", _nothing),
    Probe(_process, "join", "join", _nothing),
    Probe(_process, "is_alive", "is_alive", _nothing, looked("is_alive")),
    Probe(_process, "terminate", "terminate", _nothing),
    Probe(_process, "kill", "kill", _nothing),
    _Entered(sync.SemLock, "__enter__", "acquire", _nothing),
    _Left(sync.SemLock, "__exit__", "release", _nothing),
    Probe(sync.Event, "wait", "wait", _event, _passed),
    Probe(sync.Event, "set", "set", _event, tells(Kind.SET)),
    Probe(sync.Event, "clear", "clear", _event, tells(Kind.CLEAR)),
    Probe(sync.Event, "is_set", "is_set", _event, looked("is_set")),
    Probe(sync.Condition, "wait", "wait", _condition, _passed),
    Probe(sync.Condition, "notify", "notify", _condition, tells(Kind.NOTIFY)),
    Probe(sync.Condition, "notify_all", "notify_all", _condition, tells(Kind.NOTIFY)),
    Probe(sync.Barrier, "wait", "wait", _barrier, _through, _broken),
    Probe(multiprocessing.queues.Queue, "put", "put", _queue, _put, refused),
    Probe(multiprocessing.queues.Queue, "get", "get", _queue, got, refused),
    Probe(multiprocessing.queues.SimpleQueue, "put", "put", _queue, _put),
    Probe(multiprocessing.queues.SimpleQueue, "get", "get", _queue, got),
    Probe(Connection, "send", "send", _outgoing, _sent),
    Probe(Connection, "recv", "recv", _incoming, got),
)
