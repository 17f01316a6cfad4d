"""The program's text, with each worker at its line and the followed worker's line in view."""

from collections.abc import Hashable
from typing import ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ..locales.words import N_
from ..trace.events import NONE
from ..trace.state import State, Worker
from .pane import LinePane
from .source_line import Here, Shape, here, source_line
from .source_places import Places
from .source_text import CodeLine, highlighted, unlit
from .worker_order import View

AT_ONCE: Final = 400
"""Lines that are highlighted without a thread: about as long as a person does not notice."""

SIDEWAYS: Final = 8
"""Cells that one key press scrolls sideways."""


class SourcePane(LinePane):
    """The file that the followed worker is in, or else the worker that runs."""

    TITLE = N_("Source")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "h", "sideways(-1)", N_("Left"), show=False, id="source.left", tooltip=N_("Show the beginnings of lines")
        ),
        Binding(
            "l", "sideways(1)", N_("Right"), show=False, id="source.right", tooltip=N_("Show the ends of long lines")
        ),
    ]

    view: reactive[View] = reactive(View())
    """Who is followed; filter and pins mean nothing here."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self.path = ""
        """The file shown."""
        self._state = State()
        self._places = Places()
        self._code: tuple[CodeLine, ...] = ()
        self._source = ""
        self._left = 0
        self._centred: tuple[str, int, int] = ("", 0, 0)

    def prepare(self) -> None:
        """Follow the workers to their lines."""
        trace = self.trace
        assert trace is not None
        self._state = state = trace.state(self.position)
        self._places.update(trace, state.workers)
        watched = self._watched()
        site = trace.site(watched.site) if watched is not None else trace.site(NONE)
        path = site.path if site.path in trace.sources else self.path
        if path not in trace.sources:
            path = next(iter(trace.sources), "")
        self._open(path, trace.sources.get(path, ""))
        self.extent(len(self._code))
        self.headline(f"{site.function}()" if site.function else "", title=path or self.TITLE)
        self._centre(site.line if site.path == path else 0)

    def _watched(self) -> Worker | None:
        workers = self._state.workers
        followed = self.view.followed if self.view.followed != NONE else self._state.running
        return workers[followed] if 0 <= followed < len(workers) else None

    def _open(self, path: str, source: str) -> None:
        if path == self.path and source == self._source:
            return
        self.path, self._source, self._left = path, source, 0
        if source.count("\n") <= AT_ONCE:
            self._code = highlighted(source)
        else:
            self._code = unlit(source)
            self._highlight(source)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _highlight(self, source: str) -> None:
        code = highlighted(source)
        self.app.call_from_thread(self._light, source, code)

    def _light(self, source: str, code: tuple[CodeLine, ...]) -> None:
        if source == self._source:
            self._code = code
            self.update_lines()

    def _centre(self, line: int) -> None:
        """Bring the watched line to the middle once it has moved out of the middle half of the window."""
        target = (self.path, line, self.rows)
        if not line or target == self._centred or not self.rows:
            return
        self._centred = target
        row = line - 1 - self.top
        if not self.rows // 4 <= row <= self.rows - 1 - self.rows // 4:
            self.scroll_to(y=max(0, line - 1 - self.rows // 2), animate=False, force=True)

    def line_key(self, row: int) -> Hashable:
        """Return the code and the workers of a row."""
        index = row + self.top
        return (index, self._code[index], self._here(index), self._shape) if index < len(self._code) else None

    def draw_line(self, row: int, width: int) -> Strip:
        """Draw a line of the program."""
        index = row + self.top
        if index >= len(self._code):
            return Strip.blank(width, self.paint("ink", "pane"))
        return source_line(index + 1, self._code[index], self._here(index), self._shape, self.paint)

    @property
    def _shape(self) -> Shape:
        return Shape(max(2, len(str(len(self._code)))), self._left, self.columns)

    def _here(self, index: int) -> Here:
        workers = self._state.workers
        present = [workers[number] for number in self._places.at(self.path, index + 1)]
        return here(present, self.view.followed)

    def watch_view(self) -> None:
        """Follow another worker."""
        self.update_lines()

    def action_sideways(self, by: int) -> None:
        """Scroll the code sideways."""
        self._left = max(0, self._left + by * SIDEWAYS)
        self.update_lines()
