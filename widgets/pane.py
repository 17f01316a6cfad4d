"""The base of the panes: draws itself line by line, and after a change repaints only the lines that look different."""

from abc import abstractmethod
from collections.abc import Hashable, Iterator
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from ..locales.words import N_, _
from ..trace.store import Trace
from .fitting import plain, width_of
from .palette import DARK_PAINT, Paint, paint_of

_NEVER: Final = object()


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """A bordered pane of lines. `show` gives it a trace and a cursor; the cost of that follows the lines on screen.

    A subclass says what a visible line shows (`line_key`) and draws it (`draw_line`). Rows count from the top of the
    window, not of the content: add `self.top` where the content scrolls.
    """

    DEFAULT_CSS = """
    LinePane {
        border: round $border-blurred;
        background: $surface;
        color: $foreground;
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        &:focus { border: round $border; }
        &.-ascii { border: ascii $border-blurred; }
        &.-ascii:focus { border: ascii $border; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_lines(1)", N_("Down"), show=False, id="pane.down", tooltip=N_("Scroll one line down")),
        Binding("k", "scroll_lines(-1)", N_("Up"), show=False, id="pane.up", tooltip=N_("Scroll one line up")),
        Binding("pagedown", "scroll_pages(1)", N_("Page down"), show=False, id="pane.page_down"),
        Binding("pageup", "scroll_pages(-1)", N_("Page up"), show=False, id="pane.page_up"),
    ]

    TITLE: ClassVar[str] = ""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self.trace: Trace | None = None
        self.position = 0
        self.paint: Paint = DARK_PAINT
        self.rows = 0
        """Lines on screen."""
        self.columns = 0
        """Cells to draw on, beside the scroll bar."""
        self.top = 0
        """The first line of the content on screen."""
        self._keys: dict[int, Hashable] = {}
        self._drawn: dict[int, object] = {}
        self._headline: tuple[str, str, str] = ("", "", "")

    def show(self, trace: Trace, position: int) -> None:
        """Show the trace after its first `position` events. Calling it again with the same is free of effect."""
        self.trace = trace
        self.position = position
        self.update_lines()

    def update_lines(self) -> None:
        """Draw again what would now look different, after a change of anything that lines are drawn from."""
        if self.trace is not None and self.is_mounted and self.rows:
            self._measure()
            self._keys.clear()
            self.prepare()
            self.repaint()

    def prepare(self) -> None:
        """Bring what lines are drawn from up to date with trace, position and size."""

    @abstractmethod
    def line_key(self, row: int) -> Hashable:
        """Return what a visible row shows: two equal keys look alike."""

    @abstractmethod
    def draw_line(self, row: int, width: int) -> Strip:
        """Draw a visible row, `width` cells wide, on its own ground."""

    def repaint(self) -> None:
        """Have the visible lines that would now look different drawn again."""
        drawn = self._drawn
        regions = list(_merged(row for row in range(self.rows) if drawn.get(row, _NEVER) != self._key(row)))
        if regions:
            width = self.size.width
            self.refresh(*(Region(0, first, width, count) for first, count in regions))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw for the compositor, and notice other room than was thought: a scroll bar comes unannounced."""
        if self.scrollable_content_region.size != (self.columns, self.rows):
            self.call_later(self._fit)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line for the compositor."""
        if self.trace is None or not self.rows:
            return Strip.blank(self.size.width, self.paint("ink", "pane"))
        self._drawn[y] = self._key(y)
        return self.draw_line(y, self.columns)

    def _key(self, row: int) -> Hashable:
        """Return a row's key, asked for once between two changes."""
        if row not in self._keys:
            self._keys[row] = self.line_key(row)
        return self._keys[row]

    def _measure(self) -> None:
        """Note the room there is. Asking for it costs much more than drawing a line."""
        region = self.scrollable_content_region
        self.rows, self.columns, self.top = region.height, region.width, self.scroll_offset.y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note where the content is."""
        super().watch_scroll_y(old_value, new_value)
        self.top = self.scroll_offset.y
        self._keys.clear()

    def watch_show_vertical_scrollbar(self) -> None:
        """Make room for a scroll bar once it has come, or take that room when it is gone."""
        if self.is_mounted:
            self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        columns = self.columns
        self._measure()
        if self.columns != columns:  # what was drawn for another width is not what it should be, even where it fits
            self._drawn.clear()
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y
        self.update_lines()

    def extent(self, height: int) -> None:
        """Set how many lines there are; the screen is laid out anew only if a scroll bar comes or goes."""
        size = Size(0, max(0, height))
        if size == self.virtual_size:
            return
        rows = self.rows
        if (size.height > rows) == (self.virtual_size.height > rows) and rows:
            self.set_reactive(Widget.virtual_size, size)
            if self.show_vertical_scrollbar:
                self.vertical_scrollbar.window_virtual_size = size.height
            if self.top > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False)
        else:
            self.virtual_size = size

    def headline(self, info: str = "", footnote: str = "", title: str = "") -> None:
        """Write the title into the border, info at its right end, and a footnote into the lower border."""
        headline = (title or _(self.TITLE), info, footnote)
        if headline != self._headline:
            self._headline = headline
            self._write_headline()

    def _write_headline(self, *, focused: bool | None = None) -> None:
        """Write the border's texts; while the focus comes or goes, `has_focus` does not say so yet."""
        title, info, footnote = (plain(text) for text in self._headline)
        paint = self.paint
        focused = self.has_focus if focused is None else focused
        edge = self.app.theme_variables["border" if focused else "border-blurred"]
        room = self.outer_size.width - 6 - width_of(title)
        parts: list[tuple[str, str]] = [(title, f"bold {paint.css('accent' if focused else 'ink')}")]
        if info and room > width_of(info) + 3:
            rule = paint.glyphs.horizontal * (room - width_of(info) - 2)
            parts += [(f" {rule} ", edge), (info, paint.css("muted"))]
        self.border_title = Content.assemble(*parts)
        self.border_subtitle = Content.styled(footnote, paint.css("muted")) if footnote else None

    def on_mount(self) -> None:
        """Take the colours of the theme, and draw what was shown before there was a screen."""
        self.app.theme_changed_signal.subscribe(self, self._take_theme)
        self._take_theme(self.app.current_theme)

    def _take_theme(self, _theme: Theme) -> None:
        self.paint = paint_of(self.app)
        self.set_class(self.paint.ascii_only, "-ascii")
        self._headline = self._headline if any(self._headline) else (_(self.TITLE), "", "")
        self._write_headline()
        self._drawn.clear()
        self.update_lines()

    def on_language_changed(self) -> None:
        """Say everything in the other language."""
        self._headline = (_(self.TITLE), "", "")
        self._write_headline()
        self._drawn.clear()
        self.update_lines()

    def on_resize(self) -> None:
        """Fit the lines to the new size."""
        self._write_headline()
        self._fit()

    def on_focus(self) -> None:
        """Show the focus in the title too."""
        self._write_headline(focused=True)

    def on_blur(self) -> None:
        """Show in the title that the focus is gone."""
        self._write_headline(focused=False)

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by whole pages, one line kept."""
        self.scroll_relative(y=pages * max(1, self.rows - 1), animate=False)


def _merged(rows: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of neighbouring rows as (first, count)."""
    first = count = 0
    for row in rows:
        if count and row == first + count:
            count += 1
            continue
        if count:
            yield first, count
        first, count = row, 1
    if count:
        yield first, count
