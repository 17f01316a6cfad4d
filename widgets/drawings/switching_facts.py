"""Who has acted in turns in a thread with generators: the last turns up to the cursor, and what was handed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...trace.events import NONE, Event, Kind, WorkerFlag
from ...trace.narrate import DECLARATIONS
from ...trace.state import State, Status
from ...trace.store import Trace
from ..fitting import plain
from ..nesting import sort_of
from .scene import Who, who_is

TURNS: Final = 60
"""Most turns that are looked up."""

_SEARCHED: Final = 4_000
"""Events before the cursor that are looked at."""

_ROWS: Final = 5
"""Most workers that are shown; with more, those whose turns are the latest."""

_THREADS_OWN: Final = frozenset(
    {Kind.RUN, Kind.SLEEP, Kind.WAKE, Kind.WAIT, Kind.JOIN, Kind.JOINED, Kind.TIMEOUT, Kind.KILL}
)
"""Told of a thread whoever in it brings them about."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which one worker acted."""

    row: int
    value: str = ""
    """What it handed over at its end."""
    ended: Status | None = None
    """How it ended, if it did."""


@dataclass(frozen=True, slots=True)
class Switching:
    """Everything that the picture shows."""

    thread: str = ""
    rows: tuple[Who, ...] = ()
    signs: tuple[str, ...] = ()
    """The sign of each row's kind, or ""."""
    turns: tuple[Turn, ...] = ()
    """Oldest first."""
    more: int = 0
    """Generators of the thread that are not shown."""


def look(trace: Trace, state: State) -> Switching:
    """Gather the picture of the thread whose generator acted last; nothing where there are no generators."""
    generators = [one for one in state.workers if one.flags & WorkerFlag.GENERATOR] if state.nested else []
    if not generators:
        return Switching()
    latest = max(generators, key=lambda one: (one.last_step, one.id))
    host = latest.host
    members = {host, *(one.id for one in generators if one.host == host)}
    played = _played(trace, state.position, members, host)
    shown = _shown(played, members, host)
    rows = {worker: row for row, worker in enumerate(shown)}
    return Switching(
        plain(state.workers[host].name),
        tuple(who_is(state, worker) for worker in shown),
        tuple(sort.sign() if (sort := sort_of(state.workers[worker])) else "" for worker in shown),
        tuple(Turn(rows[worker], value, ended) for worker, value, ended in played if worker in rows),
        len(members) - len(shown),
    )


_Played = tuple[int, str, Status | None]
"""Who had a turn, what was handed over at its end, and how the worker ended with it."""

_ENDS: Final = {Kind.END: Status.FINISHED, Kind.FAIL: Status.FAILED}


def _played(trace: Trace, position: int, members: set[int], host: int) -> list[_Played]:
    """Return the last turns, oldest first."""
    turns: list[_Played] = []
    for event in _acts(trace, position, members, host):
        worker, handed = event.worker, event.kind is Kind.YIELD
        # Who is found to act before a hand-over of its own was resumed in between, whoever did that.
        if handed or event.kind in _ENDS or not turns or turns[-1][0] != worker:
            if turns and turns[-1][0] == worker and worker != host:
                turns.append((host, "", None))
            if len(turns) >= TURNS:
                break
            turns.append((worker, (plain(event.text) or "·") if handed else "", _ENDS.get(event.kind)))
    return turns[::-1]


def _acts(trace: Trace, position: int, members: set[int], host: int) -> Iterator[Event]:
    """Yield what these workers did themselves, the latest first."""
    for at in range(position - 1, max(position - 1 - _SEARCHED, -1), -1):
        event = trace.event(at)
        if event.worker in members and event.kind not in DECLARATIONS and event.worker != NONE:
            if event.worker == host and event.kind in _THREADS_OWN:
                continue
            yield event


def _shown(played: list[_Played], members: set[int], host: int) -> list[int]:
    """Return the workers that have a row: the thread, then its generators in order."""
    latest = dict.fromkeys(worker for worker, _, _ in reversed(played) if worker != host)
    others = [*latest, *(worker for worker in sorted(members - {host}, reverse=True) if worker not in latest)]
    return [host, *sorted(others[: _ROWS - 1])]
