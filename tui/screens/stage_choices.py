"""The stage's keys that make other runs: a worker chosen by hand, undo and redo, another seed."""

from collections.abc import Callable

from textual import work

from ...locales.words import _
from ...trace.events import NONE
from .branches import BranchTree, Place
from .stage_moves import StageMoves


class StageChoices(StageMoves):
    """Choosing who runs, and running again."""

    def action_choose(self, digit: int) -> None:
        """Let the worker with this number run now."""
        keyed = self.panes.worker_pane.keyed()
        if digit <= len(keyed):
            self._choose(keyed[digit - 1])
        else:
            self.say(_("no worker has the number {digit} here", digit=digit))

    def action_choose_followed(self) -> None:
        """Let the followed worker run now."""
        if self.panes.view.followed == NONE:
            self.say(_("no worker is followed: click one, or press f"))
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
            self.visit(session.undo)

    def action_redo(self) -> None:
        """Make the choice again that was taken back."""
        if session := self.session:
            self.player.pause()
            self.visit(session.redo)

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
                self.visit(lambda: session.visit(branch))

        self.player.pause()
        self.app.push_screen(BranchTree(session.branches), go)

    @work
    async def visit(self, show: Callable[[], None]) -> None:
        """Show another run, and its settings in the control panel."""
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
