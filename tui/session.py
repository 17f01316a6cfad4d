"""One target on the stage: what to run, the runs made so far, and the place in the one that is shown.

Nothing here draws or knows an event loop. A simulated run is executed as fast as the child process can; what a person
sees is only the cursor moving along its trace. So every change is a new run beside the old one, and a choice made by
hand is a new run that begins with the same decisions.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..locales.words import _
from ..scenarios.target import Target, resolve
from ..trace.header import Header
from ..trace.store import Trace
from .arrival import AfterStep, Arrival, AtEnd, AtPosition, AtStart, AtTime
from .branches import Bookmark, Branch, Branches
from .choices import deciders, hindrance, next_decider
from .coming import Coming
from .feed import Feed, Launch, Watch
from .player import start, step_forward
from .settings import Settings, difference

EVENTS_KEPT: Final = 3_000_000
"""How many events all traces of a session may have together before the oldest are let go of."""


class Session:
    """The runs of one target. Call `run` first, unless it is made with a trace that was loaded from a file."""

    def __init__(
        self,
        target: Target | None,
        settings: Settings,
        launch: Launch,
        watch: Watch,
        *,
        loaded: Trace | None = None,
    ) -> None:
        self.target = target
        """What to run; None for a trace whose program cannot be run again."""
        self.changed: Callable[[], None] = lambda: None
        """Called when the shown trace has grown, or another is shown."""
        self.say: Callable[[str], None] = lambda _text: None
        """Called with a line for the person."""
        self._launch = launch
        self._watch = watch
        self._coming: Coming | None = None
        trace = loaded if loaded is not None else Trace(self._header(settings))
        root = Branch(settings, lambda: _("first run"), trace, repeatable=target is not None, cursor=start(trace))
        self.branches = Branches(root)

    # What is shown.

    @property
    def shown(self) -> Branch:
        """The run on the stage."""
        return self.branches.shown

    @property
    def trace(self) -> Trace:
        """The trace of the shown run."""
        return self.shown.trace

    @property
    def position(self) -> int:
        """The cursor in it."""
        return self.shown.cursor

    @property
    def settings(self) -> Settings:
        """How the newest run was made: the shown one, or the one on its way."""
        return (self._coming.branch if self._coming else self.shown).settings

    @property
    def running(self) -> bool:
        """Whether a child process is at work."""
        return self._coming is not None and not self._coming.feed.done

    @property
    def waiting(self) -> bool:
        """Whether another run replaces the shown one as soon as it has got far enough."""
        return self._coming is not None and self._coming.trace is not self.trace

    @property
    def arriving(self) -> bool:
        """Whether the cursor has yet to get to its place in a new run."""
        return self._coming is not None and self._coming.arrival is not None

    def listen(self) -> None:
        """Look after a child process that may have nothing to say any more. Call it now and then."""
        if self._coming is not None:
            self._coming.feed.receive()

    def move(self, position: int) -> None:
        """Put the cursor somewhere in the shown trace."""
        if self._coming and not self.waiting:
            self._coming.arrival = None
        self.shown.cursor = min(max(position, start(self.trace)), len(self.trace))

    def move_to_end(self) -> None:
        """Put the cursor at the end of the shown trace, and keep it there while that still grows."""
        self.move(len(self.trace))
        if self._coming and not self.waiting and not self._coming.feed.done:
            self._coming.arrival = AtEnd()

    # New runs.

    def run(self) -> None:
        """Make the first run."""
        self._begin(self.shown, AtStart())
        self._show()

    def rerun(self) -> None:
        """Run the shown run again. If the program has changed on disk, the old run is kept beside the new one."""
        target = self._require_target()
        source = target.path.read_text("utf-8", "replace") if target.path else None
        if source is None or not self.trace.sources or source in self.trace.sources.values():
            self._begin(self.shown, AtStart())
        else:
            self.target = resolve(target.name)
            self._begin(self._root(self.settings, lambda: _("program changed")), AtStart())

    def change(self, settings: Settings) -> None:
        """Run with other settings, and stay at the same place in time."""
        if settings != self.settings:
            old, parameters = self.shown.settings, self._require_target().parameters
            self._begin(self._root(settings, lambda: difference(settings, old, parameters)), self._same_place())

    def reseed(self) -> None:
        """Run from the start with the next seed."""
        settings = replace(self.settings, seed=self.settings.seed + 1, choices=())
        self._begin(self._root(settings, lambda: _("seed {seed}", seed=settings.seed)), AtStart())

    # Choices by hand.

    def choose(self, worker: int) -> None:
        """Let this worker make the next step. Raises ValueError with the reason if it cannot run here."""
        if reason := hindrance(self.trace, self.position, worker):
            raise ValueError(reason)
        if next_decider(self.trace, self.position) == worker:
            self.move(step_forward(self.trace, self._decision()))
            return
        step = self.trace.step_at(self.position)
        name = self.trace.state(self.position).workers[worker].name
        choices = (*deciders(self.trace, step), worker)
        self._branch_off(choices, lambda: _("{name} at step {step}", name=name, step=step + 1), AfterStep(step + 1))

    def release(self) -> None:
        """Let the strategy decide everything after the present step. Raises ValueError if it does already."""
        step = self.trace.step_at(self.position)
        if step >= len(self.settings.choices):
            raise ValueError(_("the strategy decides already"))
        self._branch_off(
            self.settings.choices[:step], lambda: _("free from step {step}", step=step + 1), AtPosition(self.position)
        )

    def undo(self) -> None:
        """Go back to the run that the last choice was made in. Raises LookupError if there is none."""
        self.visit(self.branches.undo())

    def redo(self) -> None:
        """Go to the run that was left by undoing. Raises LookupError if there is none."""
        if (branch := self.branches.redoable) is None:
            raise LookupError(_("no choice to redo"))
        self.visit(branch)

    def visit(self, branch: Branch) -> None:
        """Show another run, at the place last looked at."""
        if branch.kept:
            self._abandon()
            self.branches.show(branch)
            self.changed()
        else:
            self._begin(branch, AtPosition(branch.cursor))

    # Bookmarks.

    def bookmark(self, note: str) -> None:
        """Remember the present place in the shown run."""
        self.shown.bookmarks.append(Bookmark(self.position, self.trace.step_at(self.position), note))
        self.shown.bookmarks.sort(key=lambda bookmark: bookmark.position)

    # The end.

    def close(self) -> None:
        """End the child process."""
        if self._coming:
            self._coming.feed.close()

    # Inside.

    def hurry(self) -> None:
        """Show a run that has not arrived yet as far as it is: it may take long, or never get there."""
        if self.waiting and self._coming and len(self._coming.trace):
            self._show()

    def _begin(self, branch: Branch, arrival: Arrival, repeats: Trace | None = None) -> None:
        self._abandon()
        request = branch.settings.request(self._require_target())
        feed = Feed(request, self._header(branch.settings), self._launch, self._watch, self._news)
        self._coming = Coming(branch, feed, arrival, repeats)

    def _abandon(self) -> None:
        """Give up the run on its way. One that is shown, but not whole, must be made again when next visited."""
        if self._coming:
            self._coming.feed.close()
            if not self._coming.trace.complete and not self.waiting:
                self.shown.kept = False
            self._coming = None

    def _news(self) -> None:
        coming = self._coming
        if coming is None:
            return
        if not self.waiting:
            coming.put_cursor()
        elif coming.arrived:
            if objection := coming.objection():
                self.say(objection)
            if coming.impossible:
                self._abandon()
            else:
                self._show()
        if coming.feed.done and self._coming is coming:
            self._coming = None
        self.changed()

    def _show(self) -> None:
        """Put the run that is on its way on the stage."""
        if (coming := self._coming) is not None:
            coming.branch.trace, coming.branch.kept = coming.trace, True
            self.branches.show(coming.branch)
            self.branches.trim(EVENTS_KEPT)
            coming.put_cursor()

    def _branch_off(self, choices: tuple[int, ...], reason: Callable[[], str], arrival: Arrival) -> None:
        parent = self.shown
        settings = replace(parent.settings, choices=choices)
        if known := parent.child_at(settings):
            known.cursor = arrival.place(known.trace) or known.cursor
            self.visit(known)
            return
        branch = Branch(settings, reason, Trace(self._header(settings)), parent=parent, fork=self._decision())
        self._begin(branch, arrival, repeats=parent.trace)

    def _root(self, settings: Settings, reason: Callable[[], str]) -> Branch:
        return Branch(settings, reason, Trace(self._header(settings)))

    def _decision(self) -> int:
        """Return the position of the next decision: the end of the step that the cursor is in."""
        return self.trace.end_of_step(self.trace.step_at(self.position))

    def _same_place(self) -> Arrival:
        trace, position = self.trace, self.position
        if position <= start(trace):
            return AtStart()
        if trace.complete and position == len(trace):
            return AtEnd()
        time = trace.event(position - 1).time
        return AtTime(time) if time else AfterStep(trace.step_at(position))

    def _require_target(self) -> Target:
        if self.target is None:
            raise ValueError(_("the program of this trace is not at hand"))
        return self.target

    def _header(self, settings: Settings) -> Header:
        return settings.header(self._require_target())
