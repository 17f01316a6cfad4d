"""The picker: the lessons in tutorial order, what was opened lately, and what the chosen one is about."""

from dataclasses import dataclass, replace
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ...locales.language import current
from ...locales.words import _
from ...scenarios.catalogue import Lesson, lessons
from ...scenarios.target import TargetError, resolve
from ...trace.sanitize import clean
from ...widgets.lesson import Passage
from ..bindings import LESSONS
from ..footer import KeyLine
from ..preview import Preview
from ..recent import Opened
from ..wiring import watch
from .base import AppScreen


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list that can be chosen."""

    target: str
    section: str
    title: str
    lesson: Lesson | None = None

    def fits(self, words: list[str]) -> bool:
        """Tell whether every word (casefolded) is somewhere in it."""
        tags = " ".join(self.lesson.tags) if self.lesson else ""
        text = f"{self.title} {self.target} {tags}".casefold()
        return all(word in text for word in words)


def entries(recent: tuple[Opened, ...]) -> list[Entry]:
    """Return everything that can be chosen, in order."""
    lang, tutorial, beyond, lately = current(), _("The tutorial"), _("Beyond the tutorial"), _("Opened lately")
    listed = [
        Entry(lesson.name, tutorial if lesson.section else beyond, lesson.words(lang).title, lesson)
        for lesson in lessons()
    ]
    return listed + [Entry(opened.target, lately, opened.target) for opened in recent]


class Filter(Input):
    """Where the words to filter by are typed. Enter opens what is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [replace(LESSONS[0], action="screen.play", key="enter")]


class Lessons(AppScreen[None]):
    """Type to filter, enter to open."""

    CSS_PATH = "lessons.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(LESSONS)
    AUTO_FOCUS = "#lessons-filter"

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        """Lay out the list beside the preview."""
        yield Static(id="lessons-title", markup=False)
        with Horizontal(id="lessons-body"):
            with Vertical(id="lessons-side"):
                yield Filter(id="lessons-filter", placeholder=_("type to filter"), compact=True)
                yield OptionList(id="lessons-list", markup=False)
            yield Preview(self.lab.launch, watch, self.lab.clock, id="lessons-preview")
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the title."""
        line = self.query_one(Input)
        line.cursor_blink = self.app.animation_level != "none"
        self.query_one("#lessons-list").can_focus = False
        self._write_title()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._write_title())

    def _write_title(self) -> None:
        colours = self.app.theme_variables
        self.query_one("#lessons-title", Static).update(
            Content.assemble(
                (" concurrency-tui ", f"bold {colours['accent']}"),
                (_(" see every thread and lock move, choose who runs next, go back"), colours["muted"]),
            )
        )

    async def on_language_changed(self) -> None:
        """Write everything in the other language."""
        self.query_one(Input).placeholder = _("type to filter")
        self._write_title()
        chosen = self._chosen()
        await self._list()
        listing = self.query_one(OptionList)
        targets = [entry.target for entry in self._entries]
        if chosen is not None and chosen.target in targets:
            listing.highlighted = listing.get_option_index(str(targets.index(chosen.target)))

    async def on_screen_resume(self) -> None:
        """Show what has been opened meanwhile."""
        await self._list()
        self.query_one(Preview).resume()

    def on_screen_suspend(self) -> None:
        """Let nothing move that nobody sees."""
        self.query_one(Preview).pause()

    @on(Input.Changed, "#lessons-filter")
    async def _list(self) -> None:
        """List what fits the filter, under the headings of its sections."""
        before = self._chosen()
        words = self.query_one(Input).value.casefold().split()
        self._entries = [entry for entry in entries(self.lab.recent.read()) if entry.fits(words)]
        listing = self.query_one(OptionList)
        listing.clear_options().add_options(self._options())
        if before in self._entries:
            listing.highlighted = listing.get_option_index(str(self._entries.index(before)))
        else:
            listing.action_first()
        self.refresh_bindings()
        await self._preview()

    def _options(self) -> list[Option]:
        options: list[Option] = []
        section = ""
        heading = f"bold {self.app.theme_variables['muted']}"
        for number, entry in enumerate(self._entries):
            if entry.section != section:
                section = entry.section
                options += [Option("", disabled=True)] if options else []
                options.append(Option(Content.styled(section, heading), disabled=True))
            options.append(Option(self._line(entry), id=str(number)))
        return options

    def _line(self, entry: Entry) -> Table:
        """Return a line of the list: the section's number, and the title beside it however many lines it takes."""
        line = Table.grid(padding=(0, 1))
        line.add_column(width=3, justify="right", style=self.app.theme_variables["muted"])
        line.add_column(overflow="fold")
        number = f"§{entry.lesson.section}" if entry.lesson and entry.lesson.section else ""
        line.add_row(number, Text(clean(entry.title)))
        return line

    def _chosen(self) -> Entry | None:
        option = self.query_one(OptionList).highlighted_option
        return self._entries[int(option.id)] if option is not None and option.id is not None else None

    @on(OptionList.OptionHighlighted)
    async def _preview(self) -> None:
        preview, entry = self.query_one(Preview), self._chosen()
        if entry is None:
            await preview.show_words(
                _("Nothing fits"), (Passage("", _("ctrl+o opens a script or a trace by its path.")),)
            )
        elif entry.lesson is not None:
            await preview.show_lesson(entry.lesson)
        else:
            await preview.show_words(entry.title, (Passage(entry.section, _("enter opens it again.")),))

    @on(OptionList.OptionSelected)
    def action_play(self) -> None:
        """Open what is chosen."""
        if entry := self._chosen():
            try:
                self.lab.open_target(resolve(entry.target))
            except TargetError as error:
                self.lab.complain(str(error))

    def action_move(self, step: int) -> None:
        """Choose the entry below or above."""
        listing = self.query_one(OptionList)
        if step > 0:
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to clear in an empty filter."""
        if action == "clear":
            return bool(self.query_one(Input).value)
        return super().check_action(action, parameters)

    def action_clear(self) -> None:
        """Show everything again."""
        self.query_one(Input).clear()

    def action_page(self, pages: int) -> None:
        """Turn the pages of the lesson's words."""
        self.query_one(Preview).scroll_words(pages)
