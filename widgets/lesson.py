"""The lesson pane: a lesson's words, as data from outside, set as wrapped text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..locales.words import N_, _
from ..trace.sanitize import clean_lines
from .fitting import plain
from .prose import Prose


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words under a heading, such as "What to watch". Empty lines part paragraphs."""

    heading: str
    text: str


class LessonPane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Shows a lesson's title and passages."""

    DEFAULT_CSS = """
    LessonPane {
        border: round $border-blurred;
        border-title-color: $foreground;
        border-title-style: bold;
        background: $surface;
        color: $foreground;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        &:focus { border: round $border; border-title-color: $accent; }
        & .title { text-style: bold; margin-bottom: 1; }
        & .heading { color: $accent; }
        & .text { margin-bottom: 1; max-width: 84; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", N_("Down"), show=False, id="lesson.down", tooltip=N_("Scroll one line down")),
        Binding("k", "scroll_up", N_("Up"), show=False, id="lesson.up", tooltip=N_("Scroll one line up")),
        Binding("pagedown", "page_down", N_("Page down"), show=False, id="lesson.page_down"),
        Binding("pageup", "page_up", N_("Page up"), show=False, id="lesson.page_up"),
    ]

    def __init__(
        self,
        title: str = "",
        passages: Sequence[Passage] = (),
        *,
        heading: str = N_("Lesson"),
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._heading = heading
        self.border_title = Content(plain(_(heading)))
        self._title = title
        self._passages = tuple(passages)

    def compose(self) -> ComposeResult:
        """Yield the words."""
        yield from self._words()

    def on_language_changed(self) -> None:
        """Say in the other language what the pane is; its words come from outside."""
        self.border_title = Content(plain(_(self._heading)))

    async def tell(self, title: str, passages: Sequence[Passage]) -> None:
        """Show another lesson's words."""
        self._title, self._passages = title, tuple(passages)
        if self.is_mounted:
            await self.remove_children()
            await self.mount_all(self._words())
            self.scroll_home(animate=False)

    def _words(self) -> ComposeResult:
        if self._title:
            yield Prose(plain(self._title), classes="title")
        for passage in self._passages:
            if passage.text.strip():
                yield Static(Content(plain(passage.heading)), classes="heading")
                yield Prose(_reflowed(passage.text), classes="text")


def _reflowed(text: str) -> str:
    """Return the text with lines joined to paragraphs; an empty line, or a line that begins with "- ", begins one."""
    lines: list[str] = []
    joined = False
    for line in clean_lines(text.strip()).split("\n"):
        words = line.strip()
        if joined and words and not words.startswith("- "):
            lines[-1] += words if _wide(lines[-1][-1]) and _wide(words[0]) else f" {words}"
        else:
            lines.append(words)
        joined = bool(words)
    return "\n".join(lines)


def _wide(character: str) -> bool:
    """Tell whether a character is of a script that is set without blanks between words."""
    return cell_len(character) > 1
