"""gevent's own events, results, locks, queues and pools, told like those of `threading`, `queue` and `futures`.

gevent is imported anew for each run. Therefore the probes are made from its modules, by name, when these are there.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from ...trace.events import NONE, Kind
from ..seam import socket_trace
from ..seam.gevent_waits import worker_of
from ..seam.sockets import end_of
from ..seam.threads import describe
from .gevent_locks import locks, passed, semaphores
from .items import got, place, refused
from .probe import Call, Probe, labelled, looked, tells
from .text import shown


def _nothing(_call: Call) -> int:
    return NONE


# Greenlets.


def _joined(call: Call, _result: object) -> None:
    worker = worker_of(call.thing)
    if worker is not None and worker.done and not call.task.began_wait:
        call.emit(Kind.JOINED, obj=worker.id)


def _asked_to_stop(call: Call) -> None:
    for each in getattr(call.thing, "greenlets", (call.thing,)):
        worker = worker_of(each)
        if worker is not None and not worker.done:
            call.emit(Kind.INTERRUPT, obj=worker.id)


def _greenlets(module: ModuleType) -> tuple[Probe, ...]:
    kind = module.Greenlet
    return (
        Probe(kind, "join", "join", _nothing, _joined),
        Probe(kind, "get", "join", _nothing, _joined),
        Probe(kind, "kill", "join", _nothing, before=_asked_to_stop),
    )


# Events and results.

_event = labelled("Event")


def _events(module: ModuleType) -> tuple[Probe, ...]:
    event, result = module.Event, module.AsyncResult
    return (
        Probe(event, "wait", "wait", _event, passed),
        Probe(event, "set", "set", _event, tells(Kind.SET)),
        Probe(event, "clear", "clear", _event, tells(Kind.CLEAR)),
        Probe(event, "is_set", "is_set", _event, looked("is_set")),
        Probe(result, "set", "set_result", _result, before=_resolving),
        Probe(result, "set_exception", "set_exception", _result, before=_rejecting),
        Probe(result, "get", "result", _result, tells(Kind.RESULT), _received_error),
        Probe(result, "get_nowait", "result", _result, tells(Kind.RESULT), _received_error),
        Probe(result, "result", "result", _result, tells(Kind.RESULT), _received_error),
        Probe(result, "wait", "result", _result, _waited),
        Probe(result, "ready", "ready", _result, looked("ready")),
        Probe(result, "done", "done", _result, looked("done")),
    )


_result = labelled("Future")


def _resolving(call: Call) -> None:
    call.emit(Kind.RESOLVE, text=shown(call.kernel, call.argument(0, "value")))


def _rejecting(call: Call) -> None:
    error = call.argument(0, "exception")
    call.emit(Kind.REJECT, text=describe(error) if isinstance(error, BaseException) else "")


def _received_error(call: Call, error: BaseException) -> None:
    if error is call.thing.exception:
        call.emit(Kind.RESULT)


def _waited(call: Call, _value: object) -> None:
    if call.thing.ready():
        call.emit(Kind.RESULT)


# Queues.


def _queue(call: Call) -> int:
    return labelled(_queue_kind(call.thing), lambda queue: int(getattr(queue, "maxsize", None) or 0))(call)


def _queue_kind(thing: object) -> str:
    names = [each.__name__ for each in type(thing).__mro__]
    return next(name for name in names if name in {"LifoQueue", "PriorityQueue", "Queue", "SimpleQueue", "Channel"})


def _place(call: Call, item: Any) -> int:
    """Return how many items will leave before `item`, which has just been put."""
    return place(_queue_kind(call.thing), getattr(call.thing, "queue", ()), item)


def _put(call: Call, _result: object) -> None:
    item = call.argument(0, "item")
    call.emit(Kind.PUT, value=_place(call, item), text=shown(call.kernel, item))


def _done(call: Call, _result: object) -> None:
    call.emit(Kind.DONE, value=call.thing.unfinished_tasks)


def _queues(module: ModuleType) -> tuple[Probe, ...]:
    table = (
        ("put", "put", _put, refused),
        ("put_nowait", "put", _put, refused),
        ("get", "get", got, refused),
        ("get_nowait", "get", got, refused),
        ("__next__", "get", got, None),
        ("qsize", "qsize", looked("qsize"), None),
        ("empty", "empty", looked("empty"), None),
        ("full", "full", looked("full"), None),
        ("task_done", "task_done", _done, None),
        ("join", "join", tells(Kind.PASS), None),
    )
    return tuple(
        Probe(owner, method, verb, _queue, told, failed)
        for owner in (module.SimpleQueue, module.Queue, module.UnboundQueue, module.Channel)
        for method, verb, told, failed in table
        if method in vars(owner)
    )


# Sockets. What is sent and received is told below; here, what a greenlet waits for.


def _socket(call: Call) -> int:
    end = end_of(call.thing.fileno())
    return NONE if end is None else socket_trace.number(end, call.thing)


def _sockets(owner: type) -> tuple[Probe, ...]:
    verbs = {
        "accept": ("accept",),
        "connect": ("connect", "connect_ex"),
        "recv": ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into"),
        "send": ("send", "sendall", "sendto", "sendmsg"),
    }
    return tuple(
        Probe(owner, method, verb, _socket, point=False, forced=True)
        for verb, methods in verbs.items()
        for method in methods
        if method in vars(owner)
    )


# Groups and pools of greenlets.

_pool = labelled("Semaphore", lambda pool: NONE if pool.size is None else int(pool.size))
"""A pool is seen as what it has inside: so many permits, and each greenlet of it has one."""


def _spawned(call: Call, green: object) -> None:
    worker = worker_of(green)
    if worker is not None:
        call.kernel.recorder.emit(Kind.ACQUIRE, obj=call.number, value=call.thing.free_count(), worker=worker.id)


def _pools(module: ModuleType) -> tuple[Probe, ...]:
    return (
        Probe(module.Group, "kill", "join", _nothing, before=_asked_to_stop),
        Probe(module.Group, "join", "join", _nothing),
        Probe(module.Pool, "spawn", "acquire", _pool, _spawned),
    )


PROBES: Final[dict[str, Callable[[ModuleType], tuple[Probe, ...]]]] = {
    "gevent.greenlet": _greenlets,
    "gevent.event": _events,
    "gevent._semaphore": lambda module: semaphores(module.Semaphore, module.BoundedSemaphore),
    "gevent.lock": locks,
    "gevent.thread": lambda module: semaphores(module.LockType),
    "gevent.queue": _queues,
    "gevent.pool": _pools,
    "gevent._socketcommon": lambda module: _sockets(module.SocketMixin),
    "gevent._socket3": lambda module: _sockets(module.socket),
}
"""What is watched of each module of gevent."""
