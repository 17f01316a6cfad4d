"""How densely workers are shown: as cards, rows or a mosaic, and how many fit. Pure arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Density = Literal["auto", "cards", "rows", "mosaic"]

DENSITIES: Final[tuple[Density, ...]] = ("cards", "rows", "mosaic")
"""From roomy to dense."""

MOST_CARDS: Final = 50
"""More workers than this never become cards by themselves."""

CARD_WIDTH: Final = 29
"""A column of cards is at least this wide, gap included; a row at least `ROW_WIDTH`."""

ROW_WIDTH: Final = 56

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
    """Lay out workers on `width` by `height` cells, by room or as asked."""
    if density != "auto":
        return _lay(workers, width, height, density)
    fitting = DENSITIES[workers > MOST_CARDS :]
    grids = [_lay(workers, width, height, each) for each in fitting]
    fits = (each for each in grids[:-1] if each.lines(workers) <= max(1, height) * PAGES[each.density])
    return next(fits, grids[-1])


def _lay(workers: int, width: int, height: int, density: Density) -> Grid:
    width = max(1, width)
    if density == "cards":
        columns = max(1, min((width + 1) // CARD_WIDTH, workers))
        roomy = -(-workers // columns) * 6 <= height
        return Grid("cards", columns, max(12, (width + 1) // columns), 6 if roomy else 5)
    if density == "rows":
        columns = max(1, (width + 2) // ROW_WIDTH)
        if workers <= height:
            columns = 1
        return Grid("rows", columns, max(12, (width + 2) // columns), 1)
    margin = len(str(max(0, workers - 1))) + 1 if width >= NUMBERED_WIDTH else 0
    spaced = (width - margin) // (2 * TEN) * TEN
    pitch = 2 if workers <= spaced * height else 1
    columns = max(1, (width - margin) // pitch)
    return Grid("mosaic", columns // TEN * TEN or columns, pitch, 1, margin)
