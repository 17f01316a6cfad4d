"""Where each read and write of a variable stands in the grid: in step order, the newest at the right edge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from ...locales.words import _
from ..fitting import width_of
from .ink import EMPTY, Row, Span

_STALE: Final = "✗"

_WIDEST: Final = 10
"""Most cells from one label's beginning to the next one's, where there is room."""

_SHORTEST_STROKE: Final = 3
"""Cells between two labels from which there is room for a stroke, with a blank at either end."""


class Style(Enum):
    """How much a label says. The value is the fewest cells from one label's beginning to the next one's."""

    LONG = 3
    SHORT = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """One read or write. The value is clean and short."""

    worker: int
    write: bool
    value: str
    step: int
    stale: bool

    def label(self, style: Style) -> str:
        """Return "read 99", "write 99" or, of a write that undoes another one, "✗ write 99"; or the same in short."""
        letter = "w" if self.write else "r"
        sign = _STALE if self.stale else ""
        if style is Style.LONG:
            verb = _("write") if self.write else _("read")
            return f"{sign} {verb} {self.value}".strip()
        return f"{sign}{letter} {self.value}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark and its label's first cell. The label of the oldest may begin left of the grid, below 0."""

    mark: Mark
    start: int
    label: str
    newest: bool = False

    @property
    def end(self) -> int:
        """The cell behind the label."""
        return self.start + width_of(self.label)


def place(marks: Sequence[Mark], width: int) -> tuple[list[Placed], Style]:
    """Return the marks that fit into so many cells, oldest first, and how they are labelled.

    Labels are long and far apart as long as all marks fit, then closer, then short; then the oldest are left out.
    """
    for style in Style:
        for stride in range(_WIDEST, style.value - 1, -1):
            placed = _placed(marks, width, style, stride)
            if not placed or placed[0].start >= 0:
                return placed, style
    kept = [each for each in _placed(marks, width, Style.SHORT, Style.SHORT.value) if each.start >= 0]
    if not kept and marks:  # Not even the newest fits: it is cut.
        label = marks[-1].label(Style.SHORT)
        kept = [Placed(marks[-1], 0, label, newest=True)]
    return kept, Style.SHORT


def _placed(marks: Sequence[Mark], width: int, style: Style, stride: int) -> list[Placed]:
    """Return the marks from the newest to the left, each where it touches no other label of its lane."""
    ends: dict[int, int] = {}
    placed: list[Placed] = []
    latest = width
    for mark in reversed(marks):
        label = mark.label(style)
        start = min(latest, ends.get(mark.worker, width) - width_of(label))
        placed.append(Placed(mark, start, label, newest=not placed))
        ends[mark.worker] = start - 1
        latest = start - stride
        if start < 0:
            break
    missing = len(placed) < len(marks)
    return [Placed(marks[0], -1, ""), *reversed(placed)] if missing else placed[::-1]


def lane(placed: Iterable[Placed], width: int) -> Row:
    """Return one worker's reads and writes, with a stroke from each read to the write that follows it."""
    line: Row = EMPTY
    at = 0
    before: Mark | None = None
    for each in placed:
        gap = each.start - at
        if gap > 0:
            line = (*line, *_gap(before, each.mark, gap))
        line = (*line, Span(each.label, _ink(each), each.newest or each.mark.stale))
        at, before = each.end, each.mark
    return (*line, Span(" " * (width - at))) if at < width else line


def _gap(before: Mark | None, after: Mark, cells: int) -> Row:
    """Return blanks, or the stroke of a worker that works with what it has read."""
    if before is None or before.write or not after.write or cells < _SHORTEST_STROKE:
        return (Span(" " * cells),)
    return (Span(" "), Span("─" * (cells - 2), "state-failed" if after.stale else "edge-strong"), Span(" "))


def _ink(placed: Placed) -> str:
    if placed.mark.stale:
        return "state-failed"
    if placed.mark.write:
        return "state-running"
    return "ink-strong" if placed.newest else "ink"
