"""What the program wrote, up to the cursor, in the order it was written and with who wrote it."""

from collections.abc import Hashable
from typing import ClassVar, Final, NamedTuple

from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ..locales.words import N_, _
from ..trace.state import State
from ..trace.store import Trace
from .fitting import Line, cut_middle, plain, width_of
from .output_lines import OutputLines
from .palette import Paint
from .pane import LinePane
from .worker_order import View

LONGEST_NAME: Final = 16
SIDEWAYS: Final = 8


class Written(NamedTuple):
    """A line as drawn."""

    name: str
    """Who wrote it, or "" if the line above says so."""
    text: str
    error: bool = False
    newest: bool = False
    """Whether the event before the cursor wrote it."""
    followed: bool = False


def output_line(line: Written, names: int, width: int, left: int, paint: Paint) -> Strip:
    """Draw a line, the name in `names` cells, the text without its first `left` characters."""
    ground = "wash-cursor" if line.newest else "pane"
    glyphs = paint.glyphs
    drawn = Line(width, glyphs.ellipsis)
    name = cut_middle(line.name, names, glyphs.ellipsis)
    style = paint("accent" if line.followed else "muted", ground, bold=line.followed)
    drawn.gap(names - width_of(name), style).add(name, style)
    edge = paint("state-failed" if line.error else "edge-strong", ground)
    drawn.add(f" {glyphs.error if line.error else glyphs.vertical} ", edge)
    return drawn.add(line.text[left:], paint("state-failed" if line.error else "ink", ground)).strip(edge)


class OutputPane(LinePane):
    """All output. At its end the pane stays at the end; scrolled up, it stays where it is."""

    TITLE = N_("Output")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "h", "sideways(-1)", N_("Left"), show=False, id="output.left", tooltip=N_("Show the beginnings of lines")
        ),
        Binding(
            "l", "sideways(1)", N_("Right"), show=False, id="output.right", tooltip=N_("Show the ends of long lines")
        ),
    ]

    view: reactive[View] = reactive(View())
    """Who is followed: those lines' names stand out."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self._state = State()
        self._lines: OutputLines | None = None
        self._count = 0
        self._names = 0
        self._left = 0
        self._at_end = True

    def prepare(self) -> None:
        """Count the lines up to the cursor, and stay at their end if the pane is there."""
        trace = self.trace
        assert trace is not None
        self._state = trace.state(self.position)
        self._count = self._index(trace).count(self.position)
        self.extent(self._count)
        if self._at_end and self.top < self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        self._names = self._widest()
        self.headline(_("1 line") if self._count == 1 else _("{count:,} lines", count=self._count))

    def _index(self, trace: Trace) -> OutputLines:
        if self._lines is None or self._lines.trace is not trace:
            self._lines = OutputLines(trace)
        return self._lines

    def _widest(self) -> int:
        """Return the width of the column of names: it grows with the names on screen, never shrinks while scrolling."""
        assert self._lines is not None
        top = self.top
        shown = range(top, min(top + self.rows, self._count))
        names = (width_of(self._name_of(self._lines.line(number, self.position).worker)) for number in shown)
        return min(LONGEST_NAME, max(6, self.columns // 4), max(self._names, *names, 1))

    def _name_of(self, worker: int) -> str:
        workers = self._state.workers
        return plain(workers[worker].name) if 0 <= worker < len(workers) else ""

    def _written(self, number: int) -> Written:
        """Return a line; the name is left out where the line above, if on screen, has the same."""
        assert self._lines is not None
        line = self._lines.line(number, self.position)
        above = number > self.top and self._lines.line(number - 1, self.position).worker == line.worker
        name = "" if above else self._name_of(line.worker)
        newest = line.written == self.position
        return Written(name, line.text, line.error, newest, line.worker == self.view.followed)

    def line_key(self, row: int) -> Hashable:
        """Return the line of output on a row."""
        number = row + self.top
        return (self._written(number), self._names, self._left) if number < self._count else None

    def draw_line(self, row: int, width: int) -> Strip:
        """Draw a line of output."""
        number = row + self.top
        if number < self._count:
            return output_line(self._written(number), self._names, width, self._left, self.paint)
        empty = Line(width).add("" if self._count or row else _("Nothing is written yet."), self.paint("muted", "pane"))
        return empty.strip(self.paint("muted", "pane"))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note whether the pane is at the end: only scrolling changes that, not more output."""
        super().watch_scroll_y(old_value, new_value)
        self._at_end = new_value >= self.max_scroll_y

    def watch_view(self) -> None:
        """Let other lines stand out."""
        self.update_lines()

    def action_sideways(self, by: int) -> None:
        """Scroll the text sideways."""
        self._left = max(0, self._left + by * SIDEWAYS)
        self.update_lines()
