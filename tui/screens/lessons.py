"""The picker: the lessons in tutorial order, what was opened lately, and what the chosen one is about."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ...scenarios.catalogue import Lesson, lessons
from ...scenarios.target import TargetError, resolve
from ...trace.sanitize import clean
from ..bindings import LESSONS
from ..footer import KeyLine
from ..preview import Preview
from ..recent import Opened

BEYOND = "Beyond the tutorial"
RECENT = "Opened lately"


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
        text = f"{self.title} {self.target} {self.section} {tags}".casefold()
        return all(word in text for word in words)


def entries(lang: str, recent: tuple[Opened, ...]) -> list[Entry]:
    """Return everything that can be chosen, in order."""
    listed = [Entry(one.name, str(one.section), one.words(lang).title, one) for one in lessons()]
    listed += [Entry(one.target, RECENT, one.target) for one in recent]
    return listed


class Lessons(Screen[None]):
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
                yield Input(id="lessons-filter", placeholder="type to filter", compact=True, select_on_focus=False)
                yield OptionList(id="lessons-list", markup=False)
            yield Preview(id="lessons-preview")
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one("#lessons-title", Static).update(
            Content.assemble(
                ("concurrency-tui", "bold $accent"),
                ("  see every thread and lock move, choose who runs next, go back", "$muted"),
            )
        )
        self.query_one(Input).cursor_blink = self.app.animation_level != "none"
        self._list()

    @on(Input.Changed, "#lessons-filter")
    def _list(self) -> None:
        """List what fits the filter, under the headings of its sections."""
        words = self.query_one(Input).value.casefold().split()
        fitting = [entry for entry in entries(self.app.lang, self.app.recent.read()) if entry.fits(words)]
        self._entries = fitting
        options: list[Option | None] = []
        section = ""
        for number, entry in enumerate(fitting):
            if entry.section != section:
                section = entry.section
                options += [None] if options else []
                options.append(Option(Content.styled(clean(section), "bold $muted"), disabled=True))
            options.append(Option(Content(f"  {clean(entry.title)}"), id=str(number)))
        listing = self.query_one(OptionList)
        listing.clear_options().add_options(options)
        listing.action_first()
        self.query_one(Preview).show(self._chosen())

    def _chosen(self) -> Entry | None:
        option = self.query_one(OptionList).highlighted_option
        return self._entries[int(option.id)] if option is not None and option.id is not None else None

    @on(OptionList.OptionHighlighted)
    def _preview(self) -> None:
        self.query_one(Preview).show(self._chosen())

    @on(OptionList.OptionSelected)
    @on(Input.Submitted, "#lessons-filter")
    def action_play(self) -> None:
        """Open what is chosen."""
        if entry := self._chosen():
            try:
                self.app.open_target(resolve(entry.target))
            except TargetError as error:
                self.app.complain(str(error))

    def action_move(self, step: int) -> None:
        """Choose the entry below or above."""
        listing = self.query_one(OptionList)
        if step > 0:
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()
