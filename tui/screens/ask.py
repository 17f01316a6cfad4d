"""A question of one line at the bottom of the screen, with everything else left in sight."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from ...locales.words import N_, _
from ...trace.sanitize import clean


class Ask(ModalScreen[str | None]):
    """Ends with the answer, or None if it was called off."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("cancel"), id="ask.cancel", tooltip=N_("Call it off.")),
        Binding("tab", "complete", N_("complete"), id="ask.complete", tooltip=N_("Take the suggestion."), show=False),
    ]

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        placeholder: str = "",
        suggester: Suggester | None = None,
        typed: Callable[[str], str] = lambda _text: "",
        refused: Callable[[str], str] = lambda _text: "",
    ) -> None:
        """Ask for a line.

        Args:
            title: What is asked for.
            value: The answer to begin with.
            placeholder: What an empty line shows.
            suggester: Completes what is typed.
            typed: Called with every change; what it returns is shown below the line.
            refused: Called with the answer; returns why it is not taken, or "" to take it.
        """
        super().__init__()
        self._title = title
        self._value = value
        self._placeholder = placeholder
        self._suggester = suggester
        self._typed = typed
        self._refused = refused

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="ask") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(_("enter takes it, esc calls it off"))
            yield Input(
                self._value,
                placeholder=self._placeholder,
                suggester=self._suggester,
                compact=True,
            )
            yield Static(id="ask-hint", markup=False)

    def on_mount(self) -> None:
        """Put the cursor behind the answer."""
        line = self.query_one(Input)
        line.cursor_blink = self.app.animation_level != "none"
        line.cursor_position = len(self._value)

    @on(Input.Changed)
    def _show_hint(self, event: Input.Changed) -> None:
        self.query_one("#ask-hint", Static).remove_class("-refused").update(clean(self._typed(event.value)))

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        if reason := self._refused(event.value):
            self.query_one("#ask-hint", Static).add_class("-refused").update(clean(reason))
        else:
            self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Call it off."""
        self.dismiss(None)

    def action_complete(self) -> None:
        """Take the suggestion."""
        self.query_one(Input).action_cursor_right()
