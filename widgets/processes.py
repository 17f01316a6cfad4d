"""Which process a worker or a variable belongs to, in the words that panes and drawings share."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from ..locales.words import _
from ..trace.events import NONE
from ..trace.state import State, Thing, Worker
from .fitting import plain

KIND: Final = "variable"
"""The kind of an object that is a shared variable; each process has variables of its own."""

MAIN_THREAD: Final = "MainThread"
_MAIN_PROCESS: Final = "MainProcess"
_PROCESS: Final = attrgetter("process")


def several(state: State) -> bool:
    """Tell whether the workers are in more than one process."""
    workers = state.workers
    return bool(workers) and any(process != workers[0].process for process in map(_PROCESS, workers))


def mains(state: State) -> list[int]:
    """Return the main thread of each process, in the order they were started."""
    return list(dict.fromkeys(map(_PROCESS, state.workers)))


def members(state: State) -> dict[int, list[Worker]]:
    """Return the workers of each process, processes and workers in the order they were started."""
    found: dict[int, list[Worker]] = {}
    for worker in state.workers:
        found.setdefault(worker.process, []).append(worker)
    return found


def process_of(state: State, thing: Thing) -> int:
    """Return the process of a variable: that of the worker that made it, or else of one that used it; or NONE."""
    workers: Sequence[Worker] = state.workers
    users = (thing.creator, *(access.worker for access in thing.ledger[:1]))
    return next((workers[user].process for user in users if 0 <= user < len(workers)), NONE)


def name_of(state: State, process: int) -> str:
    """Return a process's name; the first one has the name that `multiprocessing` gives it."""
    name = plain(state.workers[process].name) if 0 <= process < len(state.workers) else ""
    return _MAIN_PROCESS if name == MAIN_THREAD and process == 0 else name or _("process {process}", process=process)


def number_of(state: State, process: int) -> str:
    """Return "pid 5000", or "" where the trace does not tell it: it tells only where there are several processes."""
    number = state.workers[process].pid if 0 <= process < len(state.workers) else NONE
    return f"pid {number}" if number != NONE else ""
