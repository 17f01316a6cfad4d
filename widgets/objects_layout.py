"""Where each picture of a stack stands: in one column, or in several side by side where one would not fit."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

GAP: Final = 1
"""Cells between columns."""

_NARROWEST: Final = 36
"""Least width of a column where there are several."""
_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Block:
    """One picture's place, in cells from the top left of the stack."""

    number: int
    """Of the object."""
    height: int
    brief: bool = False
    """Drawn as one line, because there are too many."""
    top: int = 0


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


def width_of(room: int, count: int) -> int:
    """Return how wide each of so many columns is. All are equally wide, so that a picture is as high in any of them."""
    return max((room - GAP * (count - 1)) // count, 1)


def most(room: int) -> int:
    """Return how many columns there may be."""
    return min(max((room + GAP) // (_NARROWEST + GAP), 1), _MOST)


def stacked(pictures: Sequence[Block], room: int, count: int) -> tuple[Column, ...]:
    """Return the columns, each picture at the foot of the column that is shortest when it comes."""
    wide = width_of(room, count)
    filled = [0] * count
    columns: list[list[Block]] = [[] for _ in range(count)]
    for picture in pictures:
        at = filled.index(min(filled))
        columns[at].append(replace(picture, top=filled[at]))
        filled[at] += picture.height
    return tuple(
        Column((wide + GAP) * at, wide, tuple(blocks), tuple(block.top for block in blocks))
        for at, blocks in enumerate(columns)
    )


def total(columns: Sequence[Column]) -> int:
    """Return how many lines the stack takes."""
    return max((column.blocks[-1].top + column.blocks[-1].height for column in columns if column.blocks), default=0)
