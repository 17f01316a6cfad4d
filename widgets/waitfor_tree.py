"""The wait-for graph as rows of a tree: who has something, who waits for it, and who waits for those in turn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rich.cells import cell_len

from ..locales.words import _, pgettext
from ..trace.events import NONE
from ..trace.state import State, Thing
from .drawings.frame import marked, queue
from .drawings.ink import Row, Span, clip, length, row
from .drawings.scene import Crowd, phase, who_is
from .fitting import cut_middle, fit, plain
from .palette import LOOKS
from .waitfor_graph import NAMES, Graph

LONGEST: Final = 2000
"""Rows of a graph that are drawn; a larger one says how much is missing."""

_MEASURED: Final = 10
"""Names at either end of a crowd that are measured to see how wide a column must be; longer ones are cut."""

_GUTTER: Final = 2
"""Cells between names side by side."""

_DEEPEST: Final = 40
"""Levels that are indented; below that the tree goes on without indenting further."""


@dataclass(frozen=True, slots=True)
class Names:
    """A line of workers without anybody waiting for them. The names are looked up only when the line is drawn."""

    stem: str
    workers: Sequence[int]
    cell: int
    """Cells for a name."""
    more: int
    """How many more there are that have no line."""


@dataclass(frozen=True, slots=True)
class One:
    """A line of one worker, with what it is doing; looked up only when the line is drawn, as all lines below."""

    stem: str
    worker: int
    again: bool = False
    """Whether it stands in the tree already."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of an object that is waited for, or, for NONE, of a worker's end."""

    stem: str
    thing: int
    joining: int = 0
    """How many wait for the end."""


Line = Row | Names | One | Wanted
_Branch = Line | Iterator["_Branch"]
"""A line, or the lines below it."""


def tree(graph: Graph, circle: Sequence[int], width: int) -> list[Line]:
    """Return the graph, laid out for `width` cells; nothing if nobody waits. `drawn` makes a row of each line.

    Members of the circle stand first, then those who wait for nobody, then objects that no single worker has.
    """
    seen = set(circle)
    lines: list[Line] = []
    free = [worker for worker in graph.held if not graph.waits(worker)]
    for root in _roots(graph, circle, free, seen):
        if len(lines) >= LONGEST:
            break
        rest = _flat(_below_worker(graph, root, "", width, seen))
        first = next(rest, None)
        if first is not None:
            _take(lines, (One("", root), first), rest)
    for thing in graph.loose:
        crowd = _crowd(graph, graph.crowds[thing], "", width, seen)
        _take(lines, (Wanted("", thing),), _flat(crowd))
    if len(lines) >= LONGEST:
        lines.append(row(Span(_("… the rest of the graph is not drawn"), "muted")))
    return lines


def _roots(graph: Graph, circle: Sequence[int], free: Iterable[int], seen: set[int]) -> Iterator[int]:
    """Yield the workers that the tree begins with. Two that wait for each other's words are below nobody else."""
    yield from circle
    yield from sorted(free)
    for worker in sorted(graph.held):
        if worker not in seen and graph.waits(worker):
            seen.add(worker)
            yield worker


def drawn(line: Line, state: State, width: int) -> Row:
    """Return a line of the tree as a row of at most `width` cells."""
    if isinstance(line, tuple):
        return clip(line, width)
    stem = row(Span(line.stem, "faint")) if line.stem else ()
    if isinstance(line, One):
        back = (Span(_("  ↻ back to the top"), "state-deadlocked"),) if line.again else ()
        return clip((*stem, *_worker(state, line.worker), *back), width)
    if isinstance(line, Wanted):
        told = _end(line.joining) if line.thing == NONE else _thing(state, line.thing, width)
        return clip((*stem, *told), width)
    row_: Row = stem
    for at, number in enumerate(line.workers):
        who = who_is(state, number)
        gap = (Span(" " * _GUTTER),) if at else ()
        row_ = (*row_, *gap, Span(fit(cut_middle(who.name, line.cell), line.cell), LOOKS[who.status].colour))
    if line.more:
        row_ = (*row_, Span(_("  +{more:,} more", more=line.more), "muted"))
    return clip(row_, width)


def _take(lines: list[Line], head: Iterable[Line], rest: Iterator[Line]) -> None:
    """Append rows as long as there may be more."""
    lines += head
    lines += islice(rest, max(LONGEST - len(lines), 0))


