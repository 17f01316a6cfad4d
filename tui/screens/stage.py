"""The stage: what every key does to the run on it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from ...trace.events import NONE
from ...trace.file import save
from ...trace.sanitize import clean
from ...widgets.worker_order import View
from ..bindings import STAGE
from ..lines import next_line, previous_line
from ..paths import free_name
from ..player import start, step_back, step_forward
from ..session import Session
from .ask import Ask
from .branches import BranchTree, Place
from .stage_view import StageView


class Stage(StageView):
    """Actions by the names that the bindings give them."""

    BINDINGS: ClassVar[list[BindingType]] = list(STAGE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether a key does something here and now: False hides it, None greys it."""
        session = self.session
        if session is None:
            return action not in ALL
        at_end = session.position >= len(session.trace)
        able = {
            "line": self._watched() != NONE,
            "choose": session.target is not None and not at_end,
            "choose_followed": session.target is not None and not at_end,
            "release": session.trace.step_at(session.position) < len(session.shown.settings.choices),
            "undo": session.branches.undoable is not None,
            "redo": session.branches.redoable is not None,
            "rerun": session.target is not None,
            "reseed": session.target is not None,
            "pin": self._watched() != NONE,
        }
        return able.get(action, True) if action in able else super().check_action(action, parameters)

    # Move in time.

    def action_play(self) -> None:
        """Play or pause; at the end, play again from the start."""
        session = self.session
        if session is None:
            return
        if self.player.playing:
            self.player.pause()
        else:
            if session.trace.complete and session.position >= len(session.trace):
                session.move(start(session.trace))
            self.player.play()
        self.wake()
        self.draw()

    def action_step(self) -> None:
        """Go one step on."""
        if self.session:
            self.go(step_forward(self.session.trace, self.session.position))

    def action_step_back(self) -> None:
        """Go one step back."""
        if self.session:
            self.go(step_back(self.session.trace, self.session.position))

    def action_event(self, direction: int) -> None:
        """Go to the next interesting event or bookmark, or to the one before."""
        session = self.session
        if session is None:
            return
        marks, here = session.trace.marks, session.position
        places = [bookmark.position for bookmark in session.shown.bookmarks]
        if direction > 0:
            later = [place for place in (marks.next_after(here), *places) if place is not None and place > here]
            self.go(min(later, default=len(session.trace)))
        else:
            earlier = [place for place in (marks.before(here), *places) if place is not None and place < here]
            self.go(max(earlier, default=start(session.trace)))

    def action_line(self, direction: int) -> None:
        """Go to the next statement of the followed worker, or of the one that runs; or to the one before."""
        session = self.session
        if session is None or (worker := self._watched()) == NONE:
            return
        if self.panes.view.followed != worker:
            self._follow(worker)
        find = next_line if direction > 0 else previous_line
        place = find(session.trace, session.position, worker)
        if place is None:
            name = session.trace.state(session.position).workers[worker].name
            self.say(f"{name} has no {'further' if direction > 0 else 'earlier'} statement")
        else:
            self.go(place)

    def action_start(self) -> None:
        """Go to the start."""
        if self.session:
            self.go(start(self.session.trace))

    def action_end(self) -> None:
        """Go to the end of what has run."""
        if self.session:
            self.go(len(self.session.trace))

    def action_speed(self, direction: int) -> None:
        """Play faster or slower."""
        if direction > 0:
            self.player.faster()
        else:
            self.player.slower()
        self.draw()

    # Choose who runs.

    def action_choose(self, digit: int) -> None:
        """Let the worker with this number run now."""
        keyed = self.panes.worker_pane.keyed()
        if digit <= len(keyed):
            self._choose(keyed[digit - 1])
        else:
            self.say(f"no worker has the number {digit} here")

    def action_choose_followed(self) -> None:
        """Let the followed worker run now."""
        if self.panes.view.followed == NONE:
            self.say("no worker is followed: click one, or press f")
        else:
            self._choose(self.panes.view.followed)

    def _choose(self, worker: int) -> None:
        if session := self.session:
            self.player.pause()
            self.begin(lambda: session.choose(worker))
            self.draw()

    def action_release(self) -> None:
        """Let the strategy decide from here on."""
        if session := self.session:
            self.begin(session.release)

    def action_undo(self) -> None:
        """Take the last choice back."""
        if session := self.session:
            self.player.pause()
            self._visit(session.undo)

    def action_redo(self) -> None:
        """Make the choice again that was taken back."""
        if session := self.session:
            self.player.pause()
            self._visit(session.redo)

    def action_branches(self) -> None:
        """Show all runs as a tree, and go where is chosen."""
        session = self.session
        if session is None:
            return

        def go(place: Place | None) -> None:
            if place is not None:
                branch, position = place
                if position is not None:
                    branch.cursor = position
                self._visit(lambda: session.visit(branch))

        self.player.pause()
        self.app.push_screen(BranchTree(session.branches), go)

    @work
    async def _visit(self, show: Callable[[], None]) -> None:
        self.begin(show)
        await self.show_controls()
        self.draw()

    # Run again.

    @work
    async def action_rerun(self) -> None:
        """Run again with the same seed, from the start."""
        if session := self.session:
            self.begin(session.rerun, play=True)
            await self.show_controls()

    @work
    async def action_reseed(self) -> None:
        """Run again with the next seed, from the start."""
        if session := self.session:
            self.begin(session.reseed, play=True)
            await self.show_controls()

    # Look.

    def action_filter(self) -> None:
        """Ask for words, and show only the workers that have them."""
        before = self.panes.view

        def typed(words: str) -> str:
            self._look(replace(self.panes.view, filter=words))
            return "words of a name or a state, such as: lock"

        def done(words: str | None) -> None:
            self._look(before if words is None else replace(before, filter=words))

        self.app.push_screen(Ask("Show workers with", before.filter, typed=typed), done)

    def action_follow(self) -> None:
        """Follow the worker that acts now; if one is followed, stop."""
        if self.session:
            followed = self.panes.view.followed
            self._follow(NONE if followed != NONE else self._watched())

    def action_follow_next(self, direction: int) -> None:
        """Follow another worker."""
        if session := self.session:
            order = self.panes.view.order(session.trace.state(session.position))
            if order:
                followed = self.panes.view.followed
                at = order.index(followed) + direction if followed in order else 0 if direction > 0 else -1
                self._follow(order[at % len(order)])

    def action_pin(self) -> None:
        """Keep the followed worker, or the one that runs, on top; or let it go."""
        worker, pinned = self._watched(), self.panes.view.pinned
        if worker != NONE:
            kept = tuple(one for one in pinned if one != worker)
            self._look(replace(self.panes.view, pinned=kept if worker in pinned else (*pinned, worker)))

    def action_density(self, direction: int) -> None:
        """Show more workers, or fewer and larger."""
        if direction > 0:
            self.panes.worker_pane.action_denser()
        else:
            self.panes.worker_pane.action_roomier()

    def action_tab(self, direction: int) -> None:
        """Open the next tab, or the one before."""
        self.panes.turn(direction)

    def _follow(self, worker: int) -> None:
        self._look(replace(self.panes.view, followed=worker))

    def _look(self, view: View) -> None:
        self.panes.view = view
        self.draw()

    def _watched(self) -> int:
        """Return the followed worker, else the one that runs at the cursor, else NONE."""
        if self.session is None:
            return NONE
        followed = self.panes.view.followed
        return followed if followed != NONE else self.session.trace.state(self.session.position).running

    # Keep and share.

    def action_bookmark(self) -> None:
        """Remember this place with a note."""
        session = self.session
        if session is None:
            return
        self.player.pause()

        def done(note: str | None) -> None:
            if note is not None:
                session.bookmark(note.strip() or f"step {session.trace.step_at(session.position):,}")
                self.say("Bookmarked: c and C stop here, b lists it.")

        self.app.push_screen(Ask("Bookmark this place", placeholder="a note"), done)

    def action_copy_code(self) -> None:
        """Copy the code that replays the shown run."""
        if self.session:
            code = self.session.shown.settings.code()
            self.app.copy_to_clipboard(code)
            self.notify(code, title="Copied the schedule code", markup=False)

    def action_save(self) -> None:
        """Ask where to, and save the trace. A file that is there is replaced only when asked for twice."""
        session = self.session
        if session is None:
            return
        warned: set[str] = set()

        def refused(text: str) -> str:
            path = Path(text).expanduser()
            if not text.strip() or path.is_dir():
                return "name a file"
            if path.exists() and text not in warned:
                warned.add(text)
                return "there is such a file already; enter again replaces it"
            return ""

        def done(text: str | None) -> None:
            if text is not None:
                self._save(session, Path(text).expanduser())

        name = Path(session.trace.header.target.removeprefix("-m ")).stem
        default = free_name(Path(), f"{name}-seed{session.shown.settings.seed}", ".jsonl")
        self.app.push_screen(Ask("Save the trace as", str(default), refused=refused), done)

    @work(thread=True, exit_on_error=False)
    def _save(self, session: Session, path: Path) -> None:
        try:
            save(session.trace, path)
        except OSError as error:
            self.app.call_from_thread(self.lab.complain, f"{path}: {error.strerror}")
        else:
            self.app.call_from_thread(self.say, f"Saved {path}. Open it with: concurrency-tui open {path}")


def _actions() -> Iterator[str]:
    for binding in STAGE:
        yield binding.action if isinstance(binding.action, str) else ""


ALL = frozenset(action.partition("(")[0] for action in _actions())
"""Every action of the stage, by name."""
