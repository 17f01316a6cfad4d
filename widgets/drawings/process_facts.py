"""What the picture of the processes shows: each with its workers and its own variables, or their counts.

Where workers run inside threads, one process has a picture too: it is what they are inside of.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...locales.words import ngettext
from ...trace.events import NONE
from ...trace.state import State, Status, Thing, Worker
from .. import processes
from ..fitting import plain
from ..nesting import sort_of
from ..worker_order import insiders
from .scene import Who, who_is

NAMED: Final = 16
"""Processes that are shown each for itself; of more there are only counts."""

_MEMBERS: Final = 8
"""Workers of one process that are looked up."""

STRANDS_NAMED: Final = 24
"""Workers inside one thread that are looked up by name."""

_MOSAIC: Final = 2_000
"""Workers inside one thread of which each has a glyph; more than any box has room for."""

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
class Strands:
    """The workers inside one thread."""

    count: int
    word: str
    """"3 coroutines", or "3 workers" where there are several kinds."""
    sign: str
    """The sign of their kind."""
    first: tuple[Who, ...]
    statuses: tuple[Status, ...]
    """What each does, as far as a mosaic shows it."""
    counts: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread of a process."""

    who: Who
    lit: bool
    """It runs, or somebody inside it does."""
    strands: Strands | None = None


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
    threads: tuple[Thread, ...] = ()
    """The first of its threads, where some of the run have workers inside."""
    more: int = 0
    """How many threads it has besides."""

    @property
    def size(self) -> int:
        """How many workers it has."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Processes:
    """Everything that the picture shows: counts, and every process, unless there are more than `NAMED`."""

    count: int
    each: tuple[Process, ...] = ()
    counts: tuple[tuple[Status, int], ...] = ()
    """How many processes' main threads are in each state."""
    values: tuple[tuple[str, str, int], ...] = ()
    """Name and value of a variable, and how many processes have it so; the most frequent first."""
    nested: bool = False
    """Some threads have workers inside."""


def look(state: State) -> Processes:
    """Gather what the picture shows of a state's processes; nothing of one that has nothing but threads."""
    if not (state.nested or processes.several(state)):
        return Processes(0)
    mains = processes.mains(state)
    summary = _summary(state, mains)
    if len(mains) > NAMED:
        return summary
    members = processes.members(state)
    owned: dict[int, list[Thing]] = {process: [] for process in members}
    for thing in state.things:
        if thing.kind == processes.KIND and (process := processes.process_of(state, thing)) in owned:
            owned[process].append(thing)
    inside = insiders(state)
    told = _told([thing for things in owned.values() for thing in things])
    return replace(
        summary,
        each=tuple(
            Process(
                processes.name_of(state, process),
                processes.number_of(state, process),
                any(worker.id == state.running for worker in workers),
                tuple(who_is(state, worker.id) for worker in workers[:_MEMBERS]),
                _counts(workers),
                tuple(told[thing.id] for thing in owned[process][:_VARIABLES]),
                *_threads(state, workers, inside),
            )
            for process, workers in members.items()
        ),
        nested=state.nested > 0,
    )


def _threads(state: State, workers: list[Worker], inside: dict[int, list[Worker]]) -> tuple[tuple[Thread, ...], int]:
    """Return the first threads of a process, and how many there are besides; nothing where none has workers inside."""
    if not inside:
        return (), 0
    threads = [worker for worker in workers if worker.host == NONE]
    running = state.workers[state.running] if 0 <= state.running < len(state.workers) else None
    lit = {running.id, running.host} if running is not None else set()
    shown = tuple(
        Thread(_named(state, one), one.id in lit, _strands(state, inside.get(one.id, ()))) for one in threads[:_MEMBERS]
    )
    return shown, max(len(threads) - _MEMBERS, 0)


def _named(state: State, thread: Worker) -> Who:
    """Return a thread as its process's box names it: the main thread goes by its own name there."""
    who = who_is(state, thread.id)
    return replace(who, name=processes.MAIN_THREAD) if thread.id == thread.process else who


def _strands(state: State, workers: Sequence[Worker]) -> Strands | None:
    sorts = {sort_of(one) for one in {worker.flags: worker for worker in workers}.values()} - {None}
    if not workers:
        return None
    sort = sorts.pop() if len(sorts) == 1 else None
    count = len(workers)
    return Strands(
        count,
        sort.counted(count) if sort else ngettext("{count:,} worker", "{count:,} workers", count),
        sort.sign() if sort else "·",
        tuple(who_is(state, worker.id) for worker in workers[:STRANDS_NAMED]),
        tuple(worker.status for worker in workers[:_MOSAIC]),
        _counts(workers),
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


def _summary(state: State, mains: Sequence[int]) -> Processes:
    """Return the counts of very many processes, without a look at each of their workers."""
    variables = (thing for thing in state.things if thing.kind == processes.KIND)
    values = Counter(
        (plain(thing.name), plain(thing.result)) for thing in variables if processes.process_of(state, thing) != NONE
    )
    return Processes(
        len(mains),
        counts=_counts([state.workers[main] for main in mains if 0 <= main < len(state.workers)]),
        values=tuple((name, value, count) for (name, value), count in values.most_common(_VALUES)),
    )


def _counts(workers: Sequence[Worker]) -> tuple[tuple[Status, int], ...]:
    counts = Counter(worker.status for worker in workers)
    return tuple((status, counts[status]) for status in Status if status in counts)
