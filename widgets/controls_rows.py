"""A row of a control panel: one focusable widget with a label, a value, and a field where a value can be typed."""

from dataclasses import replace
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from ..locales.words import N_
from .controls import Control, ControlChanged, ControlError, Setting, read, shown, stepped
from .drawings.ink import EMPTY, Row, Span, clip, length, row, spread, strip
from .fitting import cut_middle, plain
from .palette import paint_of

_LEAST_VALUE: Final = 6
"""Cells that a value gets beside its label; where it needs more, it stands below."""


class ControlRow(Widget, can_focus=True):
    """One control: its label, its value, and how to change it."""

    DEFAULT_CSS = """
    ControlRow {
        height: auto;
        width: 1fr;
        & Input { dock: right; height: 1; border: none; padding: 0; background: $background; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "change(-1)", N_("Less"), show=False, id="control.less", tooltip=N_("One step down")),
        Binding("right,l", "change(1)", N_("More"), show=False, id="control.more", tooltip=N_("One step up")),
        Binding("shift+left,H", "change(-10)", N_("Much less"), show=False, id="control.much_less"),
        Binding("shift+right,L", "change(10)", N_("Much more"), show=False, id="control.much_more"),
        Binding("up,k", "go(-1)", N_("Previous"), show=False, id="control.previous", tooltip=N_("The control above")),
        Binding("down,j", "go(1)", N_("Next"), show=False, id="control.next", tooltip=N_("The control below")),
        Binding("enter", "type", N_("Type"), show=False, id="control.type", tooltip=N_("Type a value")),
    ]

    def __init__(self, control: Control) -> None:
        super().__init__()
        self.control = control
        """What the row shows at present."""
        self.problem = ""
        """Why what is being typed, or was set last, will not do."""

    def put(self, control: Control) -> None:
        """Show another state of the control."""
        if control != self.control:
            self.control = control
            self.problem = ""
            self.refresh(layout=True)

    def refuse(self, problem: str) -> None:
        """Show in one line why the value will not do; "" takes it away."""
        if problem != self.problem:
            self.problem = problem
            self.refresh(layout=True)

    def set_to(self, value: Setting) -> None:
        """Take a value and tell everybody; the present value is nothing new."""
        self.refuse("")
        if type(value) is type(self.control.value) and value == self.control.value:
            return
        self.control = replace(self.control, value=value)
        self.refresh()
        self.post_message(ControlChanged(self.control.name, value))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the row needs."""
        del container, viewport
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        lines = self._lines(self.size.width)
        ground = "raised" if self.has_focus else "pane"
        return strip(lines[y] if y < len(lines) else EMPTY, self.size.width, paint_of(self.app), ground)

    def _lines(self, width: int) -> list[Row]:
        """Return all lines of the row."""
        lines = self.lines(width)
        if self.problem:
            lines.append(clip(row(Span(f"! {plain(self.problem)}", "state-failed")), width))
        return lines

    def lines(self, width: int) -> list[Row]:
        """Return the lines of label and value."""
        value = self.value(width)
        label = self.label()
        if length(label) + 1 + length(value) <= width or length(value) <= _LEAST_VALUE + 4:
            return [spread(label, value, width)]
        return [clip(label, width), spread(EMPTY, value, width)]

    def label(self) -> Row:
        """Return the label."""
        focused = self.has_focus
        return row(Span(plain(self.control.label), "ink-strong" if focused else "muted", bold=focused))

    def value(self, width: int) -> Row:
        """Return the value, with the arrows that change it."""
        arrow = "accent" if self.has_focus else "faint"
        text = cut_middle(plain(shown(self.control, self.control.value)), max(width - 4, 1))
        gap = " " * (_LEAST_VALUE - cell_len(text))
        return row(Span("◂ ", arrow), Span(gap + text, "ink-strong", bold=True), Span(" ▸", arrow))

    def action_change(self, by: int) -> None:
        """Go some steps."""
        self.set_to(stepped(self.control, by))

    def action_go(self, by: int) -> None:
        """Move to the row above or below."""
        rows = [other for other in self.screen.query(ControlRow) if other.parent is self.parent]
        place = rows.index(self) + by
        if 0 <= place < len(rows):
            rows[place].focus()

    def action_type(self) -> None:
        """Let the person type a value, beginning with the present one."""
        self.type_from(str(self.control.value))

    def type_from(self, text: str) -> None:
        """Let the person type a value, beginning with `text`."""
        if not self.query(Input):
            field = Field(text)
            lines, width = len(self.lines(self.size.width)), self.size.width
            if lines > 1:
                field.styles.width, field.styles.offset = width, (0, lines - 1)
            else:
                field.styles.width = max(width - min(cell_len(self.control.label) + 1, width // 2), 4)
            self.mount(field)
            field.focus()

    def on_focus(self) -> None:
        """Show the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the focus is gone."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Step where an arrow was clicked, or else let the person type."""
        lines = self.lines(self.size.width)
        if event.y != len(lines) - 1:
            return
        width = length(self.value(self.size.width))
        x = event.x - (self.size.width - width)
        if 0 <= x < 2:  # noqa: PLR2004 - an arrow and its blank
            self.action_change(-1)
        elif x >= width - 2:
            self.action_change(1)
        elif x >= 0:
            self.action_type()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once why what is being typed will not do."""
        event.stop()
        try:
            read(self.control, event.value)
        except ControlError as error:
            self.refuse(str(error) if event.value.strip() else "")
        else:
            self.refuse("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say why not and let the person go on typing."""
        event.stop()
        try:
            value = read(self.control, event.value)
        except ControlError as error:
            self.refuse(str(error))
            return
        self.finish_typing()
        self.set_to(value)

    def finish_typing(self) -> None:
        """Take the field away, whatever is in it."""
        self.refuse("")
        for field in self.query(Input):
            if field.has_focus:
                self.focus()
            field.remove()


class Field(Input):
    """Where a value is typed. Escape, or going elsewhere, leaves the value as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", N_("Cancel"), show=False)]

    def __init__(self, text: str) -> None:
        super().__init__(text, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def action_cancel(self) -> None:
        """Stop typing."""
        self._row.finish_typing()

    def on_blur(self) -> None:
        """Stop typing when the focus goes elsewhere."""
        self._row.finish_typing()

    @property
    def _row(self) -> ControlRow:
        row_ = self.parent
        assert isinstance(row_, ControlRow)
        return row_
