"""The rows of a control panel by kind: numbers to step or type, choices, switches, texts."""

from typing import Final

from textual import events

from ..locales.words import pgettext
from .controls import Control, Setting, shown
from .controls_rows import ControlRow
from .drawings.ink import Row, Span, clip, row
from .fitting import cut, plain

RADIO: Final = 3
"""Choices that are listed one below the other; of more, only the chosen one is shown."""


class NumberRow(ControlRow):
    """A number: arrows step it, digits begin to type it."""

    def on_key(self, event: events.Key) -> None:
        """Begin to type with a digit or a sign."""
        character = event.character or ""
        if self.has_focus and (character.isdecimal() or character in {"-", "."}) and character.isascii():
            event.stop()
            event.prevent_default()
            self.type_from(character)


class ChoiceRow(ControlRow):
    """One of several: a list of radio buttons if there are few, or else the chosen one between arrows."""

    def lines(self, width: int) -> list[Row]:
        """Return the label and the choices."""
        if len(self.control.choices) > RADIO:
            return super().lines(width)
        return [clip(self.label(), width), *(self._button(choice, width) for choice in self.control.choices)]

    def _button(self, choice: Setting, width: int) -> Row:
        chosen = type(choice) is type(self.control.value) and choice == self.control.value
        mark = Span(" ● " if chosen else " ○ ", "accent" if chosen else "muted", bold=chosen)
        text = cut(plain(shown(self.control, choice)), width - 3)
        return row(mark, Span(text, "ink-strong" if chosen else "muted", bold=chosen))

    def action_type(self) -> None:
        """Take the next choice: there is nothing to type."""
        self.action_change(1)

    def on_click(self, event: events.Click) -> None:
        """Take the choice that was clicked."""
        if len(self.control.choices) > RADIO:
            super().on_click(event)
        elif 1 <= event.y <= len(self.control.choices):
            self.set_to(self.control.choices[event.y - 1])


class SwitchRow(ControlRow):
    """On or off."""

    def value(self, width: int) -> Row:
        """Return the switch."""
        del width
        on, off = pgettext("switch", "on"), pgettext("switch", "off")
        if self.control.value:
            return row(
                Span("━━", "accent"),
                Span("●", "accent", bold=True),
                Span(f" {on} ", "ink-strong", bold=True),
            )
        return row(Span("○", "muted"), Span("──", "muted"), Span(f" {off}", "muted"))

    def action_type(self) -> None:
        """Turn the switch."""
        self.action_change(1)

    def on_click(self, event: events.Click) -> None:
        """Turn the switch."""
        event.stop()
        self.action_change(1)


class TextRow(ControlRow):
    """A text, to be typed."""

    def value(self, width: int) -> Row:
        """Return the text in quotes."""
        text = cut(plain(str(self.control.value)), max(width - 2, 1))
        quote = Span('"', "accent" if self.has_focus else "faint")
        return row(quote, Span(text, "ink-strong", bold=True), quote)

    def action_change(self, by: int) -> None:
        """Do nothing: a text has no steps."""
        del by

    def on_click(self, event: events.Click) -> None:
        """Let the person type."""
        event.stop()
        self.action_type()


def row_for(control: Control) -> ControlRow:
    """Return the row that fits a control."""
    kinds = {"bool": SwitchRow, "str": TextRow, "choice": ChoiceRow}
    return kinds.get(control.kind, NumberRow)(control)
