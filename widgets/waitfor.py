"""The wait-for pane: who waits for whom, as a tree, with a circle of waiting drawn and lit above it."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from ..locales.language import current
from ..locales.words import N_, _
from ..trace import waits
from ..trace.state import State
from .drawings import cycle
from .drawings.ink import EMPTY, Row, Span, row, strip
from .pane import LinePane
from .waitfor_graph import Graph, gathered
from .waitfor_tree import Line, drawn, tree


class WaitForPane(LinePane):
    """Draws the wait-for graph at the cursor. Who waits for nobody stands at the left."""

    TITLE: ClassVar[str] = N_("Wait-for")

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._state = State()
        self._lines: list[Line] = []
        self._laid_out_for: Hashable = None

    def prepare(self) -> None:
        """Lay the graph out, if it is another one than before."""
        assert self.trace is not None
        self._state = self.trace.state(self.position)
        graph = gathered(self._state)
        laid_out_for = (graph.fingerprint(), self.columns, current())
        if laid_out_for != self._laid_out_for:
            self._laid_out_for = laid_out_for
            self._lines = self._tree(graph)
        self.extent(len(self._lines))
        waiting = graph.count
        self.headline(info=_("{waiting:,} waiting", waiting=waiting) if waiting else "")

    def _tree(self, graph: Graph) -> list[Line]:
        """Return the graph laid out, below a circle of waiting if there is one."""
        dead = waits.cycle(graph.state) if graph.may_be_stuck else []
        lines = tree(graph, [edge.worker for edge in cycle.ring(dead)], self.columns)
        return [*cycle.draw(cycle.look(graph.state, dead), self.columns), EMPTY, *lines] if dead else lines

    def line_key(self, row: int) -> Hashable:
        """Return the row of the tree that is on the line."""
        place = row + self.scroll_offset.y
        if place < len(self._lines):
            return drawn(self._lines[place], self._state, self.columns)
        return _nobody() if not self._lines and place == 1 else EMPTY

    def draw_line(self, row: int, width: int) -> Strip:
        """Paint one row of the tree."""
        line = self.line_key(row)
        assert isinstance(line, tuple)
        return strip(line, width, self.paint, "pane")


def _nobody() -> Row:
    return row(Span(_("Nobody waits for anybody."), "muted"))
