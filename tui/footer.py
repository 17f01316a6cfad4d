"""The last line: the keys that do something now, as many as fit, and those of the app at the right end.

Textual's own Footer mounts a widget for each key again whenever one changes, which a playing run does all the time, and
it cuts off what does not fit. This is one line of text made from the same bindings.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from ..locales.words import _
from .bindings import APP, EVERYWHERE, LESSONS, STAGE

GAP: Final = 2
"""Cells between two keys."""


@dataclass(frozen=True, slots=True)
class Item:
    """A key as written on the line."""

    key: str
    shown: str
    words: str
    tooltip: str
    last: bool
    """Whether it belongs to the right end."""

    @property
    def width(self) -> int:
        """Cells it takes."""
        return Content(f"{self.shown} {self.words}").cell_length


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and where it begins."""

    item: Item
    x: int


def arrange(items: list[Item], width: int) -> list[Placed]:
    """Place items: the last ones at the right end, and of the others as many as there is room for, in their order."""
    right = [item for item in items if item.last]
    room = width - sum(item.width + GAP for item in right)
    placed, x = [], 1
    for item in items:
        if not item.last and x + item.width + GAP <= room:
            placed.append(Placed(item, x))
            x += item.width + GAP
    x = max(x, room + GAP - 1)
    for item in right:
        placed.append(Placed(item, x))
        x += item.width + GAP
    return placed


def rank_of(binding: Binding) -> tuple[int, int]:
    """Return a binding's place in the table of bindings, and that of its key among the keys of the same action."""
    place, keys = _PLACES.get(binding.id or "", (len(_PLACES), ()))
    return place, keys.index(binding.key) if binding.key in keys else len(keys)


_PLACES: Final = {
    known.id: (place, tuple(split.key for split in Binding.make_bindings([known])))
    for place, known in enumerate((*STAGE, *LESSONS, *EVERYWHERE))
}


class KeyLine(Widget, can_focus=False):
    """The line of keys. A click on one is the key."""

    ALLOW_SELECT: ClassVar[bool] = False

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $footer-background;
        color: $footer-description-foreground;
        text-wrap: nowrap;
        text-overflow: clip;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._items: list[Item] = []

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._take)

    def _take(self, screen: Screen[object]) -> None:
        best: dict[str, tuple[tuple[int, int], Item]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.show:
                rank = rank_of(binding)
                shown = self.app.get_key_display(binding)
                words, tooltip = _(binding.description), _(binding.tooltip)
                item = Item(binding.key, shown, words, tooltip, binding.group == APP)
                name = binding.id or binding.action
                if name not in best or rank < best[name][0]:
                    best[name] = (rank, item)
        items = [item for _, item in sorted(best.values(), key=lambda ranked: ranked[0])]
        if items != self._items:
            self._items = items
            self.refresh()

    def on_language_changed(self) -> None:
        """Write the line in the other language."""
        self._take(self.screen)

    def render(self) -> Content:
        """Write the line."""
        variables = self.app.theme_variables
        parts: list[Content | str | tuple[str, str]] = []
        x = 0
        for placed in arrange(self._items, self.size.width):
            item = placed.item
            parts += [
                " " * (placed.x - x),
                (item.shown, f"bold {variables['footer-key-foreground']}"),
                f" {item.words}",
            ]
            x = placed.x + item.width
        return Content.assemble(*parts)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key under the mouse."""
        item = self._at(event.x)
        self.tooltip = item.tooltip if item else None

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        if item := self._at(event.x):
            self.app.simulate_key(item.key)

    def _at(self, x: int) -> Item | None:
        for placed in arrange(self._items, self.size.width):
            if placed.x <= x < placed.x + placed.item.width:
                return placed.item
        return None
