"""Help: every key by topic, made from the bindings themselves, and what each sign of the stage means."""

from collections.abc import Iterable
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, VerticalScroll
from textual.keys import format_key
from textual.screen import ModalScreen
from textual.widgets import Static

from ...locales.words import N_, _
from ...widgets.nesting import SORTS
from ...widgets.palette import LOOKS, paint_of
from ..bindings import DIGITS, EVERYWHERE, LESSONS, ON_TOP, STAGE, TOPICS
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
                listed.append((f"{DIGITS[0]}-{DIGITS[-1]}", _(binding.tooltip)))
            continue
        listed.append((keys_of(binding), _(binding.tooltip)))
    return listed


class Help(ModalScreen[None]):
    """Shows itself over whatever was there."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "close", N_("close"), id="help.close", tooltip=N_("Go back.")),
        Binding("j,down", "scroll(1)", N_("scroll"), id="help.down", tooltip=N_("Scroll down."), key_display="↑↓"),
        Binding("k,up", "scroll(-1)", N_("scroll up"), id="help.up", tooltip=N_("Scroll up."), show=False),
        ON_TOP,
    ]

    def compose(self) -> ComposeResult:
        """Lay out the topics and the legend."""
        with VerticalScroll(id="help") as box:
            box.border_title = _("Help")
            with ItemGrid(min_column_width=44, regular=False):
                for topic in TOPICS:
                    listed = entries((*STAGE, *EVERYWHERE), topic)
                    yield Static(self._topic(_(topic.description), listed), classes="topic")
                yield Static(
                    self._topic(_("Lessons"), [(keys_of(key), _(key.tooltip)) for key in LESSONS]), classes="topic"
                )
                yield Static(self._legend(), classes="topic")
        yield KeyLine()

    async def on_language_changed(self) -> None:
        """Write everything in the other language."""
        await self.recompose()
        self.on_mount()

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one("#help").focus()

    def _topic(self, title: str, listed: list[tuple[str, str]]) -> Table:
        variables = self.app.theme_variables
        table = self._table(title)
        for keys, words in listed:
            table.add_row(Text(keys, f"bold {variables['cursor']}"), Text(words))
        return table

    def _legend(self) -> Table:
        paint = paint_of(self.app)
        table = self._table(_("What the signs mean"))
        for status, look in LOOKS.items():
            sign = f"{paint.glyph(status)}  {paint.bar(status) * 4}"
            table.add_row(Text(sign, paint.state(status, bold=True)), Text(look.long))
        for sort in SORTS.values():
            words = _("before a name: a {kind}, which runs inside the thread above it", kind=sort.word)
            table.add_row(Text(sort.sign(paint.glyphs), paint("muted")), Text(words))
        return table

    def _table(self, title: str) -> Table:
        """Return an empty table under a title, its first column as wide as it must be."""
        heading = Text(title, f"bold {self.app.theme_variables['accent']}")
        table = Table(title=heading, title_justify="left", box=None, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column()
        return table

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)