def _flat(branch: Iterator["_Branch"]) -> Iterator[Line]:
    """Yield the lines of branches within branches, however deep: a chain of waiting may be longer than the stack."""
    path = [branch]
    while path:
        item = next(path[-1], None)
        if item is None:
            path.pop()
        elif isinstance(item, Iterator):
            path.append(item)
        else:
            yield item


def _below_worker(graph: Graph, worker: int, indent: str, width: int, seen: set[int]) -> Iterator[_Branch]:
    """Yield what is wanted of a worker, and below each thing who wants it."""
    things = graph.held.get(worker, [])
    for place, thing in enumerate(things):
        last = place == len(things) - 1
        crowd = graph.joining[worker] if thing == NONE else graph.crowds[thing]
        yield Wanted(indent + ("╰─ " if last else "├─ "), thing, len(crowd))
        yield _crowd(graph, crowd, indent + ("   " if last else "│  "), width, seen)


def _crowd(graph: Graph, crowd: Sequence[int], indent: str, width: int, seen: set[int]) -> Iterator[_Branch]:
    """Yield those who wait for one thing: first, on rows of their own, those whom others wait for; then the rest."""
    chained = [worker for worker in crowd if worker in graph.held]
    plain_ones = [worker for worker in crowd if worker not in graph.held]
    if len(indent) > _DEEPEST:
        indent = "⋮  "
    for place, worker in enumerate(chained):
        last = place == len(chained) - 1 and not plain_ones
        stem = indent + ("╰─ " if last else "├─ ")
        yield One(stem, worker, worker in seen)
        if worker in seen:
            continue
        seen.add(worker)
        yield _below_worker(graph, worker, indent + ("   " if last else "│  "), width, seen)
    yield from _wrapped(graph, plain_ones, indent, width)


def _wrapped(graph: Graph, workers: Sequence[int], indent: str, width: int) -> Iterator[Names]:
    """Yield lines of names, as many to a line as fit, one below the other."""
    room = max(width - len(indent) - len("╰─ "), 1)
    measured = (*workers[:_MEASURED], *workers[:NAMES][-_MEASURED:])
    cell = min(max((cell_len(who_is(graph.state, worker).name) for worker in measured), default=1), room)
    in_row = max((room + _GUTTER) // (cell + _GUTTER), 1)
    named = min(len(workers), NAMES)
    for start in range(0, named, in_row):
        end = min(start + in_row, named)
        more = len(workers) - named if end == named else 0
        if more and in_row > 1 and end - start == in_row:  # The count needs a place of its own.
            yield Names(indent + _stem(start), workers[start : end - 1], cell, 0)
            start = end - 1  # noqa: PLW2901
        yield Names(indent + _stem(start), workers[start:end], cell, more)


def _stem(start: int) -> str:
    return "   " if start else "╰─ "


def _worker(state: State, worker: int) -> Row:
    """Return a worker with what it is doing."""
    who = who_is(state, worker)
    return (*marked(who), Span(f"  {LOOKS[who.status].short}", "muted"))


def _thing(state: State, number: int, width: int) -> Row:
    """Return an object with its kind, how many wait for it, and, where there are several, who has it."""
    thing = state.things[number]
    waiting = Span(_("  {count:,} waiting", count=len(thing.waiters)), "muted")
    head = row(Span(plain(thing.name), "accent", bold=True), Span(f"  {plain(thing.kind)}", "muted"), waiting)
    holders = thing.holders
    if not holders:
        return (*head, Span(_free_word(thing), "muted"))
    have = Crowd(tuple(who_is(state, worker) for worker in holders[:NAMES]), len(holders))
    held = Span(_("  held by "), "muted")
    return (*head, held, *queue(have, max(width - length(head) - length(row(held)) - len("├─ "), 0)))


def _free_word(thing: Thing) -> str:
    """Return why nobody in particular can let the waiters go on, for kinds where that can be said."""
    match thing.kind:
        case "Event":
            return "  " + (pgettext("event", "set") if thing.flag else _("not set"))
        case "Barrier":
            return _("  of {capacity:,}", capacity=max(thing.capacity, 0))
        case "Queue" | "LifoQueue" | "PriorityQueue" | "SimpleQueue":
            return "  " + (_("{size:,} inside", size=thing.size) if thing.size else _("empty"))
        case "Future":
            return f"  {phase(thing.phase)}" if thing.phase else ""
        case "socket":
            return _("  nothing to receive") if thing.end is None or not thing.end.incoming else ""
        case _:
            return ""


def _end(count: int) -> Row:
    return row(Span(_("its end"), "state-join", bold=True), Span(_("  {count:,} joining", count=count), "muted"))
