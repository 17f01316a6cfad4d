"""What the picture of a pool shows: its tasks by phase, its workers, its results and callbacks."""

from dataclasses import dataclass
from typing import Final

from ...trace.events import NONE, Kind
from ...trace.state import State, Thing
from ..fitting import plain
from .foresight import upcoming
from .scene import SHOWN, Crowd, Plate, Scene, Who

_CALLBACKS: Final = 8
"""How many of the latest callbacks are told at most."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One worker of the pool, with the task it runs, if any."""

    who: Who
    name: str
    """The worker's name without what all workers of the pool have in common."""
    task: str
    ran: int
    """Virtual nanoseconds since the task was taken."""
    takes: int
    """Virtual nanoseconds the task takes in all, if the trace says so; or 0."""


@dataclass(frozen=True, slots=True)
class Result:
    """One settled task."""

    text: str
    phase: str


@dataclass(frozen=True, slots=True)
class Callback:
    """One callback that ran."""

    text: str
    who: Who
    in_pool: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything that the picture of a pool shows."""

    plate: Plate
    size: int
    closed: bool
    pending: tuple[str, ...]
    slots: tuple[Slot, ...]
    results: tuple[Result, ...]
    """The latest last."""
    callbacks: tuple[Callback, ...]
    """The latest last."""
    waiting: Crowd
    """Those who wait for results."""
    wanted: str
    """The call that the first of them waits for."""
    counts: tuple[int, int, int, int]
    """Submitted, pending, running, settled."""
    called_back: int


@dataclass(slots=True)
class _Tasks:
    """The pool's futures, sorted by phase in one pass."""

    pending: list[Thing]
    running: list[Thing]
    settled: list[Thing]
    workers: set[int]
    """Those who ever took a task."""
    wanted: list[Thing]
    """Those somebody waits for."""
    called: list[Thing]


def look(scene: Scene) -> Pool:
    """Gather what the picture shows."""
    thing, state = scene.thing, scene.state
    tasks = _sorted(thing, state)
    settled = sorted(tasks.settled[-SHOWN:], key=lambda future: (future.since, future.since_step))
    called = sorted(tasks.called, key=lambda future: (future.since, future.since_step))[-_CALLBACKS:]
    callbacks = [
        Callback(f"{plain(name)}({_result(future).text})", who, worker in tasks.workers)
        for future in called
        for name, worker in future.callbacks[-_CALLBACKS:]
        if (who := scene.who(worker))
    ]
    return Pool(
        scene.plate(parts=False),
        max(thing.capacity, 0),
        thing.flag,
        tuple(plain(future.call or future.name) for future in tasks.pending[:SHOWN]),
        _slots(scene, tasks),
        tuple(map(_result, settled)),
        tuple(callbacks[-_CALLBACKS:]),
        scene.crowd([worker for future in tasks.wanted[:SHOWN] for worker in future.waiters]),
        plain(tasks.wanted[0].call or tasks.wanted[0].name) if tasks.wanted else "",
        (thing.uses, len(tasks.pending), len(tasks.running), len(tasks.settled)),
        sum(len(future.callbacks) for future in tasks.called),
    )


def _sorted(pool: Thing, state: State) -> _Tasks:
    tasks = _Tasks([], [], [], set(), [], [])
    things = state.things
    known = len(things)
    for number in pool.parts:
        if not 0 <= number < known or (future := things[number]).kind != "Future":
            continue
        phase = future.phase
        (tasks.pending if phase in ("pending", "") else tasks.running if phase == "running" else tasks.settled).append(
            future
        )
        if future.worker != NONE:
            tasks.workers.add(future.worker)
        if future.waiters:
            tasks.wanted.append(future)
        if future.callbacks:
            tasks.called.append(future)
    return tasks


def _slots(scene: Scene, tasks: _Tasks) -> tuple[Slot, ...]:
    """Return a slot for every worker that ever took a task, by its number, so that each keeps its slot."""
    state, trace = scene.state, scene.trace
    running = {future.worker: future for future in tasks.running}
    slots = []
    for worker in sorted(tasks.workers.union(scene.thing.waiters))[:SHOWN]:
        who = scene.who(worker)
        if who is None:
            continue
        name = who.name.removeprefix(f"{scene.thing.kind}-")
        future = running.get(worker)
        if future is None:
            slots.append(Slot(who, name, "", 0, 0))
            continue
        end = upcoming(trace, state.position, future.id, Kind.RESOLVE, Kind.REJECT)
        takes = end.time - future.since if end else 0
        slots.append(Slot(who, name, plain(future.call or future.name), scene.age(future.since), takes))
    return tuple(slots)


def _result(future: Thing) -> Result:
    return Result(plain(future.result) if future.phase != "cancelled" else plain(future.call), future.phase)
