"""Why a worker does not go on: who has what it needs since when, what that one is doing, and how it ends."""

from collections.abc import Iterator
from typing import Final

from .events import NONE, Event, Kind
from .narrate_clauses import clause
from .narrate_ends import ending
from .narrate_nouns import at_site, call, thing, worker, workers
from .narrate_words import duration, quoted, say
from .sockets import SOCKET, other_user, peer
from .state import COMPUTING, State, Status, Thing, Worker
from .store import Trace
from .waits import edge, is_able

_DEPTH: Final = 3
"""How far a chain of workers that wait for each other is followed."""

_SEARCH: Final = 4096
"""How many events of a step are searched for the one that took a lock."""

_ENDED: Final = {Status.FINISHED: "now.finished", Status.FAILED: "now.failed", Status.KILLED: "now.killed"}


def situation(trace: Trace, state: State, who: Worker) -> str:
    """Return what a worker is doing at the cursor, in one sentence."""
    name = worker(state, who.id)
    if who.cancelled:
        return say("end", clause=say("now.cancelled", worker=name))
    if who.status in _ENDED:
        return say("end", clause=say(_ENDED[who.status], worker=name, error=quoted(who.error)))
    if who.operation == COMPUTING:
        key = "now.computing.gil" if _has_gil(state, who) else "now.computing"
        return at_site(trace, who.site, say(key, worker=name, time=duration(max(who.deadline, 0))))
    if who.status is Status.RUNNING:
        return at_site(trace, who.site, say("now.running", worker=name))
    if who.status is Status.READY and not who.operation:
        return at_site(trace, who.site, say("now.ready" if who.begun else "now.new", worker=name))
    if who.status is Status.SLEEPING and is_able(state, who):
        return at_site(trace, who.site, say("now.slept", worker=name))
    if who.status is Status.SLEEPING:
        left = duration(max(who.deadline - state.time, 0))
        return at_site(trace, who.site, say("now.sleep", worker=name, time=duration(who.deadline), duration=left))
    kind, obj = (Kind.JOIN, who.joins) if who.joins != NONE else (Kind.WAIT, who.wants)
    wait = Event(kind, state.step, state.time, who.id, obj, who.deadline, who.operation)
    return at_site(trace, who.site, clause(trace, state, wait))


def reasons(trace: Trace, state: State, who: Worker) -> list[str]:
    """Return why a worker that waits cannot go on, in sentences; [] for one that does not wait."""
    if who.operation == COMPUTING:
        return []
    told = list(_reasons(trace, state, who, {who.id}))
    if who.operation and state.time > who.since and who.status is not Status.SLEEPING:
        waited = duration(state.time - who.since)
        since = say("why.since", worker=worker(state, who.id), duration=waited, step=who.since_step)
        told.append(say("end", clause=since))
    if not is_able(state, who):
        told += ending(trace, state, who)
    return told


def _reasons(trace: Trace, state: State, who: Worker, seen: set[int]) -> Iterator[str]:
    wait = edge(state, who)
    if wait is None:
        return
    found = state.things[wait.thing] if wait.thing != NONE else None
    if is_able(state, who):
        key = "why.free" if who.status in (Status.LOCK, Status.GIL) else "why.able"
        yield say("end", clause=say(key, worker=worker(state, who.id), thing=thing(state, wait.thing)))
        return
    if found is not None:
        yield from _obstacle(trace, state, who, found)
    holder = wait.holder
    if holder == NONE or holder in seen or len(seen) > _DEPTH:
        return
    seen.add(holder)
    yield situation(trace, state, state.workers[holder])
    yield from _reasons(trace, state, state.workers[holder], seen)


def _obstacle(trace: Trace, state: State, who: Worker, found: Thing) -> Iterator[str]:
    """Tell what about an object keeps a worker from going on."""
    what = thing(state, found.id)
    if found.owner not in (NONE, who.id):
        held = say("why.held", holder=worker(state, found.owner), thing=what, step=found.since_step)
        yield at_site(trace, _where_taken(trace, found), held)
    elif found.kind in ("GIL", "CPU") and found.worker == who.id:
        yield say("end", clause=say("why.dropped", worker=worker(state, who.id), thing=what))
    elif found.kind == "CPU":
        yield say("end", clause=say("why.cores", names=workers(state, dict.fromkeys(found.holders))))
    elif found.holders:
        names = workers(state, dict.fromkeys(found.holders))
        yield say("end", clause=say("why.permits", thing=what, names=names))
    elif found.kind == "Barrier":
        missing = max(found.capacity - len(found.waiters), 0)
        key = "why.missing.one" if missing == 1 else "why.missing"
        yield say("end", clause=say(key, thing=what, count=missing))
    elif found.kind == "Future":
        key = "why.pending" if found.phase != "running" else "why.works"
        yield say("end", clause=say(key, other=worker(state, found.worker), call=call(state, found.id)))
    elif found.kind == SOCKET:
        yield from _silence(state, who, found)
    if found.kind in ("GIL", "CPU") and len(found.waiters) > 1:
        yield say("end", clause=say("why.many", count=len(found.waiters), thing=what))
    if who.status is Status.LOCK and len(found.waiters) > 1 and who.id in found.waiters:
        place, count = found.waiters.index(who.id) + 1, len(found.waiters)
        yield say("end", clause=say("why.place", worker=worker(state, who.id), place=place, count=count, thing=what))


def _silence(state: State, who: Worker, found: Thing) -> Iterator[str]:
    """Tell what is missing at a socket."""
    what, other = thing(state, found.id), peer(state, found)
    if who.operation == "accept":
        yield say("end", clause=say("why.accept", thing=what))
    elif who.operation == "recv":
        number = other_user(state, found)
        key = "why.recv.nobody" if number == NONE else "why.recv"
        yield say("end", clause=say(key, thing=what, other=worker(state, number)))
    elif who.operation == "send" and other is not None and other.end is not None:
        yield say("end", clause=say("why.send", thing=what, count=other.end.incoming))


def _has_gil(state: State, who: Worker) -> bool:
    return any(state.things[held].kind == "GIL" for held in who.holds)


def _where_taken(trace: Trace, found: Thing) -> int:
    """Return the site where a lock's owner took it, or NONE where it cannot be found."""
    start, stop = trace.end_of_step(found.since_step - 1), trace.end_of_step(found.since_step)
    for index in range(start, min(stop, start + _SEARCH)):
        event = trace.event(index)
        if event.kind is Kind.ACQUIRE and event.obj == found.id and event.worker == found.owner:
            return event.site
    return NONE
