"""A line of tabs. Textual's own is two lines high and takes the arrow keys, which mean steps here."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ..locales.words import _
from ..widgets.fitting import width_of


@dataclass
class TabChosen(Message):
    """A tab was clicked."""

    tab: str


class TabLine(Widget, can_focus=False):
    """Names of panes, one of them active."""

    ALLOW_SELECT: ClassVar[bool] = False

    DEFAULT_CSS = """
    TabLine { height: 1; background: $background; text-wrap: nowrap; text-overflow: clip; }
    """

    active: reactive[str] = reactive("")
    """Which tab is lit."""

    def __init__(self, tabs: dict[str, str], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Make a line of tabs from names by id."""
        super().__init__(id=id)
        self._tabs = tabs

    def render(self) -> Content:
        """Write the names, as far apart as there is room."""
        variables = self.app.theme_variables
        lit = f"bold {variables['background']} on {variables['accent']}"
        parts = [
            (f"{self._pad}{_(name)}{self._pad}", lit if tab == self.active else variables["muted"])
            for tab, name in self._tabs.items()
        ]
        return Content.assemble(*parts)

    def on_language_changed(self) -> None:
        """Write the names in the other language."""
        self.refresh(layout=True)

    @property
    def _pad(self) -> str:
        roomy = sum(width_of(_(name)) + 2 for name in self._tabs.values()) <= self.screen.size.width
        return " " if roomy else ""

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        x = 0
        for tab, name in self._tabs.items():
            x += width_of(_(name)) + 2 * len(self._pad)
            if event.x < x:
                self.post_message(TabChosen(tab))
                return
