"""What the picture of the processes shows: each with its workers and its own variables, or their counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...trace.state import State, Status, Thing, Worker
from .. import processes
from ..fitting import plain
from .scene import Who, who_is

NAMED: Final = 16
"""Processes that are shown each for itself; of more there are only counts."""

_MEMBERS: Final = 8
"""Workers of one process that are looked up."""

_VARIABLES: Final = 8
_VALUES: Final = 8


@dataclass(frozen=True, slots=True)
class Variable:
    """One process's own variable."""

    name: str
    value: str
    differs: bool = False
    """Another process has another value under that name."""
    touched: bool = False
    """It differs because of what this process wrote: more than once, or as the last of those that have the name."""
    changed: bool = False
    """It was written more than once."""
    step: int = 0
    """Of its last write."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process."""

    name: str
    number: str
    """"pid 5000", or "" where it is not known."""
    lit: bool
    """The worker that runs is in it."""
    workers: tuple[Who, ...]
    """The first of them."""
    counts: tuple[tuple[Status, int], ...]
    """How many of its workers are in each state."""
    variables: tuple[Variable, ...]

    @property
    def size(self) -> int:
        """How many workers it has."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Processes:
    """Everything that the picture shows: every process, or, if there are more than `NAMED`, counts."""

    count: int
    each: tuple[Process, ...] = ()
    counts: tuple[tuple[Status, int], ...] = ()
    """How many processes' main threads are in each state."""
    values: tuple[tuple[str, str, int], ...] = ()
    """Name and value of a variable, and how many processes have it so; the most frequent first."""


def look(state: State) -> Processes:
    """Gather what the picture shows of a state's processes; nothing of them where there is only one."""
    if not processes.several(state):
        return Processes(0)
    members = processes.members(state)
    owned: dict[int, list[Thing]] = {process: [] for process in members}
    for thing in state.things:
        if thing.kind == processes.KIND and (process := processes.process_of(state, thing)) in owned:
            owned[process].append(thing)
    if len(members) > NAMED:
        return _summary(members, owned)
    told = _told([thing for things in owned.values() for thing in things])
    return Processes(
        len(members),
        tuple(
            Process(
                processes.name_of(state, process),
                processes.number_of(state, process),
                any(worker.id == state.running for worker in workers),
                tuple(who_is(state, worker.id) for worker in workers[:_MEMBERS]),
                _counts(workers),
                tuple(told[thing.id] for thing in owned[process][:_VARIABLES]),
            )
            for process, workers in members.items()
        ),
    )


def _told(things: Sequence[Thing]) -> dict[int, Variable]:
    """Return variables by number, each compared with those of the same name in other processes."""
    namesakes: dict[str, list[Thing]] = {}
    for thing in things:
        namesakes.setdefault(thing.name, []).append(thing)
    told: dict[int, Variable] = {}
    for same in namesakes.values():
        differ = len({thing.result for thing in same}) > 1
        latest = max(same, key=lambda thing: (thing.since_step, thing.id)).id
        for thing in same:
            told[thing.id] = Variable(
                plain(thing.name),
                plain(thing.result),
                differ,
                differ and (thing.uses > 1 or thing.id == latest),
                thing.uses > 1,
                thing.since_step,
            )
    return told


def _summary(members: dict[int, list[Worker]], owned: dict[int, list[Thing]]) -> Processes:
    values = Counter((plain(thing.name), plain(thing.result)) for things in owned.values() for thing in things)
    return Processes(
        len(members),
        counts=_counts([workers[0] for workers in members.values()]),
        values=tuple((name, value, count) for (name, value), count in values.most_common(_VALUES)),
    )


def _counts(workers: Sequence[Worker]) -> tuple[tuple[Status, int], ...]:
    counts = Counter(worker.status for worker in workers)
    return tuple((status, counts[status]) for status in Status if status in counts)
