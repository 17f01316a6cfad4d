"""Which stall each holder of a semaphore stands in, so that nobody changes stalls while somebody else leaves.

The state lists holders oldest first and knows no stalls. They are given out here: whoever comes takes the lowest free
one. To start from the beginning for every picture would cost the whole trace, so the count starts anew, with the
holders in their order, at every `BLOCK` events; the result depends on the trace and the cursor only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from ...trace.events import NONE, Event, Kind
from ...trace.state import State
from ...trace.store import Trace
from .foresight import between

BLOCK: Final = 4096


@dataclass(frozen=True, slots=True)
class Tenant:
    """Who stands in a stall, and since when (virtual nanoseconds)."""

    worker: int
    since: int


Places = tuple[Tenant | None, ...]
_latest: Final[WeakKeyDictionary[Trace, dict[int, tuple[int, Places]]]] = WeakKeyDictionary()


def tenants(trace: Trace, state: State, number: int) -> Places:
    """Return the stalls of semaphore `number`, as far as anybody has stood in them; None is a free one."""
    known = _latest.setdefault(trace, {})
    at, places = known.get(number, (-1, ()))
    base = state.position // BLOCK * BLOCK
    if not base <= at <= state.position:
        at, places = base, _anew(trace.state(base) if base else State(), number)
    places = _replayed(places, between(trace, at, state.position, number))
    known[number] = state.position, places
    return _checked(places, state.things[number].holders, state.time)


def _anew(state: State, number: int) -> Places:
    holders = state.things[number].holders if number < len(state.things) else ()
    return tuple(Tenant(worker, state.time) for worker in holders)


def _replayed(places: Places, events: Iterable[Event]) -> Places:
    stalls = list(places)
    for event in events:
        if event.kind is Kind.ACQUIRE:
            _enter(stalls, Tenant(event.worker, event.time))
        elif event.kind is Kind.RELEASE:
            _leave(stalls, event.worker)
    return tuple(stalls)


def _enter(stalls: list[Tenant | None], tenant: Tenant) -> None:
    for at, there in enumerate(stalls):
        if there is None:
            stalls[at] = tenant
            return
    stalls.append(tenant)


def _leave(stalls: list[Tenant | None], worker: int) -> None:
    """Free the stall where the worker stands longest; where it stands in none, that of the longest tenant."""
    taken = [(there.worker != worker, there.since, at) for at, there in enumerate(stalls) if there]
    if taken:
        stalls[min(taken)[2]] = None


def _checked(places: Places, holders: Iterable[int], time: int) -> Places:
    """Return the places with exactly these holders: the state has the last word on who is in."""
    missing = list(holders)
    stalls: list[Tenant | None] = []
    for there in places:
        if there and there.worker in missing:
            missing.remove(there.worker)
            stalls.append(there)
        else:
            stalls.append(None)
    for worker in missing:
        if worker != NONE:
            _enter(stalls, Tenant(worker, time))
    return tuple(stalls)
