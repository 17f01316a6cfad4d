"""A ThreadPoolExecutor: tasks pending, a slot for each of its workers, results, and the thread each callback ran on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ...trace.events import NONE, Kind
from ...trace.state import State, Thing
from ..fitting import cut, cut_middle, plain
from ..palette import LOOKS
from .bars import bar
from .foresight import upcoming
from .frame import MARGIN, framed, queue
from .ink import EMPTY, Picture, Row, Span, across, clip, length, middle, padded, row
from .scene import SHOWN, Crowd, Plate, Scene, Who, seconds

KINDS: Final = ("ThreadPoolExecutor", "ProcessPoolExecutor")

_WIDEST: Final = 18
_NARROWEST: Final = 10
_BANKS: Final = 2
_SLOT_ROWS: Final = 3
_CALLBACKS: Final = 2
"""How many of the latest callbacks are told at least."""
_CALLBACKS_KEPT: Final = 8


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
    called = sorted(tasks.called, key=lambda future: (future.since, future.since_step))[-_CALLBACKS_KEPT:]
    callbacks = [
        Callback(f"{plain(name)}({_result(future).text})", who, worker in tasks.workers)
        for future in called
        for name, worker in future.callbacks[-_CALLBACKS_KEPT:]
        if (who := scene.who(worker))
    ]
    return Pool(
        scene.plate(parts=False),
        max(thing.capacity, 0),
        thing.flag,
        tuple(plain(future.call or future.name) for future in tasks.pending[:SHOWN]),
        _slots(scene, tasks),
        tuple(map(_result, settled)),
        tuple(callbacks[-_CALLBACKS_KEPT:]),
        scene.crowd([worker for future in tasks.wanted[:SHOWN] for worker in future.waiters]),
        plain(tasks.wanted[0].call or tasks.wanted[0].name) if tasks.wanted else "",
        (thing.uses, len(tasks.pending), len(tasks.running), len(tasks.settled)),
        sum(len(future.callbacks) for future in tasks.called),
    )


def rows(capacity: int, width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _plan(capacity, width - MARGIN)[0] * _SLOT_ROWS + 2 * (1 + bands) + _CALLBACKS + bands


@lru_cache(maxsize=256)
def draw(facts: Pool, width: int, bands: int = 0) -> Picture:
    """Draw a pool."""
    inner = width - MARGIN
    body = [
        *_pending(facts, inner, 1 + bands),
        *_bank(facts, inner),
        *_results(facts, inner, 1 + bands),
        *_callbacks(facts, inner, _CALLBACKS + bands),
    ]
    submitted, pending, running, settled = facts.counts
    foot = (
        f"submitted {submitted:,}",
        f"running {running:,}",
        f"done {settled:,}",
        f"pending {pending:,}",
        f"callbacks {facts.called_back:,}" if facts.called_back else "",
    )
    if facts.closed:
        badge = Span("shut down", "muted", bold=True)
    else:
        busy = running >= facts.size > 0
        badge = Span(
            f"{running:,} of {facts.size:,} busy", "state-lock" if busy and pending else "state-running", bold=True
        )
    return framed(facts.plate, badge, body, foot, width)


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


@lru_cache(maxsize=256)
def _plan(size: int, inner: int) -> tuple[int, int, int]:
    """Return how the slots are laid out: rows of slots, slots in a row, cells of a slot."""
    size = max(size, 1)
    wide = max(min(inner // min(size, inner), _WIDEST), min(_NARROWEST, inner))
    in_row = max(inner // wide, 1)
    rows = min(-(-size // in_row), _BANKS)
    if rows > 1:
        in_row = min(-(-size // rows), in_row)
        wide = min(inner // in_row, _WIDEST)
    return rows, in_row, wide


def _bank(facts: Pool, inner: int) -> list[Row]:
    rows, in_row, wide = _plan(facts.size, inner)
    slots: list[Slot | None] = [*facts.slots]
    slots += [None] * max(facts.size - len(slots), 0) if facts.size <= SHOWN else []
    room = rows * in_row
    lines: list[Row] = []
    for start in range(0, room, in_row):
        bank = slots[start : start + in_row]
        boxes = [_slot(slot, wide) for slot in bank]
        lines += across(boxes) if boxes else [EMPTY] * _SLOT_ROWS
    if len(slots) > room or facts.size > room:
        rest = Span(f" +{max(len(slots), facts.size) - room:,} ", "muted")
        lines[-1] = (*clip(lines[-1], max(inner - length(row(rest)), 0)), rest)
    return lines


def _slot(slot: Slot | None, width: int) -> Sequence[Row]:
    if slot is None:
        return _box("", Span("—", "faint"), EMPTY, "edge", width)
    look = LOOKS[slot.who.status]
    name = f"{look.glyph} {slot.name}"
    if not slot.task:
        return _box(name, Span("idle", "muted"), EMPTY, "edge", width)
    task = Span(cut_middle(slot.task, width - 2), look.colour, bold=True)
    return _box(name, task, row(_progress(slot, width - 2)), "edge-strong", width)


def _box(name: str, label: Span, below: Row, edge: str, width: int) -> Sequence[Row]:
    room = width - 2
    name = cut_middle(name, room - 3)
    head = (Span("╭ ", edge), Span(name, "muted"), Span(" ", edge)) if name else (Span("╭", edge),)
    rule = Span("─" * (width - 1 - length(head)) + "╮", edge)
    side = Span("│", edge)
    return [
        (*head, rule),
        row(side, label._replace(text=middle(label.text, room)), side),
        (Span("╵", edge), *padded(below, room), Span("╵", edge)),
    ]


def _progress(slot: Slot, width: int) -> Span:
    """Return how far the task is, where the trace knows its end; or else how long it has been running."""
    if slot.takes > 0:
        return Span(bar(slot.ran, slot.takes, width), LOOKS[slot.who.status].colour)
    return Span(middle(seconds(slot.ran), width), "muted")


def _pending(facts: Pool, inner: int, lines: int) -> list[Row]:
    pending = facts.counts[1]
    head = row(Span("pending ", "muted"), Span(f"{pending:,} ", "state-lock" if pending else "muted", bold=True))
    tasks = [row(Span(f" {task} ", "ink", on="raised")) for task in facts.pending]
    return _listed(head, tasks, pending, inner, lines)


_MARKS: Final = {
    "done": ("✓", "state-running"),
    "failed": ("✗", "state-failed"),
    "cancelled": ("†", "state-killed"),
}


def _results(facts: Pool, inner: int, lines: int) -> list[Row]:
    """Return the results, the latest first."""
    settled = facts.counts[3]
    head = row(Span("done ", "muted"), Span(f"{settled:,} ", "state-running" if settled else "muted", bold=True))
    results = []
    for result in reversed(facts.results):
        mark, ink = _MARKS.get(result.phase, ("?", "muted"))
        results.append(row(Span(mark + " ", ink), Span(cut(result.text or "None", max(inner // 2, 8)), ink)))
    return _listed(head, results, settled, inner, lines)


def _listed(head: Row, items: Sequence[Row], count: int, width: int, lines: int) -> list[Row]:
    """Return exactly so many lines with as many items as fit, and how many more there are."""
    said: list[Row] = []
    shown = 0
    indent = length(head)
    for at in range(lines):
        line: Row = head if at == 0 else row(Span(" " * indent))
        while shown < len(items):
            left = count - shown - 1
            more = f" +{left:,}" if left and at == lines - 1 else ""
            longer = (*line, Span(" "), *items[shown]) if length(line) > indent else (*line, *items[shown])
            if length(longer) + len(more) > width:
                break
            line = longer
            shown += 1
        said.append(line)
    rest = count - shown
    if rest > 0:
        said[-1] = (*said[-1], Span(f" +{rest:,}" if length(said[-1]) > indent else f"+{rest:,}", "muted"))
    return [clip(line, width) for line in said]


def _callbacks(facts: Pool, inner: int, room: int) -> list[Row]:
    """Return the latest callbacks, with a last row for those who wait for results."""
    lines = []
    for at, callback in enumerate(list(reversed(facts.callbacks))[:room]):
        label = Span("callback " if at == 0 else "         ", "muted")
        where = row(Span(" on ", "muted"), Span(callback.who.name, LOOKS[callback.who.status].colour, bold=True))
        note = row(Span("  in the pool" if callback.in_pool else "  not in the pool", "faint"))
        call = clip(row(Span(callback.text)), max(inner - length(row(label)) - length(where), 6))
        line = (label, *call, *where)
        lines.append((*line, *note) if length(line) + length(note) <= inner else clip(line, inner))
    if not lines:
        lines.append(row(Span("no callback yet", "faint")))
    lines += [EMPTY] * (room - len(lines))
    if facts.waiting:
        head = row(Span("result ", "muted"), Span(f"{facts.wanted} ", "accent"), Span("◂ ", "faint"))
        lines[-1] = (*head, *queue(facts.waiting, max(inner - length(head), 0)))
    return [clip(line, inner) for line in lines]
