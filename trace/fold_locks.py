"""How locks and semaphores change hands."""

from typing import Final

from msgspec.structs import replace

from .events import NONE, Event, Kind
from .fold_acting import LIST_LIMIT, act, find, known, put_down, without
from .state import State

SEMAPHORES: Final = frozenset({"Semaphore", "BoundedSemaphore"})
COUNTED: Final = SEMAPHORES | {"CPU"}
"""Objects that several workers may hold at once, up to a number: permits, cores."""


def acquire(state: State, event: Event) -> None:
    """A worker takes a lock, once more if it is re-entrant, or one permit of a semaphore."""
    worker = find(state.workers, event.worker)
    thing = find(state.things, event.obj)
    if worker is None or thing is None:
        act(state, event)
    elif thing.kind in COUNTED:
        _take_permit(state, event)
    elif thing.owner == worker.id:
        act(state, event)
        thing = state.things[thing.id]
        state.things[thing.id] = replace(thing, depth=max(event.value, 1), uses=thing.uses + 1)
    else:
        _take_lock(state, event)


def release(state: State, event: Event) -> None:
    """A worker gives a lock back, by one level if it is re-entrant, or permits of a semaphore."""
    thing = find(state.things, event.obj)
    if thing is None:
        act(state, event)
    elif thing.kind in COUNTED:
        _give_permits(state, event)
    elif event.value > 0:
        act(state, event)
        state.things[thing.id] = replace(state.things[thing.id], depth=event.value)
    else:
        _give_lock(state, event)


def _take_lock(state: State, event: Event) -> None:
    """The worker is the owner from now on, whoever was before."""
    number, obj = event.worker, event.obj
    if state.things[obj].owner != NONE:
        put_down(state, state.things[obj].owner, state.things[obj])
    act(state, event, holds=_and(state.workers[number].holds, obj))
    thing = state.things[obj]
    depth, uses = max(event.value, 1), thing.uses + 1
    since, since_step = event.time, event.step
    thing = replace(thing, owner=number, depth=depth, uses=uses, since=since, since_step=since_step)
    if thing.kind == "GIL" and thing.worker not in (NONE, number):
        thing = replace(thing, passed=thing.passed + 1)
    state.things[obj] = thing


def _give_lock(state: State, event: Event) -> None:
    """Nobody is the owner from now on. A Lock may be released by somebody else than its owner."""
    thing = state.things[event.obj]
    if thing.owner == event.worker != NONE:
        act(state, event, holds=without(state.workers[event.worker].holds, thing.id))
    else:
        act(state, event)
        put_down(state, thing.owner, thing)
    thing = state.things[event.obj]
    by = known(state, event.worker) if thing.kind == "GIL" else thing.worker
    state.things[thing.id] = replace(thing, owner=NONE, depth=0, worker=by, since=event.time, since_step=event.step)


def _take_permit(state: State, event: Event) -> None:
    number, obj = event.worker, event.obj
    holders = state.things[obj].holders
    if len(holders) < LIST_LIMIT:
        holders = (*holders, number)
        act(state, event, holds=_and(state.workers[number].holds, obj))
    else:
        act(state, event)
    thing = state.things[obj]
    free, uses = max(event.value, 0), thing.uses + 1
    since, since_step = event.time, event.step
    state.things[obj] = replace(thing, holders=holders, free=free, uses=uses, since=since, since_step=since_step)


def _give_permits(state: State, event: Event) -> None:
    """Take permits from who gives them back; one that never held any frees the oldest, as when used as a signal."""
    act(state, event)
    thing = state.things[event.obj]
    free, holders = max(event.value, 0), thing.holders
    for _ in range(min(max(free - thing.free, 1), len(holders))):
        giver = event.worker if event.worker in holders else holders[0]
        holders = without(holders, giver)
        put_down(state, giver, thing)
    by = known(state, event.worker) if thing.kind == "CPU" else thing.worker
    since, since_step = event.time, event.step
    state.things[thing.id] = replace(thing, holders=holders, free=free, worker=by, since=since, since_step=since_step)


def _and(holds: tuple[int, ...], obj: int) -> tuple[int, ...]:
    return (*holds, obj) if len(holds) < LIST_LIMIT else holds


HANDLERS: Final = {Kind.ACQUIRE: acquire, Kind.RELEASE: release}
