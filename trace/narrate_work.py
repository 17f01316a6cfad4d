"""Clauses about queues, pools and futures."""

from functools import partial
from typing import Final

from .events import Event, Kind
from .fold_acting import find
from .narrate_nouns import call, thing, worker
from .narrate_words import quoted, say
from .narrate_workers import Clause, plain
from .state import State
from .store import Trace


def _put(_trace: Trace, before: State, event: Event) -> str:
    queue = find(before.things, event.obj)
    return _item("put", before, event, queue.size + 1 if queue is not None else 1)


def _get(_trace: Trace, before: State, event: Event) -> str:
    queue = find(before.things, event.obj)
    return _item("get", before, event, max(queue.size - 1, 0) if queue is not None else 0)


def _item(key: str, before: State, event: Event, count: int) -> str:
    key = f"{key}.none" if not count else key
    item = quoted(event.text)
    return say(key, worker=worker(before, event.worker), item=item, thing=thing(before, event.obj), count=count)


def _done(_trace: Trace, before: State, event: Event) -> str:
    key = "done" if event.value > 0 else "done.last"
    return say(key, worker=worker(before, event.worker), thing=thing(before, event.obj), count=event.value)


def _submit(_trace: Trace, before: State, event: Event) -> str:
    pool = thing(before, event.value)
    return say("submit", worker=worker(before, event.worker), call=quoted(event.text), pool=pool)


def _task(key: str, _trace: Trace, before: State, event: Event) -> str:
    """Tell an event of a future. Its text is a result, an error or a callback's name."""
    told = quoted(event.text)
    who, what = worker(before, event.worker), call(before, event.obj)
    return say(key, worker=who, call=what, result=told, error=told, callback=told)


def _result(_trace: Trace, before: State, event: Event) -> str:
    future = find(before.things, event.obj)
    result = future.result if future is not None and future.phase == "done" else ""
    key = "result.known" if result else "result"
    return say(key, worker=worker(before, event.worker), call=call(before, event.obj), result=quoted(result))


CLAUSES: Final[dict[Kind, Clause]] = {
    Kind.PUT: _put,
    Kind.GET: _get,
    Kind.DONE: _done,
    Kind.SUBMIT: _submit,
    Kind.TAKE: partial(_task, "take"),
    Kind.RESOLVE: partial(_task, "resolve"),
    Kind.REJECT: partial(_task, "reject"),
    Kind.CANCEL: partial(_task, "cancel"),
    Kind.CALLBACK: partial(_task, "callback"),
    Kind.RESULT: _result,
    Kind.SHUTDOWN: partial(plain, "shutdown"),
}
