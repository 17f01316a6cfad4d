"""Clauses about locks, semaphores, events, conditions and barriers."""

from functools import partial
from typing import Final

from .events import NONE, Event, Kind
from .fold_acting import find
from .fold_locks import SEMAPHORES
from .narrate_nouns import thing, worker, workers
from .narrate_words import duration, quoted, say
from .narrate_workers import Clause, plain
from .state import State
from .store import Trace

_PASSES: Final = {"Event": "pass.event", "Condition": "pass.condition", "Barrier": "pass.barrier"}


def _acquire(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    fields: dict[str, object] = {"worker": worker(before, event.worker), "thing": thing(before, event.obj)}
    if found is not None and found.kind == "CPU":
        return say("acquire.core" if event.value > 0 else "acquire.core.last", count=event.value, **fields)
    if found is not None and found.kind in SEMAPHORES:
        key = "acquire.permit" if event.value > 0 else "acquire.permit.last"
        return say(key, count=event.value, **fields)
    if event.value > 1:
        return say("acquire.deeper", depth=event.value, **fields)
    waiting = find(before.workers, event.worker)
    waited = event.time - waiting.since if waiting is not None and waiting.wants == event.obj != NONE else 0
    if waited > 0:
        return say("acquire.waited", duration=duration(waited), **fields)
    return say("acquire", **fields)


def _release(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    fields: dict[str, object] = {"worker": worker(before, event.worker), "thing": thing(before, event.obj)}
    if found is None:
        return say("release", **fields)
    if found.kind == "CPU":
        return say("release.core", count=max(event.value, 0), **fields)
    if found.kind in SEMAPHORES:
        return say("release.permit", count=max(event.value, 0), **fields)
    if event.value > 0:
        return say("release.level", depth=event.value, **fields)
    if found.owner not in (NONE, event.worker):
        return say("release.other", owner=worker(before, found.owner), **fields)
    if found.waiters:
        return say("release.awaited", names=workers(before, found.waiters), **fields)
    return say("release", **fields)


def _set(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    fields = {"worker": worker(before, event.worker), "thing": thing(before, event.obj)}
    if found is None or not found.waiters:
        return say("set", **fields)
    return say("set.awaited", names=workers(before, found.waiters), **fields)


def _pass(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    kind = found.kind if found is not None else ""
    key = "pass.queue" if kind.endswith("Queue") else _PASSES.get(kind, "pass")
    return say(key, worker=worker(before, event.worker), thing=thing(before, event.obj))


def _notify(_trace: Trace, before: State, event: Event) -> str:
    key = "notify.none" if event.value <= 0 else "notify.one" if event.value == 1 else "notify"
    return say(key, worker=worker(before, event.worker), thing=thing(before, event.obj), count=event.value)


def _break(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    key = "break.again" if found is not None and found.flag else "break"
    return say(key, worker=worker(before, event.worker), thing=thing(before, event.obj))


def _look(_trace: Trace, before: State, event: Event) -> str:
    key = "look" if event.obj == NONE else "look.thing"
    text = quoted(event.text)
    return say(key, worker=worker(before, event.worker), thing=thing(before, event.obj), text=text)


CLAUSES: Final[dict[Kind, Clause]] = {
    Kind.ACQUIRE: _acquire,
    Kind.RELEASE: _release,
    Kind.SET: _set,
    Kind.CLEAR: partial(plain, "clear"),
    Kind.PASS: _pass,
    Kind.NOTIFY: _notify,
    Kind.RESET: partial(plain, "reset"),
    Kind.BREAK: _break,
    Kind.LOOK: _look,
}
