"""How locks and semaphores change hands."""

from typing import Final

from .events import NONE, Event, Kind
from .fold_acting import LIST_LIMIT, act, change, find, known, pick_up, put_down, without
from .state import State, Thing

SEMAPHORES: Final = frozenset({"Semaphore", "BoundedSemaphore"})


def acquire(state: State, event: Event) -> None:
    """A worker takes a lock, once more if it is re-entrant, or one permit of a semaphore."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None or known(state, event.worker) == NONE:
        return
    if thing.kind in SEMAPHORES:
        _take_permit(state, event, thing)
    else:
        _take_lock(state, event, thing)


def release(state: State, event: Event) -> None:
    """A worker gives a lock back, by one level if it is re-entrant, or permits of a semaphore."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None:
        return
    if thing.kind in SEMAPHORES:
        _give_permits(state, event, thing)
    else:
        _give_lock(state, event, thing)


def _take_lock(state: State, event: Event, thing: Thing) -> None:
    depth = max(event.value, 1)
    uses = thing.uses + 1
    if thing.owner == event.worker:
        change(state, thing.id, depth=depth, uses=uses)
        return
    put_down(state, thing.owner, thing)
    pick_up(state, event.worker, thing)
    since = {"since": event.time, "since_step": event.step}
    change(state, thing.id, owner=event.worker, depth=depth, uses=uses, **since)


def _give_lock(state: State, event: Event, thing: Thing) -> None:
    depth = max(event.value, 0)
    if depth:
        change(state, thing.id, depth=depth)
        return
    put_down(state, thing.owner, thing)
    change(state, thing.id, owner=NONE, depth=0, since=event.time, since_step=event.step)


def _take_permit(state: State, event: Event, thing: Thing) -> None:
    holders = thing.holders
    if len(holders) < LIST_LIMIT:
        holders = (*holders, event.worker)
        pick_up(state, event.worker, thing)
    free = max(event.value, 0)
    since = {"since": event.time, "since_step": event.step}
    change(state, thing.id, holders=holders, free=free, uses=thing.uses + 1, **since)


def _give_permits(state: State, event: Event, thing: Thing) -> None:
    """Take permits from who gives them back; one that never held any frees the oldest, as when used as a signal."""
    free = max(event.value, 0)
    holders = thing.holders
    for _ in range(min(max(free - thing.free, 1), len(holders))):
        giver = event.worker if event.worker in holders else holders[0]
        holders = without(holders, giver)
        put_down(state, giver, thing)
    change(state, thing.id, holders=holders, free=free, since=event.time, since_step=event.step)


HANDLERS: Final = {Kind.ACQUIRE: acquire, Kind.RELEASE: release}
