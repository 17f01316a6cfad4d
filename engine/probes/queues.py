"""Queue, LifoQueue, PriorityQueue and SimpleQueue."""

from __future__ import annotations

import queue
from typing import Any

from ...trace.events import NONE, Kind
from ..record.callers import is_users_call
from .items import got, place, refused
from .probe import Call, Probe, labelled, looked, tells
from .text import shown
from .work import pool_of


def _queue(call: Call) -> int:
    thing = call.thing
    kind = "SimpleQueue" if isinstance(thing, queue._PySimpleQueue) else type(thing).__name__  # type: ignore[attr-defined]
    return labelled(kind, lambda each: int(getattr(each, "maxsize", 0)))(call)


def _place(call: Call, item: Any) -> int:
    """Return how many items will leave before `item`, which has just been put."""
    thing = call.thing
    kind = next((each.__name__ for each in (queue.LifoQueue, queue.PriorityQueue) if isinstance(thing, each)), "Queue")
    items = thing._queue if isinstance(thing, queue._PySimpleQueue) else thing.queue  # type: ignore[attr-defined]
    return place(kind, items, item)


def _put(call: Call, _result: object) -> None:
    item = call.argument(0, "item")
    call.emit(Kind.PUT, value=_place(call, item), text=shown(call.kernel, item))


def _wanted(call: Call) -> int:
    """Number the queue; for a pool's idle worker the pool, which is what it waits on as far as a person can tell."""
    if is_users_call(call.frame):
        return _queue(call)
    pool = pool_of(call.thing)
    return NONE if pool is None else call.kernel.recorder.objects.number(pool)


def _got_unless_work(call: Call, item: object) -> None:
    if is_users_call(call.frame):
        got(call, item)


def _done(call: Call, _result: object) -> None:
    call.emit(Kind.DONE, value=call.thing.unfinished_tasks)


_SIMPLE = queue._PySimpleQueue  # type: ignore[attr-defined]

PROBES = (
    *(
        probe
        for owner in (queue.Queue, _SIMPLE)
        for probe in (
            Probe(owner, "put", "put", _queue, _put, refused),
            Probe(owner, "put_nowait", "put", _queue, _put, refused),
            Probe(owner, "get_nowait", "get", _queue, got, refused),
            Probe(owner, "qsize", "qsize", _queue, looked("qsize")),
            Probe(owner, "empty", "empty", _queue, looked("empty")),
        )
    ),
    Probe(queue.Queue, "get", "get", _queue, got, refused),
    Probe(_SIMPLE, "get", "get", _wanted, _got_unless_work, refused, forced=True),
    Probe(queue.Queue, "full", "full", _queue, looked("full")),
    Probe(queue.Queue, "task_done", "task_done", _queue, _done),
    Probe(queue.Queue, "join", "join", _queue, tells(Kind.PASS)),
)
