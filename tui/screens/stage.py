"""The stage: which keys it has, which of them work now, and what is looked at and kept of a run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from ...locales.words import _
from ...trace.events import NONE
from ...trace.file import save
from ..bindings import STAGE
from ..paths import free_name
from ..session import Session
from .ask import Ask
from .stage_choices import StageChoices


class Stage(StageChoices):
    """Actions go by the names that the bindings give them."""

    BINDINGS: ClassVar[list[BindingType]] = list(STAGE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether a key does something here and now: False hides it, None greys it."""
        session = self.session
        if session is None:
            return action not in ALL
        at_end = session.position >= len(session.trace)
        able = {
            "line": self.watched() != NONE,
            "choose": session.target is not None and not at_end,
            "choose_followed": session.target is not None and not at_end,
            "release": session.trace.step_at(session.position) < len(session.shown.settings.choices),
            "undo": session.branches.undoable is not None,
            "redo": session.branches.redoable is not None,
            "rerun": session.target is not None,
            "reseed": session.target is not None,
            "pin": self.watched() != NONE,
            "fold": session.trace.state(session.position).nested > 0,
        }
        return able.get(action, True) if action in able else super().check_action(action, parameters)

    # Look.

    def action_filter(self) -> None:
        """Ask for words, and show only the workers that have them."""
        before = self.panes.view

        def typed(words: str) -> str:
            self.look(replace(self.panes.view, filter=words))
            return _("words of a name or a state, such as: lock")

        def done(words: str | None) -> None:
            self.look(before if words is None else replace(before, filter=words))

        self.app.push_screen(Ask(_("Show workers with"), before.filter, typed=typed), done)

    def action_follow(self) -> None:
        """Follow the worker that acts now; if one is followed, stop."""
        if self.session:
            followed = self.panes.view.followed
            self.follow(NONE if followed != NONE else self.watched())

    def action_follow_next(self, direction: int) -> None:
        """Follow another worker."""
        if session := self.session:
            order = self.panes.view.order(session.trace.state(session.position))
            if order:
                followed = self.panes.view.followed
                at = order.index(followed) + direction if followed in order else 0 if direction > 0 else -1
                self.follow(order[at % len(order)])

    def action_pin(self) -> None:
        """Keep the followed worker, or the one that runs, on top; or let it go."""
        worker, pinned = self.watched(), self.panes.view.pinned
        if worker != NONE:
            kept = tuple(one for one in pinned if one != worker)
            self.look(replace(self.panes.view, pinned=kept if worker in pinned else (*pinned, worker)))

    def action_fold(self) -> None:
        """Show threads without the workers inside them, or with them again."""
        self.look(replace(self.panes.view, folded=not self.panes.view.folded))

    def action_density(self, direction: int) -> None:
        """Show more workers, or fewer and larger."""
        if direction > 0:
            self.panes.worker_pane.action_denser()
        else:
            self.panes.worker_pane.action_roomier()

    def action_tab(self, direction: int) -> None:
        """Open the next tab, or the one before."""
        self.panes.turn(direction)

    # Keep and share.

    def action_bookmark(self) -> None:
        """Remember this place with a note."""
        session = self.session
        if session is None:
            return
        self.player.pause()

        def done(note: str | None) -> None:
            if note is not None:
                session.bookmark(note.strip() or _("step {step:,}", step=session.trace.step_at(session.position)))
                self.say(_("Bookmarked: c and C stop here, b lists it."))

        self.app.push_screen(Ask(_("Bookmark this place"), placeholder=_("a note")), done)

    def action_copy_code(self) -> None:
        """Copy the code that replays the shown run."""
        if self.session:
            code = self.session.shown.settings.code()
            self.app.copy_to_clipboard(code)
            self.notify(code, title=_("Copied the schedule code"), markup=False)

    def action_save(self) -> None:
        """Ask where to, and save the trace. A file that is there is replaced only when asked for twice."""
        session = self.session
        if session is None:
            return
        warned: set[str] = set()

        def refused(text: str) -> str:
            path = Path(text).expanduser()
            if not text.strip() or path.is_dir():
                return _("name a file")
            if path.exists() and text not in warned:
                warned.add(text)
                return _("there is such a file already; enter again replaces it")
            return ""

        def done(text: str | None) -> None:
            if text is not None:
                self._save(session, Path(text).expanduser())

        name = Path(session.trace.header.target.removeprefix("-m ")).stem
        default = free_name(Path(), f"{name}-seed{session.shown.settings.seed}", ".jsonl")
        self.app.push_screen(Ask(_("Save the trace as"), str(default), refused=refused), done)

    @work(thread=True, exit_on_error=False)
    def _save(self, session: Session, path: Path) -> None:
        try:
            save(session.trace, path)
        except OSError as error:
            self.app.call_from_thread(self.lab.complain, f"{path}: {error.strerror}")
        else:
            self.app.call_from_thread(self.say, _("Saved {path}. Open it with: concurrency-tui open {path}", path=path))


def _actions() -> Iterator[str]:
    for binding in STAGE:
        yield binding.action if isinstance(binding.action, str) else ""


ALL = frozenset(action.partition("(")[0] for action in _actions())
"""Every action of the stage, by name."""
