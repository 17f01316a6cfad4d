"""The command palette: every key's action that works now, every lesson, every bookmark."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from ..locales.language import current
from ..locales.words import _
from ..scenarios.catalogue import lessons
from ..scenarios.target import resolve
from ..trace.sanitize import clean
from .session import Session

if TYPE_CHECKING:
    from .app import ConcurrencyApp


class Command(NamedTuple):
    """One line of the palette."""

    title: str
    help: str
    run: Callable[[], object]
    first: bool
    """Whether it is listed before anything is typed."""


class Commands(Provider):
    """What can be done on the screen that the palette was opened on."""

    async def search(self, query: str) -> Hits:
        """Yield the commands that fit what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(command.title)) > 0:
                # Highlighting reads markup, so a title that might have some, such as a bookmark's note, goes without.
                shown = Text(command.title) if "[" in command.title else matcher.highlight(command.title)
                yield Hit(score, shown, command.run, text=command.title, help=command.help)

    async def discover(self) -> Hits:
        """Yield what to begin with."""
        for command in self._commands():
            if command.first:
                yield DiscoveryHit(Text(command.title), command.run, text=command.title, help=command.help)

    @property
    def _lab(self) -> "ConcurrencyApp":
        return cast("ConcurrencyApp", self.app)

    def _open(self, lesson: str) -> None:
        self._lab.open_target(resolve(lesson))

    def _commands(self) -> Iterator[Command]:
        yield from self._keys()
        yield from self._bookmarks()
        for lesson in lessons():
            words = lesson.words(current())
            run = partial(self._open, lesson.name)
            yield Command(_("Open lesson: {title}", title=words.title), lesson.name, run, first=False)

    def _keys(self) -> Iterator[Command]:
        told = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.tooltip and binding.action not in told and not binding.system:
                told.add(binding.action)
                run = partial(self.app.run_action, binding.action, active.node)
                words = _(binding.description)
                title = words[:1].upper() + words[1:]
                yield Command(title, _(binding.tooltip), run, first=True)

    def _go(self, session: Session, position: int) -> None:
        session.move(position)
        session.changed()

    def _bookmarks(self) -> Iterator[Command]:
        session = self._lab.session
        if session is None:
            return
        for bookmark in session.shown.bookmarks:
            run = partial(self._go, session, bookmark.position)
            yield Command(
                _("Go to bookmark: {note}", note=clean(bookmark.note)),
                _("Step {step:,}.", step=bookmark.step),
                run,
                first=True,
            )
