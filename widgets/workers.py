"""The workers: cards, rows or a mosaic, whichever the room allows, each with what it does, holds and waits for."""

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ..trace.state import State, Status
from .fitting import plain
from .pane import LinePane
from .worker_card import STRIP, card
from .worker_density import DENSITIES, Density, Grid, grid
from .worker_facts import Facts, facts
from .worker_legend import census, legend
from .worker_messages import WorkerPicked
from .worker_mosaic import MosaicKey, mosaic_key, mosaic_line
from .worker_order import KEYS, View
from .worker_row import STRIP as ROW_STRIP
from .worker_row import row
from .worker_strip import grain, history

NAMES_SAMPLED: Final = 64
"""Workers whose names decide how wide the column of names is."""

LONGEST_NAME: Final = 20


class WorkersPane(LinePane):
    """All workers at the cursor. What it costs to show a state follows the lines on screen, not the workers."""

    TITLE = "Workers"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "plus",
            "denser",
            "Denser",
            show=False,
            id="workers.denser",
            tooltip="Show more workers at once",
        ),
        Binding(
            "underscore",
            "roomier",
            "Roomier",
            show=False,
            id="workers.roomier",
            tooltip="Show each larger",
        ),
    ]

    density: reactive[Density] = reactive[Density]("auto")
    """How densely workers are shown; "auto" goes by the room there is."""

    view: reactive[View] = reactive(View())
    """Filter, pins, and who is followed."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self.grid: Grid = grid(0, 1, 1)
        self._state = State()
        self._order: Sequence[int] = ()
        self._grain = 1
        self._names = 0

    def prepare(self) -> None:
        """Take the state at the cursor and lay out its workers."""
        trace = self.trace
        assert trace is not None
        self._state = state = trace.state(self.position)
        self._order = order = self.view.order(state)
        self.grid = grid(len(order), self.columns, self.rows, self.density)
        self._grain = grain(len(state.workers))
        sample = (state.workers[worker].name for worker in order[:NAMES_SAMPLED])
        self._names = min(LONGEST_NAME, max(map(cell_len, map(plain, sample)), default=0))
        self.extent(self.grid.lines(len(order)))
        self._title()

    def keyed(self) -> Sequence[int]:
        """Return the workers that the keys 1 to 9 stand for: the first ones shown, runnable or not."""
        return self._order[:KEYS]

    def action_denser(self) -> None:
        """Show workers more densely."""
        self.density = DENSITIES[min(len(DENSITIES) - 1, DENSITIES.index(self.grid.density) + 1)]

    def action_roomier(self) -> None:
        """Show each worker larger."""
        self.density = DENSITIES[max(0, DENSITIES.index(self.grid.density) - 1)]

    def watch_density(self) -> None:
        """Lay out anew."""
        self._changed()

    def watch_view(self) -> None:
        """Show other workers, or the same in another light."""
        self._changed()

    def _changed(self) -> None:
        if self.trace is not None and self.is_mounted:
            self.prepare()
            self.repaint()

    def _title(self) -> None:
        count, shown = len(self._state.workers), len(self._order)
        info = f"{count:,}" if shown == count else f"{shown:,} of {count:,}"
        if self._state.stuck:
            info += f" {self.paint.glyphs.dot} {len(self._state.stuck)} deadlocked"
        hidden = shown - (self.scroll_offset.y + self.rows) // self.grid.height * self.grid.columns
        footnote = f"{self.paint.glyphs.more} {hidden:,} more" if hidden > 0 else ""
        self.headline(info, footnote)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say how many workers are still below."""
        super().watch_scroll_y(old_value, new_value)
        if self.trace is not None:
            self._title()

    def line_key(self, row: int) -> Hashable:
        """Return the facts of the workers on a row."""
        y = row + self.scroll_offset.y
        first = y // self.grid.height * self.grid.columns
        if self._is_legend(row):
            return self._census()
        if self.grid.density == "mosaic":
            return (
                mosaic_key(self._state, self._order, first, self.grid.columns, self.view),
                first,
                self.grid,
            )
        return (*self._on_line(first), self.grid, self._names)

    def _is_legend(self, row: int) -> bool:
        """Tell whether a row is the last one of a mosaic that is whole on screen with room to spare."""
        mosaic = self.grid.density == "mosaic"
        return mosaic and row == self.rows - 1 and self.grid.lines(len(self._order)) < self.rows - 1

    def _census(self) -> tuple[tuple[Status, int], ...]:
        workers = self._state.workers
        return census(workers[number].status for number in self._order)

    def _on_line(self, first: int) -> list[Facts]:
        cells = STRIP if self.grid.density == "cards" else ROW_STRIP
        places = range(first, min(first + self.grid.columns, len(self._order)))
        return [self._facts_at(place, cells) for place in places]

    def _facts_at(self, place: int, cells: int) -> Facts:
        trace, state = self.trace, self._state
        assert trace is not None
        worker = state.workers[self._order[place]]
        known = facts(trace, state, worker)
        return known._replace(
            key=place + 1 if place < KEYS else 0,
            followed=worker.id == self.view.followed,
            pinned=worker.id in self.view.pinned,
            history=history(
                trace.lanes.segments(worker.id),
                state.position,
                state.step,
                cells,
                self._grain,
            ),
        )

    def draw_line(self, row: int, width: int) -> Strip:
        """Draw one line: of a mosaic, of a row of cards, or of rows side by side."""
        y = row + self.scroll_offset.y
        first = y // self.grid.height * self.grid.columns
        if self._is_legend(row):
            return legend(self._census(), width, self.paint)
        if first >= len(self._order):
            return Strip.blank(width, self.paint("ink", "pane"))
        if self.grid.density == "mosaic":
            return self._mosaic(first, width)
        return self._side_by_side(first, y % self.grid.height, width)

    def _mosaic(self, first: int, width: int) -> Strip:
        key: MosaicKey = mosaic_key(self._state, self._order, first, self.grid.columns, self.view)
        margin = self.grid.margin
        label = f"{first:>{margin - 1}} " if margin else ""
        rest = mosaic_line(key, self.grid.pitch, width - margin, self.paint)
        return Strip([Segment(label, self.paint("muted", "pane")), *rest], width) if margin else rest

    def _side_by_side(self, first: int, line: int, width: int) -> Strip:
        gap = Strip.blank(1 if self.grid.density == "cards" else 2, self.paint("ink", "pane"))
        pieces: list[Strip] = []
        for known in self._on_line(first):
            cells = self.grid.pitch - gap.cell_length
            if self.grid.density == "cards":
                pieces.append(card(known, cells, self.grid.height, self.paint)[line])
            else:
                pieces.append(row(known, cells, self._names, self.paint))
            pieces.append(gap)
        joined = Strip.join(pieces[:-1])
        return joined.adjust_cell_length(width, self.paint("ink", "pane"))

    def on_click(self, event: events.Click) -> None:
        """Follow the worker that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or self.trace is None:
            return
        index = self.grid.index(offset.x, offset.y + self.scroll_offset.y)
        if 0 <= index < len(self._order):
            self.post_message(WorkerPicked(self._order[index]))
