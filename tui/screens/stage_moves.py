"""The stage's keys that move the cursor in time."""

from ...locales.words import N_, _
from ...trace.events import NONE
from ..lines import next_line, previous_line
from ..player import start, step_back, step_forward
from .stage_view import StageView


class StageMoves(StageView):
    """Playing, stepping, skipping."""

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
        if session is None or (worker := self.watched()) == NONE:
            return
        if self.panes.view.followed != worker:
            self.follow(worker)
        find = next_line if direction > 0 else previous_line
        place = find(session.trace, session.position, worker)
        if place is None:
            workers = session.trace.state(session.position).workers
            name = workers[worker].name if worker < len(workers) else _("worker {worker}", worker=worker)
            words = N_("{name} has no further statement") if direction > 0 else N_("{name} has no earlier statement")
            self.say(_(words, name=name))
        else:
            self.go(place)

    def action_start(self) -> None:
        """Go to the start."""
        if self.session:
            self.go(start(self.session.trace))

    def action_end(self) -> None:
        """Go to the end of what has run."""
        if self.session:
            self.player.pause()
            self.session.move_to_end()
            self.draw()

    def action_speed(self, direction: int) -> None:
        """Play faster or slower."""
        if direction > 0:
            self.player.faster()
        else:
            self.player.slower()
        self.draw()
