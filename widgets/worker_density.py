"""How densely workers are shown: as cards, rows or a mosaic, and how many fit. Pure arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, Literal

Density = Literal["auto", "cards", "rows", "mosaic"]

DENSITIES: Final[tuple[Density, ...]] = ("cards", "rows", "mosaic")
"""From roomy to dense."""

MOST_CARDS: Final = 50
"""More workers than this never become cards by themselves."""

CARD_WIDTHS: Final = (29, 22)
"""A column of cards is at least this wide, gap included: the first if all workers fit so, else the second."""

CARD_HEIGHTS: Final = (6, 5)
"""Lines of a card, likewise."""

GAPS: Final[Mapping[Density, int]] = {"cards": 1, "rows": 2, "mosaic": 0}
"""Cells between two workers side by side."""

LEAST_PITCH: Final = 12
"""Cells of a card or row, gap included, however narrow the pane."""

SCROLL_BAR: Final = 1
"""Cells that a scroll bar takes, as the panes' stylesheet has it."""

ROW_WIDTH: Final = 56
"""Rows stand side by side if each gets so many cells, gap included."""

NUMBERED_WIDTH: Final = 24
"""A mosaic at least this wide has the number of its first worker before each line."""

TEN: Final = 10
"""A line of a mosaic has a multiple of so many workers, if there is room for that many."""

PAGES: Final[Mapping[Density, int]] = {"cards": 3, "rows": 5}
"""A density is dense enough if what it shows is at most so many screens long; a mosaic always is."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where workers lie in a pane."""

    density: Density
    columns: int
    """Workers side by side."""
    pitch: int
    """Cells from one worker to the next."""
    height: int
    """Lines of one worker."""
    margin: int = 0
    """Cells at the left that no worker takes."""

    def lines(self, workers: int) -> int:
        """Return how many lines that many workers take."""
        return -(-workers // self.columns) * self.height

    def index(self, x: int, y: int) -> int:
        """Return which worker, counted in the order shown, lies at a cell of the content; -1 for none."""
        column = (x - self.margin) // self.pitch
        return y // self.height * self.columns + column if 0 <= column < self.columns else -1


def grid(workers: int, width: int, height: int, density: Density = "auto") -> Grid:
    """Lay out workers on `width` by `height` cells, by room or as asked.

    Width is that without a scroll bar. Columns are counted as if there were one, so that it cannot come and go for
    ever: its coming would make fewer columns, or rows in place of cards, which then need no scroll bar.
    """
    narrow = max(1, width - SCROLL_BAR)
    chosen = _lay(workers, narrow, height, density) if density != "auto" else _fitting(workers, narrow, height)
    room = width if chosen.lines(workers) <= height else narrow
    gap = GAPS[chosen.density]
    return replace(chosen, pitch=max(LEAST_PITCH, (room + gap) // chosen.columns)) if gap else chosen


def _fitting(workers: int, width: int, height: int) -> Grid:
    """Return the roomiest layout of which not too much is out of sight."""
    grids = [_lay(workers, width, height, each) for each in DENSITIES[workers > MOST_CARDS :]]
    fits = (each for each in grids[:-1] if each.lines(workers) <= max(1, height) * PAGES[each.density])
    return next(fits, grids[-1])


def _lay(workers: int, width: int, height: int, density: Density) -> Grid:
    if density == "cards":
        return _cards(workers, width, height)
    if density == "rows":
        columns = 1 if workers <= height else max(1, (width + GAPS["rows"]) // ROW_WIDTH)
        return Grid("rows", columns, LEAST_PITCH, 1)
    margin = len(str(max(0, workers - 1))) + 1 if width >= NUMBERED_WIDTH else 0
    spaced = (width - margin) // (2 * TEN) * TEN
    pitch = 2 if workers <= spaced * height else 1
    columns = max(1, (width - margin) // pitch)
    return Grid("mosaic", columns // TEN * TEN or columns, pitch, 1, margin)


def _cards(workers: int, width: int, height: int) -> Grid:
    """Lay out cards: as large as lets all be seen, or else as small as they may be."""
    shapes = product(CARD_WIDTHS, CARD_HEIGHTS)
    most = max(1, workers)
    grids = [
        Grid("cards", max(1, min((width + GAPS["cards"]) // least, most)), LEAST_PITCH, lines)
        for least, lines in shapes
    ]
    return next((each for each in grids if each.lines(workers) <= height), grids[-1])
