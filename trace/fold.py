"""From events to the state: one function a kind, each small, all total.

No sequence of valid events makes the fold raise: a number that points nowhere is passed over, a count that makes no
sense is brought into range. So a trace from a stranger, or one whose start is odd, is still shown as far as it goes.

`running` is the worker of the latest event that a worker itself performs. When another one acts, it is ready again,
unless it waits or has ended, or computes beside the others; whatever it does next ends its wait.
"""

from collections.abc import Callable, Iterable
from typing import Final

from . import (
    fold_locks,
    fold_objects,
    fold_pools,
    fold_queues,
    fold_signals,
    fold_sockets,
    fold_variables,
    fold_work,
    fold_workers,
)
from .events import Event, Kind
from .fold_acting import LIST_LIMIT
from .state import State

ITEMS_SHOWN: Final = LIST_LIMIT
"""Most items of a queue that its record lists; `size` counts them all."""

_HANDLERS: Final[dict[Kind, Callable[[State, Event], None]]] = {
    **fold_objects.HANDLERS,
    **fold_workers.HANDLERS,
    **fold_locks.HANDLERS,
    **fold_signals.HANDLERS,
    **fold_queues.HANDLERS,
    **fold_pools.HANDLERS,
    **fold_sockets.HANDLERS,
    **fold_variables.HANDLERS,
    **fold_work.HANDLERS,
}


def apply(state: State, event: Event) -> None:
    """Fold one event into `state`, in place."""
    apply_all(state, (event,))


def apply_all(state: State, events: Iterable[Event]) -> None:
    """Fold events into `state`, in place and in order."""
    handlers = _HANDLERS
    event = None
    count = 0
    for event in events:
        handlers[event.kind](state, event)
        count += 1
    if event is not None:
        state.position += count
        state.time = event.time
        state.step = event.step
