"""What workers read and write in variables that they share."""

from typing import Final

from msgspec.structs import replace

from .events import Event, Kind
from .fold_acting import act, change, find, known
from .state import Access, State, Thing

LEDGER: Final = 64
"""How many reads and writes of a variable its record keeps."""


def process(state: State, event: Event) -> None:
    """A process has a number."""
    act(state, event)
    worker = find(state.workers, event.obj)
    if worker is not None:
        state.workers[worker.id] = replace(worker, pid=event.value)


def read(state: State, event: Event) -> None:
    """A worker reads a variable."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is not None:
        _enter(state, thing, Access(known(state, event.worker), False, event.text, event.step))
        change(state, thing.id, result=event.text)


def write(state: State, event: Event) -> None:
    """A worker writes a variable."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None:
        return
    writer = known(state, event.worker)
    stale = is_stale(thing, writer)
    _enter(state, thing, Access(writer, True, event.text, event.step, stale))
    changes = {"uses": thing.uses + 1, "lost": thing.lost + stale, "since": event.time, "since_step": event.step}
    change(state, thing.id, result=event.text, worker=writer, **changes)


def is_stale(thing: Thing, worker: int) -> bool:
    """Tell whether a write by `worker` would undo one that it has not seen: it read the variable before that."""
    for access in reversed(thing.ledger):
        if access.worker == worker:
            return False
        if access.write:
            return any(earlier.worker == worker and not earlier.write for earlier in _since_own_write(thing, worker))
    return False


def _since_own_write(thing: Thing, worker: int) -> list[Access]:
    """Return the accesses after the last write of `worker`."""
    kept: list[Access] = []
    for access in reversed(thing.ledger):
        if access.worker == worker and access.write:
            break
        kept.append(access)
    return kept


def _enter(state: State, thing: Thing, access: Access) -> None:
    change(state, thing.id, ledger=(*thing.ledger, access)[-LEDGER:])


HANDLERS: Final = {Kind.PROCESS: process, Kind.READ: read, Kind.WRITE: write}
