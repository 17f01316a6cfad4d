"""The wait-for graph as rows of a tree: who has something, who waits for it, and who waits for those in turn."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from rich.cells import cell_len

from ..trace.events import NONE
from ..trace.state import State, Thing
from ..trace.waits import Edge
from .drawings.frame import marked, queue
from .drawings.ink import EMPTY, Row, Span, clip, length, row
from .drawings.scene import Crowd, Who, who_is
from .fitting import fit, plain
from .palette import LOOKS

LONGEST: Final = 2000
"""Rows of a graph that are drawn; a larger one says how much is missing."""

NAMES: Final = 300
"""Workers of one crowd that are named."""

_GUTTER: Final = 2
"""Cells between names side by side."""

_DEEPEST: Final = 40
"""Levels that are indented; below that the tree goes on without indenting further."""


_Branch = Row | Iterator["_Branch"]
"""A row, or the rows below it."""


@dataclass(slots=True)
class _Graph:
    """The edges, sorted for walking from those who have something down to those who wait for it."""

    state: State
    waiters: set[int] = field(default_factory=set)
    held: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Worker to the objects that it alone has and others want; NONE among them stands for its own end."""
    joining: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Worker to those who wait for its end."""
    crowds: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Object to those who wait for it, longest first."""
    loose: dict[int, list[int]] = field(default_factory=dict)
    """Wanted object that nobody has, or several, to those who have it."""


def tree(state: State, edges: Sequence[Edge], cycle: Sequence[Edge], width: int) -> list[Row]:
    """Return the graph, each row at most `width` cells; nothing if nobody waits.

    Members of the cycle stand first, then those who wait for nobody, then objects that no single worker has.
    """
    graph = _sorted(state, edges)
    circle = [edge.worker for edge in cycle]
    seen = set(circle)
    lines: list[Row] = []
    free = [worker for worker in graph.held if worker not in graph.waiters]
    for root in (*circle, *sorted(free)):
        rest = _flat(_below_worker(graph, root, "", width, seen))
        first = next(rest, None)
        if first is not None:
            _take(lines, (_worker(graph, root), first), rest)
    for thing, holders in graph.loose.items():
        _take(
            lines, (_thing(graph, thing, holders, width),), _flat(_crowd(graph, graph.crowds[thing], "", width, seen))
        )
    if len(lines) >= LONGEST:
        lines.append(row(Span("… the rest of the graph is not drawn", "muted")))
    return [clip(line, width) for line in lines]


def _take(lines: list[Row], head: Iterable[Row], rest: Iterator[Row]) -> None:
    """Append rows as long as there may be more."""
    lines += head
    lines += islice(rest, max(LONGEST - len(lines), 0))


def _flat(branch: Iterator["_Branch"]) -> Iterator[Row]:
    """Yield the rows of branches within branches, however deep: a chain of waiting may be longer than the stack."""
    path = [branch]
    while path:
        item = next(path[-1], None)
        if item is None:
            path.pop()
        elif isinstance(item, tuple):
            yield item
        else:
            path.append(item)


def _sorted(state: State, edges: Sequence[Edge]) -> _Graph:
    graph = _Graph(state)
    holders: dict[int, list[int]] = {}
    for edge in edges:
        graph.waiters.add(edge.worker)
        if edge.thing == NONE:
            if edge.holder != NONE:
                graph.joining[edge.holder].append(edge.worker)
            continue
        have = holders.setdefault(edge.thing, [])
        if edge.holder != NONE and edge.holder not in have:
            have.append(edge.holder)
    for thing, have in holders.items():
        known = 0 <= thing < len(state.things)
        graph.crowds[thing] = list(state.things[thing].waiters) if known else []
        if len(have) == 1:
            graph.held[have[0]].append(thing)
        else:
            graph.loose[thing] = have
    for worker in graph.joining:
        graph.held[worker].append(NONE)
    return graph


