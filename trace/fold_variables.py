"""What workers read and write in variables that they share."""

from typing import Final

from msgspec.structs import replace

from .events import Event, Kind
from .fold_acting import act, change, find, known, without
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
    """A worker reads a variable, and so knows its value until another one writes it."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None:
        return
    reader = known(state, event.worker)
    change(
        state,
        thing.id,
        result=event.text,
        ledger=_entered(thing, Access(reader, False, event.text, event.step)),
        aware=(*without(thing.aware, reader), reader),
        behind=without(thing.behind, reader),
    )


def write(state: State, event: Event) -> None:
    """A worker writes a variable; whoever had read it before is behind from now on."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None:
        return
    writer = known(state, event.worker)
    stale = is_stale(thing, writer)
    change(
        state,
        thing.id,
        result=event.text,
        ledger=_entered(thing, Access(writer, True, event.text, event.step, stale)),
        aware=(),
        behind=without((*thing.behind, *thing.aware), writer),
        worker=writer,
        uses=thing.uses + 1,
        lost=thing.lost + stale,
        since=event.time,
        since_step=event.step,
    )


def is_stale(thing: Thing, worker: int) -> bool:
    """Tell whether a write by `worker` would undo one that it has not seen: it read the variable before that."""
    return worker in thing.behind


def _entered(thing: Thing, access: Access) -> tuple[Access, ...]:
    return (*thing.ledger, access)[-LEDGER:]


HANDLERS: Final = {Kind.PROCESS: process, Kind.READ: read, Kind.WRITE: write}
