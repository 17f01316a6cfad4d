"""Each kind of event as a clause: the table of all that tell one."""

from typing import Final

from . import narrate_sockets, narrate_sync, narrate_variables, narrate_waits, narrate_work, narrate_workers
from .events import Event, Kind
from .narrate_workers import Clause
from .state import State
from .store import Trace

_CLAUSES: Final[dict[Kind, Clause]] = {
    **narrate_workers.CLAUSES,
    **narrate_waits.CLAUSES,
    **narrate_sync.CLAUSES,
    **narrate_work.CLAUSES,
    **narrate_sockets.CLAUSES,
    **narrate_variables.CLAUSES,
}


def clause(trace: Trace, before: State, event: Event) -> str:
    """Return what happens in the event, as a clause without its full stop; `before` is the state just before it."""
    return _CLAUSES[event.kind](trace, before, event)
