"""Clauses about waiting: how it begins, and how it ends with nothing."""

from functools import partial
from typing import Final

from .events import NONE, Event, Kind
from .fold_acting import find
from .fold_locks import SEMAPHORES
from .narrate_nouns import call, thing, worker
from .narrate_words import duration, say
from .narrate_workers import Clause, plain
from .state import State, Thing
from .store import Trace

_WAITS: Final = {
    "Event": "wait.event",
    "Condition": "wait.condition",
    "Barrier": "wait.barrier",
    "Future": "wait.future",
    "Timer": "wait.timer",
}
_QUEUE_WAITS: Final = {"get": "wait.get", "put": "wait.put", "join": "wait.queue"}
_NOWHERE: Final = {"select": "wait.loop", "first": "wait.first"}
_REFUSALS: Final = {"get": "refuse.get", "put": "refuse.put"}
_SOCKETS: Final = ("accept", "recv", "send", "connect")


def _sleep(_trace: Trace, before: State, event: Event) -> str:
    who, until = worker(before, event.worker), max(event.value, 0)
    return say("sleep", worker=who, duration=duration(max(until - event.time, 0)), time=duration(until))


def _wait(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    who = worker(before, event.worker)
    if event.text == "select" and found is not None:
        return _until(say("wait.select", worker=who), event)
    if found is None:
        return _until(say(_NOWHERE.get(event.text, "wait.nothing"), worker=who), event)
    fields: dict[str, object] = {"worker": who, "thing": thing(before, found.id), "call": call(before, found.id)}
    fields["holder"] = worker(before, found.owner)
    if found.kind == "Barrier":
        fields["place"] = _place(found, event.worker)
        fields["parties"] = max(found.capacity, 0)
    return _until(say(_wait_key(found, event), **fields), event)


def _place(found: Thing, number: int) -> int:
    """Return the place of a worker, counted from 1, among those that wait for an object or are about to."""
    return (*found.waiters, number).index(number) + 1


def _wait_key(found: Thing, event: Event) -> str:
    """Return which sentence tells a wait for an object."""
    if found.kind == "CPU":
        return "wait.core"
    if found.kind == "GIL":
        return "wait.gil" if found.owner in (NONE, event.worker) else "wait.gil.held"
    if found.kind in SEMAPHORES:
        return "wait.permit"
    if found.owner != NONE:
        return "wait.own" if found.owner == event.worker else "wait.held"
    if found.kind == "socket" and event.text in _SOCKETS:
        return f"wait.{event.text}"
    if found.kind.endswith("Queue"):
        return _QUEUE_WAITS.get(event.text, "wait")
    if found.kind.endswith(("Executor", "Pool")) and event.text == "get":
        return "wait.pool"
    return _WAITS.get(found.kind, "wait")


def _join(_trace: Trace, before: State, event: Event) -> str:
    return _until(say("join", worker=worker(before, event.worker), other=worker(before, event.obj)), event)


def _joined(_trace: Trace, before: State, event: Event) -> str:
    waiting = find(before.workers, event.worker)
    key = "joined.waited" if waiting is not None and waiting.joins == event.obj else "joined"
    return say(key, worker=worker(before, event.worker), other=worker(before, event.obj))


def _time_out(_trace: Trace, before: State, event: Event) -> str:
    who = worker(before, event.worker)
    if event.text == "join":
        return say("timeout.join", worker=who, other=worker(before, event.obj))
    if event.text in {"select", "sleep"}:
        return say(f"timeout.{event.text}", worker=who)
    waiting = find(before.workers, event.worker)
    what = thing(before, event.obj)
    if waiting is None or waiting.wants != event.obj:
        return say("timeout", worker=who, thing=what)
    return say("timeout.waited", worker=who, thing=what, duration=duration(event.time - waiting.since))


def _refuse(_trace: Trace, before: State, event: Event) -> str:
    found = find(before.things, event.obj)
    fields = {"worker": worker(before, event.worker), "thing": thing(before, event.obj)}
    if found is None:
        return say("refuse", **fields)
    if event.text == "release":
        sort = ".permit" if found.kind in SEMAPHORES else "" if found.owner == NONE else ".held"
        return say(f"refuse.release{sort}", holder=worker(before, found.owner), **fields)
    if found.owner != NONE:
        return say("refuse.held", holder=worker(before, found.owner), **fields)
    if found.kind in SEMAPHORES:
        return say("refuse.permit", **fields)
    if found.kind == "socket" and event.text in _SOCKETS:
        return say(f"refuse.{event.text}", **fields)
    key = "refuse.event" if found.kind == "Event" else _REFUSALS.get(event.text, "refuse")
    return say(key, **fields)


def _until(clause: str, event: Event) -> str:
    """Add the deadline of a wait that has one."""
    return clause if event.value < 0 else say("until", clause=clause, time=duration(event.value))


CLAUSES: Final[dict[Kind, Clause]] = {
    Kind.SLEEP: _sleep,
    Kind.WAKE: partial(plain, "wake"),
    Kind.WAIT: _wait,
    Kind.JOIN: _join,
    Kind.JOINED: _joined,
    Kind.TIMEOUT: _time_out,
    Kind.REFUSE: _refuse,
}
