"""Help: every key by topic, made from the bindings themselves, and what each sign of the stage means."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, VerticalScroll
from textual.content import Content
from textual.keys import format_key
from textual.screen import ModalScreen
from textual.widgets import Static

from ...widgets.palette import LOOKS, paint_of
from ..bindings import DIGITS, EVERYWHERE, LESSONS, STAGE, TOPICS
from ..footer import KeyLine


def keys_of(binding: Binding) -> str:
    """Return a binding's keys as a person reads them: "c  ctrl+→"."""
    shown = []
    for key in binding.key.split(","):
        *modifiers, last = key.split("+") if key != "+" else ("+",)
        shown.append("+".join([*modifiers, format_key(last)]))
    return "  ".join(shown)


def entries(bindings: Iterable[Binding], topic: Binding.Group) -> list[tuple[str, str]]:
    """Return keys and explanation of each binding of a topic; the digits, which do alike, as one."""
    listed = []
    for binding in bindings:
        if binding.group != topic:
            continue
        if binding.key in DIGITS:
            if binding.key == DIGITS[0]:
                listed.append((f"{DIGITS[0]}-{DIGITS[-1]}", "Run the worker with that number now: a branch of this run."))
            continue
        listed.append((keys_of(binding), binding.tooltip))
    return listed


class Help(ModalScreen[None]):
    """Shows itself over whatever was there."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "close", "close", id="help.close", tooltip="Go back."),
        Binding("j,down", "scroll(1)", "scroll", id="help.down", tooltip="Scroll down.", key_display="↑↓"),
        Binding("k,up", "scroll(-1)", "scroll up", id="help.up", tooltip="Scroll up.", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the topics and the legend."""
        with VerticalScroll(id="help") as box:
            box.border_title = "Help"
            with ItemGrid(min_column_width=54, regular=False):
                for topic in TOPICS:
                    listed = entries((*STAGE, *EVERYWHERE), topic)
                    yield Static(self._topic(topic.description, listed), classes="topic")
                yield Static(self._topic("Lessons", [(keys_of(key), key.tooltip) for key in LESSONS]), classes="topic")
                yield Static(self._legend(), classes="topic")
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one("#help").focus()

    def _topic(self, title: str, listed: list[tuple[str, str]]) -> Content:
        width = max((Content(keys).cell_length for keys, _words in listed), default=0)
        variables = self.app.theme_variables
        lines = [Content.styled(title, f"bold {variables['accent']}")]
        for keys, words in listed:
            pad = " " * (width - Content(keys).cell_length + 2)
            lines.append(Content.assemble((keys, f"bold {variables['cursor']}"), pad, words))
        return Content("\n").join(lines)

    def _legend(self) -> Content:
        paint = paint_of(self.app)
        variables = self.app.theme_variables
        lines = [Content.styled("What the signs mean", f"bold {variables['accent']}")]
        for status, look in LOOKS.items():
            colour = f"bold {variables[look.colour]}"
            lines.append(
                Content.assemble((paint.glyph(status), colour), "  ", (paint.bar(status) * 4, colour), "  ", look.long)
            )
        return Content("\n").join(lines)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)
