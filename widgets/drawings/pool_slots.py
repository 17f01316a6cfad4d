"""The slots of a pool, one for each of its workers: who it is, the task it runs, and how far that is."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

from ...locales.words import _
from ...trace.state import Status
from ..fitting import cut
from ..palette import LOOKS
from .bars import bar
from .ink import EMPTY, Row, Span, across, clip, length, middle, padded, row
from .pool_facts import Pool, Slot
from .scene import SHOWN, seconds

SLOT_ROWS: Final = 3

_AROUND_NAME: Final = 6
"""Cells of a slot's upper edge beside the name: corners, blanks and the glyph."""

_WIDEST: Final = 18
_NARROWEST: Final = 10
_BANKS: Final = 2
"""Rows of slots at most; further workers are counted."""


@lru_cache(maxsize=256)
def plan(size: int, inner: int) -> tuple[int, int, int]:
    """Return how the slots are laid out: rows of slots, slots in a row, cells of a slot."""
    size = max(size, 1)
    wide = max(min(inner // min(size, inner), _WIDEST), min(_NARROWEST, inner))
    in_row = max(inner // wide, 1)
    rows = min(-(-size // in_row), _BANKS)
    if rows > 1:
        in_row = min(-(-size // rows), in_row)
        wide = min(inner // in_row, _WIDEST)
    return rows, in_row, wide


def bank(facts: Pool, inner: int) -> list[Row]:
    """Return all slots, in rows; a place whose worker has not come yet is empty."""
    rows, in_row, wide = plan(facts.size, inner)
    slots: list[Slot | None] = [*facts.slots]
    slots += [None] * max(facts.size - len(slots), 0) if facts.size <= SHOWN else []
    room = rows * in_row
    lines: list[Row] = []
    for start in range(0, room, in_row):
        bank = slots[start : start + in_row]
        boxes = [_slot(slot, wide) for slot in bank]
        lines += across(boxes) if boxes else [EMPTY] * SLOT_ROWS
    if len(slots) > room or facts.size > room:
        rest = Span(f" +{max(len(slots), facts.size) - room:,} ", "muted")
        lines[-1] = (*clip(lines[-1], max(inner - length(row(rest)), 0)), rest)
    return lines


def _slot(slot: Slot | None, width: int) -> Sequence[Row]:
    if slot is None:
        return _box("", Span("—", "faint"), EMPTY, "edge", width)
    look = LOOKS[slot.who.status]
    name = slot.name if cell_len(slot.name) <= width - _AROUND_NAME else slot.who.tag
    head = f"{look.glyph} {name}"
    if not slot.task:
        # Between two tasks a worker runs callbacks; only one that waits for work is idle.
        word = _("idle") if slot.who.status is Status.QUEUE else look.short
        return _box(head, Span(word, "muted"), EMPTY, "edge", width)
    task = Span(cut(slot.task, width - 2), look.colour, bold=True)
    return _box(head, task, row(_progress(slot, width - 2)), "edge-strong", width)


def _box(name: str, label: Span, below: Row, edge: str, width: int) -> Sequence[Row]:
    room = width - 2
    name = cut(name, room - 2)
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
