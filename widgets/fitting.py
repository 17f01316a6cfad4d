"""Text into cells: cut, pad and join it, right for wide characters. What comes from a trace passes `plain` first."""

from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..trace.sanitize import clean

LONGEST: Final = 4096
"""Characters of one text that are looked at; no screen is wider."""

SHORTEST_TWO_ENDS: Final = 5
"""Cells below which a name keeps only its beginning."""


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return untrusted text as one line without control, escape or direction characters, at most `LONGEST` long."""
    return clean(text[:LONGEST])


def width_of(text: str) -> int:
    """Return how many cells a `plain` text takes; at no cost for most texts."""
    return len(text) if text.isascii() else cell_len(text)


@lru_cache(maxsize=8192)
def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Return text in at most `width` cells, the last an ellipsis where something is missing."""
    if width_of(text) <= width:
        return text
    if width <= 1:
        return ellipsis[:width]
    return set_cell_size(text, width - 1).rstrip() + ellipsis


@lru_cache(maxsize=8192)
def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Return text in exactly `width` cells: cut, or padded on the right."""
    return set_cell_size(cut(text, width, ellipsis), max(0, width))


@lru_cache(maxsize=2048)
def cut_middle(text: str, width: int, ellipsis: str = "…") -> str:
    """Return text in at most `width` cells with its two ends kept, for names that differ at the end ("worker-1017")."""
    if width_of(text) <= width:
        return text
    if width < SHORTEST_TWO_ENDS:
        return cut(text, width, ellipsis)
    tail = width // 3
    end = text[-tail:]
    while width_of(end) > tail:
        end = end[1:]
    return set_cell_size(text, width - 1 - width_of(end)).rstrip() + ellipsis + end


class Line:
    """Builds one line of a known width from styled pieces; what does not fit is cut."""

    __slots__ = ("ellipsis", "room", "segments", "width")

    def __init__(self, width: int, ellipsis: str = "…") -> None:
        self.width = width
        self.room = width
        """Cells still free."""
        self.ellipsis = ellipsis
        self.segments: list[Segment] = []

    def add(self, text: str, style: Style) -> "Line":
        """Append text, which must be `plain`; what is cut fills the line up, so that nothing can follow it."""
        if text and self.room > 0:
            cells = width_of(text)
            if cells > self.room:
                text, cells = fit(text, self.room, self.ellipsis), self.room
            self.segments.append(Segment(text, style))
            self.room -= cells
        return self

    def gap(self, cells: int, style: Style) -> "Line":
        """Append blanks, as far as there is room."""
        cells = min(cells, self.room)
        if cells > 0:
            self.segments.append(Segment(" " * cells, style))
            self.room -= cells
        return self

    def fill(self, style: Style, keep: int = 0) -> "Line":
        """Append blanks until only `keep` cells are free."""
        return self.gap(self.room - keep, style)

    def strip(self, style: Style) -> Strip:
        """Return the line, filled up with blanks."""
        self.fill(style)
        return Strip(self.segments, self.width)
