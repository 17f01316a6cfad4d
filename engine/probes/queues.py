"""Queue, LifoQueue, PriorityQueue and SimpleQueue."""

from __future__ import annotations

import bisect
import queue
from typing import Any

from ...trace.events import NONE, Kind
from ..record.callers import is_users_call
from .probe import Call, Probe, labelled, looked
from .text import shown
from .work import pool_of


def _queue(call: Call) -> int:
    thing = call.thing
    kind = "SimpleQueue" if isinstance(thing, queue._PySimpleQueue) else type(thing).__name__  # type: ignore[attr-defined]
    return labelled(kind, lambda each: int(getattr(each, "maxsize", 0)))(call)


def _place(call: Call, item: Any) -> int:
    """Return how many items will leave before `item`, which has just been put."""
    thing = call.thing
    if isinstance(thing, queue.LifoQueue):
        return 0
    if isinstance(thing, queue.PriorityQueue):
        return bisect.bisect_left(sorted(thing.queue), item)
    items = thing._queue if isinstance(thing, queue._PySimpleQueue) else thing.queue  # type: ignore[attr-defined]
    return max(0, len(items) - 1)


def _put(call: Call, _result: object) -> None:
    item = call.argument(0, "item")
    call.emit(Kind.PUT, value=_place(call, item), text=shown(call.kernel, item))


def _got(call: Call, item: object) -> None:
    call.emit(Kind.GET, text=shown(call.kernel, item))


def _wanted(call: Call) -> int:
    """Number the queue; for a pool's idle worker the pool, which is what it waits on as far as a person can tell."""
    if is_users_call(call.frame):
        return _queue(call)
    pool = pool_of(call.thing)
    return NONE if pool is None else call.kernel.recorder.objects.number(pool)


def _got_unless_work(call: Call, item: object) -> None:
    if is_users_call(call.frame):
        _got(call, item)


def _refused(verb: str) -> Any:
    def failed(call: Call, error: BaseException) -> None:
        if isinstance(error, queue.Full | queue.Empty) and not call.task.began_wait:
            call.emit(Kind.REFUSE, text=verb)

    return failed


def _done(call: Call, _result: object) -> None:
    call.emit(Kind.DONE, value=call.thing.unfinished_tasks)


def _joined(call: Call, _result: object) -> None:
    call.emit(Kind.PASS)


_SIMPLE = queue._PySimpleQueue  # type: ignore[attr-defined]

PROBES = (
    *(
        probe
        for owner in (queue.Queue, _SIMPLE)
        for probe in (
            Probe(owner, "put", "put", _queue, _put, _refused("put")),
            Probe(owner, "put_nowait", "put", _queue, _put, _refused("put")),
            Probe(owner, "get_nowait", "get", _queue, _got, _refused("get")),
            Probe(owner, "qsize", "qsize", _queue, looked("qsize")),
            Probe(owner, "empty", "empty", _queue, looked("empty")),
        )
    ),
    Probe(queue.Queue, "get", "get", _queue, _got, _refused("get")),
    Probe(_SIMPLE, "get", "get", _wanted, _got_unless_work, _refused("get"), forced=True),
    Probe(queue.Queue, "full", "full", _queue, looked("full")),
    Probe(queue.Queue, "task_done", "task_done", _queue, _done),
    Probe(queue.Queue, "join", "join", _queue, _joined),
)
