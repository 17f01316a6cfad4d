"""The workers: cards, rows or a mosaic, whichever the room allows, each with what it does, holds and waits for."""

from collections import Counter
from collections.abc import Hashable, Sequence
from operator import attrgetter
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ..locales.words import N_, _
from ..trace.events import NONE
from ..trace.state import State, Status
from .fitting import plain, width_of
from .lane_cells import codes
from .palette import LOOKS
from .pane import LinePane
from .worker_card import STRIP, card
from .worker_density import DENSITIES, GAPS, Density, Grid, grid
from .worker_facts import Facts, facts
from .worker_legend import legend
from .worker_messages import WorkerPicked
from .worker_mosaic import Tiles, mosaic_line, tiles
from .worker_order import View, insiders
from .worker_order import keyed as keyed_workers
from .worker_row import INDENT
from .worker_row import STRIP as ROW_STRIP
from .worker_row import row as worker_row
from .worker_strip import grain, strip_bounds

NAMES_SAMPLED: Final = 64
"""Workers whose names decide how wide the column of names is."""

LONGEST_NAME: Final = 20

_STATUS: Final = attrgetter("status")
_ROOM_FOR_SUMS: Final = 4
"""Least lines of a mosaic that has its states summed up on the last one."""


class WorkersPane(LinePane):
    """All workers at the cursor. What it costs to show a state follows the lines on screen, not the workers."""

    TITLE = N_("Workers")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "plus", "denser", N_("Denser"), show=False, id="workers.denser", tooltip=N_("Show more workers at once")
        ),
        Binding(
            "underscore", "roomier", N_("Roomier"), show=False, id="workers.roomier", tooltip=N_("Show each larger")
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
        self._keyed: list[int] = []
        self._inside: dict[int, int] = {}
        """How many workers are folded into each thread."""
        self._names = 0
        self._sums = False
        """Whether the last line sums up the states, as it does below a mosaic unless that fits with none to spare."""
        self._pointed = -1
        self._bounds: tuple[int, ...] = (0,)
        # What has been found out for the present state, by place in the order.
        self._known: dict[int, Facts] = {}
        self._tiled: dict[int, Tiles] = {}
        self._counted: tuple[tuple[Status, int], ...] = ()

    def prepare(self) -> None:
        """Take the state at the cursor and lay out its workers."""
        trace = self.trace
        assert trace is not None
        self._state = state = trace.state(self.position)
        self._order = order = self.view.order(state)
        self._keyed = keyed_workers(order, state)
        folded = insiders(state).items() if self.view.folded else ()
        self._inside = {host: len(inside) for host, inside in folded}
        self._known.clear()
        self._tiled.clear()
        self._counted = ()
        self.grid = grid(len(order), self.content_size.width, self.rows, self.density)
        sample = (state.workers[worker] for worker in order[:NAMES_SAMPLED])
        widths = (width_of(plain(one.name)) + (INDENT if one.host != NONE else 0) for one in sample)
        self._names = min(LONGEST_NAME, max(widths, default=0))
        length = STRIP if self.grid.density == "cards" else ROW_STRIP
        self._bounds = strip_bounds(trace, self.position, length, grain(len(state.workers)))
        height = self.grid.lines(len(order))
        self._sums = self.grid.density == "mosaic" and self.rows >= _ROOM_FOR_SUMS and not 0 <= self.rows - height <= 1
        # A mosaic that goes on below the screen has a line more to scroll, as the last one on screen has the sums.
        self.extent(height + (self._sums and height > self.rows))
        self._title()

    def keyed(self) -> Sequence[int]:
        """Return the workers that the keys 1 to 9 stand for: the first ones shown, runnable or not.

        Where some run inside threads, all threads come before them.
        """
        return self._keyed

    def action_denser(self) -> None:
        """Show workers more densely."""
        self.density = DENSITIES[min(len(DENSITIES) - 1, DENSITIES.index(self.grid.density) + 1)]

    def action_roomier(self) -> None:
        """Show each worker larger."""
        self.density = DENSITIES[max(0, DENSITIES.index(self.grid.density) - 1)]

    def watch_density(self) -> None:
        """Lay out anew."""
        self.update_lines()

    def watch_view(self, old: View, new: View) -> None:
        """Show other workers, or the same in another light. Another filter starts at the top."""
        if new.filter != old.filter:
            self.scroll_to(y=0, animate=False, force=True)
        self.update_lines()

    def _title(self) -> None:
        count, shown = len(self._state.workers), len(self._order)
        info = f"{count:,}" if shown == count else _("{shown:,} of {count:,}", shown=shown, count=count)
        if self._state.stuck:
            info += _(" {dot} {count} deadlocked", dot=self.paint.glyphs.dot, count=len(self._state.stuck))
        hidden = shown - (self.top + self.rows - self._sums) // self.grid.height * self.grid.columns
        footnote = _("{glyph} {count:,} more", glyph=self.paint.glyphs.more, count=hidden) if hidden > 0 else ""
        if 0 <= self._pointed < shown:
            pointed = self._facts_at(self._pointed)
            footnote = f"{pointed.name}: {LOOKS[pointed.status].short} {pointed.line} {pointed.wants}"
        self.headline(info, footnote)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say how many workers are still below."""
        super().watch_scroll_y(old_value, new_value)
        if self.trace is not None:
            self._title()

    def line_key(self, row: int) -> Hashable:
        """Return the facts of the workers on a row."""
        if self._is_legend(row):
            return self._census()
        first = (row + self.top) // self.grid.height * self.grid.columns
        if self.grid.density == "mosaic":
            return self._tiles(first), self.grid
        return (*self._on_line(first), self.grid, self._names)

    def _is_legend(self, row: int) -> bool:
        """Tell whether a row is the last one of a mosaic, which says how many workers are in each state."""
        return self._sums and row == self.rows - 1

    def _census(self) -> tuple[tuple[Status, int], ...]:
        """Return how many of the workers shown are in each state, counted once a state."""
        if not self._counted:
            workers = self._state.workers
            shown = workers if isinstance(self._order, range) else map(workers.__getitem__, self._order)
            self._counted = tuple(Counter(map(_STATUS, shown)).most_common())
        return self._counted

    def _on_line(self, first: int) -> list[Facts]:
        return [self._facts_at(place) for place in range(first, min(first + self.grid.columns, len(self._order)))]

    def _facts_at(self, place: int) -> Facts:
        """Return the facts of the worker at a place of the order, found out once a state."""
        known = self._known.get(place)
        if known is None:
            assert self.trace is not None
            worker = self._state.workers[self._order[place]]
            known = self._known[place] = facts(self.trace, self._state, worker)._replace(
                key=self._keyed.index(worker.id) + 1 if worker.id in self._keyed else 0,
                inside=self._inside.get(worker.id, 0),
                followed=worker.id == self.view.followed,
                pinned=worker.id in self.view.pinned,
                history=codes(self.trace.lanes.segments(worker.id), self._bounds),
            )
        return known

    def _tiles(self, first: int) -> Tiles:
        known = self._tiled.get(first)
        if known is None:
            shown = self._order[first : first + self.grid.columns]
            known = self._tiled[first] = tiles(self._state, shown, first, self.view, self.paint)
        return known

    def draw_line(self, row: int, width: int) -> Strip:
        """Draw one line: of a mosaic, of a row of cards, or of rows side by side."""
        y = row + self.top
        first = y // self.grid.height * self.grid.columns
        if self._is_legend(row):
            return legend(self._census(), width, self.paint)
        if first >= len(self._order):
            return Strip.blank(width, self.paint("ink", "pane"))
        if self.grid.density == "mosaic":
            return self._mosaic(first, width)
        return self._side_by_side(first, y % self.grid.height, width)

    def _mosaic(self, first: int, width: int) -> Strip:
        margin = self.grid.margin
        line = mosaic_line(self._tiles(first), self.grid.pitch, width - margin, self.paint)
        label = Segment(f"{first:>{margin - 1}} ", self.paint("muted", "pane"))
        return Strip([label, *line], width) if margin else line

    def _side_by_side(self, first: int, line: int, width: int) -> Strip:
        cards = self.grid.density == "cards"
        gap = Segment(" " * GAPS[self.grid.density], self.paint("ink", "pane"))
        cells = self.grid.pitch - len(gap.text)
        segments: list[Segment] = []
        for known in self._on_line(first):
            if segments:
                segments.append(gap)
            if cards:
                segments += card(known, cells, self.grid.height, self.paint)[line]
            else:
                segments += worker_row(known, cells, self._names, self.paint)
        return Strip(segments).adjust_cell_length(width, self.paint("ink", "pane"))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell who a cell of the mosaic is."""
        self._point_at(self._place_at(event) if self.grid.density == "mosaic" else -1)

    def on_leave(self) -> None:
        """Point at nobody."""
        self._point_at(-1)

    def _point_at(self, place: int) -> None:
        if place != self._pointed:
            self._pointed = place
            if self.trace is not None:
                self._title()

    def _place_at(self, event: events.MouseEvent) -> int:
        """Return the place in the order of the worker under the mouse, or -1."""
        offset = event.get_content_offset(self)
        index = -1 if offset is None or self._is_legend(offset.y) else self.grid.index(offset.x, offset.y + self.top)
        return index if index < len(self._order) else -1

    def on_click(self, event: events.Click) -> None:
        """Follow the worker that was clicked."""
        place = self._place_at(event)
        if place >= 0:
            self.post_message(WorkerPicked(self._order[place]))