def _below_worker(graph: _Graph, worker: int, indent: str, width: int, seen: set[int]) -> Iterator[_Branch]:
    """Yield what is wanted of a worker, and below each thing who wants it."""
    things = graph.held.get(worker, [])
    for place, thing in enumerate(things):
        last = place == len(things) - 1
        crowd = graph.joining[worker] if thing == NONE else graph.crowds[thing]
        stem = Span(indent + ("╰─ " if last else "├─ "), "faint")
        yield (stem, *(_end(crowd) if thing == NONE else _thing(graph, thing, (), width)))
        yield _crowd(graph, crowd, indent + ("   " if last else "│  "), width, seen)


def _crowd(graph: _Graph, crowd: Sequence[int], indent: str, width: int, seen: set[int]) -> Iterator[_Branch]:
    """Yield those who wait for one thing: first, on rows of their own, those whom others wait for; then the rest."""
    chained = [worker for worker in crowd if worker in graph.held]
    plain_ones = [worker for worker in crowd if worker not in graph.held]
    if len(indent) > _DEEPEST:
        indent = "⋮  "
    for place, worker in enumerate(chained):
        last = place == len(chained) - 1 and not plain_ones
        stem = Span(indent + ("╰─ " if last else "├─ "), "faint")
        if worker in seen:
            yield (stem, *_worker(graph, worker), Span("  ↻ back to the top", "state-deadlocked"))
            continue
        seen.add(worker)
        yield (stem, *_worker(graph, worker))
        yield _below_worker(graph, worker, indent + ("   " if last else "│  "), width, seen)
    names = [who_is(graph.state, worker) for worker in plain_ones[:NAMES]]
    more = len(plain_ones) - len(names)
    for at, line in enumerate(_wrapped(names, more, max(width - len(indent) - 3, 1))):
        yield (Span(indent + ("╰─ " if at == 0 else "   "), "faint"), *line)


def _wrapped(names: Sequence[Who], more: int, width: int) -> Iterator[Row]:
    """Yield rows of names, as many to a row as fit, one below the other."""
    cell = min(max((cell_len(who.name) for who in names), default=0), width)
    in_row = max((width + _GUTTER) // (cell + _GUTTER), 1)
    spans = [Span(fit(who.name, cell), LOOKS[who.status].colour) for who in names]
    if more:
        spans.append(Span(f"+{more:,} more", "muted"))
    for start in range(0, len(spans), in_row):
        line: Row = EMPTY
        for span in spans[start : start + in_row]:
            line = (*line, Span(" " * _GUTTER), span) if line else (span,)
        yield line


def _worker(graph: _Graph, worker: int) -> Row:
    """Return a worker with what it is doing."""
    who = who_is(graph.state, worker)
    return (*marked(who), Span(f"  {LOOKS[who.status].short}", "muted"))


def _thing(graph: _Graph, number: int, holders: Sequence[int], width: int) -> Row:
    """Return an object with its kind, how many wait for it, and, where there are several, who has it."""
    things = graph.state.things
    count = len(graph.crowds[number])
    waiting = Span(f"  {count:,} waiting", "muted")
    if not 0 <= number < len(things):
        return row(Span(f"object {number}", "accent", bold=True), waiting)
    thing = things[number]
    head = row(Span(plain(thing.name), "accent", bold=True), Span(f"  {plain(thing.kind)}", "muted"), waiting)
    holders = holders or thing.holders
    if not holders:
        return (*head, Span(_free_word(thing), "muted"))
    have = Crowd(tuple(who_is(graph.state, worker) for worker in holders[:NAMES]), len(holders))
    held = Span("  held by ", "muted")
    return (*head, held, *queue(have, max(width - length(head) - length(row(held)) - len("├─ "), 0)))


def _free_word(thing: Thing) -> str:
    """Return why nobody in particular can let the waiters go on, for kinds where that can be said."""
    match thing.kind:
        case "Event":
            return "  set" if thing.flag else "  not set"
        case "Barrier":
            return f"  of {max(thing.capacity, 0):,}"
        case "Queue" | "LifoQueue" | "PriorityQueue" | "SimpleQueue":
            return f"  {thing.size:,} inside" if thing.size else "  empty"
        case "Future":
            return f"  {plain(thing.phase)}"
        case _:
            return ""


def _end(crowd: Sequence[int]) -> Row:
    return row(Span("its end", "state-join", bold=True), Span(f"  {len(crowd):,} joining", "muted"))
