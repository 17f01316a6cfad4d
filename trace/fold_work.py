"""How workers compute for as long as their calls are declared to cost: several at once, each on a core of its own."""

from typing import Final

from msgspec.structs import replace

from .events import Event, Kind
from .fold_acting import act, find
from .state import COMPUTING, State


def work(state: State, event: Event) -> None:
    """A worker computes from now on; one that computes already does so for longer or shorter, and does nothing else."""
    worker = find(state.workers, event.worker)
    if worker is not None and worker.operation == COMPUTING:
        state.workers[worker.id] = replace(worker, deadline=event.value)
    else:
        act(state, event, operation=COMPUTING, deadline=event.value, computing=event.text)


def worked(state: State, event: Event) -> None:
    """A worker computes no longer, because it is done or because it has to make room for another."""
    worker = find(state.workers, event.worker)
    computing = worker.computing if worker is not None and event.value > 0 else ""
    act(state, event, left=max(event.value, 0), computing=computing)


HANDLERS: Final = {Kind.WORK: work, Kind.WORKED: worked}
