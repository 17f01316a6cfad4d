"""The control panel: sections of rows, and a few words of help for the row that has the focus."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ..locales.words import N_, _
from .controls import Control, Section, shown
from .controls_kinds import row_for
from .controls_rows import ControlRow
from .fitting import plain
from .prose import Prose


class ControlPanel(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows sections of controls and posts `ControlChanged`. `put` brings it up to date without moving the focus."""

    DEFAULT_CSS = """
    ControlPanel {
        border: round $border-blurred;
        border-title-color: $foreground;
        border-title-style: bold;
        background: $surface;
        color: $foreground;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        &:focus-within { border: round $border; border-title-color: $accent; }
        & .section { color: $accent; height: 1; margin-top: 1; }
        & .section.first { margin-top: 0; }
        & .help { color: $text-muted; height: auto; margin-top: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page_down", N_("Page down"), show=False, id="controls.page_down"),
        Binding("pageup", "page_up", N_("Page up"), show=False, id="controls.page_up"),
    ]

    def __init__(
        self,
        sections: Sequence[Section] = (),
        *,
        title: str = N_("Controls"),
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._title = title
        self.border_title = Content(plain(_(title)))
        self._sections = tuple(sections)
        self._help = Prose(classes="help")

    def compose(self) -> ComposeResult:
        """Yield the sections."""
        yield from self._parts()

    def _parts(self) -> Iterator[Widget]:
        for number, section in enumerate(self._sections):
            first = "" if number else " first"
            yield Static(Content(plain(section.title)), classes=f"section{first}")
            yield from map(row_for, section.controls)
        yield self._help

    def on_language_changed(self) -> None:
        """Say in the other language what the pane is; its sections come from outside."""
        self.border_title = Content(plain(_(self._title)))

    async def put(self, sections: Sequence[Section]) -> None:
        """Show these sections. Where only values differ, rows stay as they are, with focus and what is being typed."""
        before, self._sections = self._sections, tuple(sections)
        if not self.is_mounted:
            return
        if _shape(before) == _shape(self._sections):
            controls = (control for section in self._sections for control in section.controls)
            for row, control in zip(self.query(ControlRow), controls, strict=True):
                row.put(control)
            return
        focused = next((row.control.name for row in self.query(ControlRow) if row.has_focus), "")
        self._help = Prose(classes="help")
        await self.remove_children()
        await self.mount_all(self._parts())
        for row in self.query(ControlRow):
            if row.control.name == focused:
                row.focus()

    def refuse(self, name: str, reason: str) -> None:
        """Show in the control's place, in one line, why its value will not do; "" takes that away."""
        for row in self.query(ControlRow):
            if row.control.name == name:
                row.refuse(reason)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Explain the control that now has the focus."""
        if isinstance(event.widget, ControlRow):
            self._help.say(explained(event.widget.control))

    def on_descendant_blur(self) -> None:
        """Take the explanation away."""
        self._help.say("")


def explained(control: Control) -> str:
    """Return what a control is for and what it accepts."""
    words = [plain(control.help)] if control.help else []
    low, high = (
        None if bound is None else plain(shown(control, int(bound) if control.kind == "int" else bound))
        for bound in (control.minimum, control.maximum)
    )
    if low and high:
        words.append(_("{low} to {high}.", low=low, high=high))
    elif low or high:
        words.append(_("At least {low}.", low=low) if low else _("At most {high}.", high=high))
    return " ".join(words)


def _shape(sections: Sequence[Section]) -> object:
    """Return what decides which rows there are: everything but the values."""
    return [
        (section.title, [(control.name, control.kind, len(control.choices)) for control in section.controls])
        for section in sections
    ]
