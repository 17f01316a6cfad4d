"""Where each picture of a stack stands: columns side by side, each filled from the top."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 1
"""Cells between columns."""

_NARROWEST: Final = 44
"""Least width of a column where there are several."""
_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Block:
    """One picture's place, in cells from the top left of the stack."""

    number: int
    """Of the object."""
    top: int
    height: int
    brief: bool = False
    """Drawn as one line, because there are too many."""


@dataclass(frozen=True, slots=True)
class Column:
    """Pictures one above the other."""

    left: int
    width: int
    blocks: tuple[Block, ...]
    tops: tuple[int, ...]

    def at(self, line: int) -> Block | None:
        """Return the block that covers a line."""
        place = bisect_right(self.tops, line) - 1
        if place < 0:
            return None
        block = self.blocks[place]
        return block if line < block.top + block.height else None

    def above(self, line: int) -> int:
        """Return how many blocks begin above a line."""
        return bisect_right(self.tops, line - 1)


def widths(room: int) -> list[int]:
    """Return how wide the columns are."""
    count = min(max((room + GAP) // (_NARROWEST + GAP), 1), _MOST)
    share, rest = divmod(room - GAP * (count - 1), count)
    return [share + (at < rest) for at in range(count)]


def stacked(numbers: Sequence[int], heights: Sequence[int], brief: Sequence[bool], room: int) -> tuple[Column, ...]:
    """Return the columns, each picture at the foot of the column that is shortest when it comes."""
    wide = widths(room)
    filled = [0] * len(wide)
    columns: list[list[Block]] = [[] for _ in wide]
    for number, height, is_brief in zip(numbers, heights, brief, strict=True):
        at = filled.index(min(filled))
        columns[at].append(Block(number, filled[at], height, is_brief))
        filled[at] += height
    lefts = [sum(wide[:at]) + GAP * at for at in range(len(wide))]
    return tuple(
        Column(left, width, tuple(blocks), tuple(block.top for block in blocks))
        for left, width, blocks in zip(lefts, wide, columns, strict=True)
    )


def total(columns: Sequence[Column]) -> int:
    """Return how many lines the stack takes."""
    return max((column.blocks[-1].top + column.blocks[-1].height for column in columns if column.blocks), default=0)
