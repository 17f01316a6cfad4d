"""A deadlock as the circle it is: who waits for what, held by whom, and so on around to the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import N_, _
from ...trace.events import NONE
from ...trace.state import State
from ...trace.waits import Edge
from ..fitting import cut_middle, plain
from .ink import EMPTY, Picture, Row, Span, clip, length, padded, row
from .scene import SHOWN, who_is

_INK: Final = "state-deadlocked"
_LONGEST: Final = 8
"""Rows of a circle drawn as a column; of a longer one the middle is left out."""


_CIRCLE: Final = (
    N_("Each waits for what the next one has."),
    N_("Each waits for the next one."),
    N_("Each waits for the next."),
)
_NEVER: Final = (N_("What they wait for can never come."),)


@dataclass(frozen=True, slots=True)
class Link:
    """One worker, what it waits for, and who has that."""

    worker: str
    wants: str
    holder: str
    """"" where nobody has it, such as an Event that nobody will set."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Everything that the picture of a deadlock shows."""

    links: tuple[Link, ...]
    closed: bool
    """The last holder is the first worker."""
    others: int
    """Workers that are stuck behind them."""


def ring(edges: Sequence[Edge]) -> list[Edge]:
    """Return the first circle among waits, in its order; nothing if none of them close one."""
    waits = {edge.worker: edge for edge in edges}
    settled: set[int] = set()
    for start in waits:
        path: list[int] = []
        worker = start
        while worker in waits and worker not in settled:
            settled.add(worker)
            path.append(worker)
            worker = waits[worker].holder
        if worker in path:
            return [waits[member] for member in path[path.index(worker) :]]
    return []


def look(state: State, edges: Sequence[Edge]) -> Cycle:
    """Gather what the picture shows of waits that can never end: the circle among them, or all if there is none."""
    circle = ring(edges)
    links = tuple(
        Link(
            who_is(state, worker).name, _wanted(state, thing, holder), who_is(state, holder).name if holder >= 0 else ""
        )
        for worker, thing, holder in (circle or edges)[:SHOWN]
    )
    return Cycle(links, bool(circle), len(edges) - len(circle) if circle else 0)


def _wanted(state: State, thing: int, holder: int) -> str:
    if 0 <= thing < len(state.things):
        return plain(state.things[thing].name)
    return _("its end") if holder != NONE else "?"


def height(facts: Cycle, width: int) -> int:
    """Return how many rows the picture takes."""
    return len(draw(facts, width))


@kept(64)
def draw(facts: Cycle, width: int) -> Picture:
    """Draw a deadlock; nothing where there is none."""
    if not facts.links:
        return ()
    head = _headline(facts, width)
    ring = (_across(facts, width) or _down(facts, width)) if facts.closed else _list(facts)
    return tuple(padded(line, width) for line in (head, *ring))


def _headline(facts: Cycle, width: int) -> Row:
    """Return what it is in as many words as fit."""
    word = row(Span(_("⊗ Deadlock. "), _INK, bold=True))
    said = _CIRCLE if facts.closed else _NEVER
    others = Span(_(" {count:,} more wait behind.", count=facts.others) if facts.others else "", "muted")
    lines = [(*word, Span(_(words)), *rest) for words in said for rest in ((others,), ())]
    return next((line for line in lines if length(line) <= width), word)


def _across(facts: Cycle, width: int) -> list[Row]:
    """Return the circle on two rows, or nothing if it is too wide for that."""
    *steps, last = facts.links
    line: Row = row(Span(" "))
    for link in steps:
        line = (*line, _name(link.worker), Span(" ─", _INK), _wants(link.wants), Span("─▸ ", _INK))
    start = 1
    end = length(line) + 1
    line = (*line, _name(last.worker))
    under = end - start - length(row(_wants(last.wants))) - 3
    if length(line) > width or under < 0:
        return []
    left = under // 2
    back = (
        Span(" " * (start + 1) + "▴" + "─" * left, _INK),
        _wants(last.wants),
        Span("─" * (under - left) + "╯", _INK),
    )
    return [line, back]


def _down(facts: Cycle, width: int) -> list[Row]:
    """Return the circle as a column: each leads to the one below, and a rail at the left from the last to the first."""
    lines: list[Row] = []
    last = len(facts.links) - 1
    for at, link in enumerate(facts.links):
        rail = "╭▸ " if at == 0 else "╰─ " if at == last else "│  "
        if at == _LONGEST - 2 and last >= _LONGEST:
            lines.append(row(Span("│  ", _INK), Span(_("… {count:,} more …", count=last - at), "muted")))
        if at < _LONGEST - 2 or at == last or last < _LONGEST:
            to = " ▴" if at == last else " ▾"
            lines.append(
                row(Span(rail, _INK), _name(link.worker), Span(" ─ ", _INK), _wants(link.wants), Span(to, _INK))
            )
    return [clip(line, width) for line in lines]


def _list(facts: Cycle) -> list[Row]:
    return [
        row(Span("   "), _name(link.worker), Span(_(" waits for "), "muted"), _wants(link.wants), *_held(link))
        for link in facts.links[:_LONGEST]
    ]


def _held(link: Link) -> Row:
    return row(Span(_(", held by "), "muted"), _name(link.holder)) if link.holder else EMPTY


def _name(text: str) -> Span:
    return Span(cut_middle(text, 24), _INK, bold=True)


def _wants(text: str) -> Span:
    return Span(cut_middle(text, 24), "state-lock", bold=True)
