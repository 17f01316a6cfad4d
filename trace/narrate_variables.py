"""Clauses about processes and shared variables."""

from typing import Final

from .events import Event, Kind
from .fold_acting import find
from .fold_variables import is_stale
from .narrate_nouns import thing, worker
from .narrate_words import quoted, say
from .narrate_workers import Clause
from .state import State
from .store import Trace


def _process(_trace: Trace, before: State, event: Event) -> str:
    return say("process", other=worker(before, event.obj), number=event.value)


def _read(_trace: Trace, before: State, event: Event) -> str:
    who, what = worker(before, event.worker), thing(before, event.obj)
    return say("read", worker=who, thing=what, value=quoted(event.text))


def _write(_trace: Trace, before: State, event: Event) -> str:
    variable = find(before.things, event.obj)
    stale = variable is not None and is_stale(variable, event.worker)
    other = worker(before, variable.worker) if variable is not None else ""
    who, what = worker(before, event.worker), thing(before, event.obj)
    return say("write.stale" if stale else "write", worker=who, thing=what, value=quoted(event.text), other=other)


CLAUSES: Final[dict[Kind, Clause]] = {Kind.PROCESS: _process, Kind.READ: _read, Kind.WRITE: _write}
