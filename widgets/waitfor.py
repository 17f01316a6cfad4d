"""The wait-for pane: who waits for whom, as a tree, with a circle of waiting drawn and lit above it."""

from collections.abc import Hashable
from typing import ClassVar, Final

from textual.strip import Strip

from ..trace import waits
from .drawings import cycle
from .drawings.ink import EMPTY, Row, Span, row, strip
from .pane import LinePane
from .waitfor_tree import tree


class WaitForPane(LinePane):
    """Draws the wait-for graph at the cursor. Who waits for nobody stands at the left."""

    TITLE: ClassVar[str] = "Wait-for"

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._lines: list[Row] = []
        self._drawn_for: Hashable = None

    def prepare(self) -> None:
        """Draw the graph, if it is another one than before."""
        assert self.trace is not None
        state = self.trace.state(self.position)
        edges, dead = waits.edges(state), waits.cycle(state)
        names = [state.workers[edge.worker].name for edge in edges if 0 <= edge.worker < len(state.workers)]
        drawn_for = (tuple(edges), tuple(names), state.running, len(state.stuck), self.columns)
        if drawn_for != self._drawn_for:
            self._drawn_for = drawn_for
            head = cycle.draw(cycle.look(state, dead), self.columns)
            self._lines = [*head, *([EMPTY] if head else []), *tree(state, edges, cycle.ring(dead), self.columns)]
        self.extent(len(self._lines))
        waiting = len({edge.worker for edge in edges})
        self.headline(info=f"{waiting:,} waiting" if waiting else "")

    def line_key(self, row: int) -> Hashable:
        """Return the row of the tree that is on the line."""
        place = row + self.scroll_offset.y
        if place < len(self._lines):
            return self._lines[place]
        return _NOBODY if not self._lines and place == 1 else EMPTY

    def draw_line(self, row: int, width: int) -> Strip:
        """Paint one row of the tree."""
        line = self.line_key(row)
        assert isinstance(line, tuple)
        return strip(line, width, self.paint, "pane")


_NOBODY: Final[Row] = row(Span("Nobody waits for anybody.", "muted"))
