"""The runs made of one target, as a tree: a choice made by hand branches off the run it was made in.

Runs are never lost: a run with another seed or parameter is a new root beside the old ones. What may go is the trace of
a run not looked at for long, because the same settings give the same trace again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..locales.words import _
from ..trace.store import Trace
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a run that somebody wants to come back to."""

    position: int
    step: int
    note: str


@dataclass(eq=False, slots=True)
class Branch:
    """One run: its settings, where it leaves its parent, its trace, and the place last looked at."""

    settings: Settings
    reason: Callable[[], str]
    """Says what makes it differ, in a few words: "Thread-2 at step 14", "seed 8"."""
    trace: Trace
    parent: "Branch | None" = None
    fork: int = 0
    """The position in the parent, and here, up to which both are the same."""
    cursor: int = 0
    number: int = -1
    """Counts the runs that were shown, from 0."""
    children: list["Branch"] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    kept: bool = True
    """Whether `trace` is at hand; if not, it must be made again."""
    repeatable: bool = True
    """Whether it can be made again. A trace from a file need not be."""

    def child_at(self, settings: Settings) -> "Branch | None":
        """Return the branch that was made from here with exactly these settings."""
        return next((child for child in self.children if child.settings == settings), None)


class Branches:
    """All runs of a target. `shown` is the one on the stage."""

    def __init__(self, root: Branch) -> None:
        self.roots: list[Branch] = []
        self._visited: list[Branch] = []
        self._undone: list[Branch] = []
        self._count = 0
        self.show(root)

    def __len__(self) -> int:
        return self._count

    @property
    def shown(self) -> Branch:
        """The run on the stage."""
        return self._visited[-1]

    def __iter__(self) -> Iterator[Branch]:
        """Yield every run, a parent before its children."""
        waiting = list(reversed(self.roots))
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting.extend(reversed(branch.children))

    def show(self, branch: Branch) -> None:
        """Make a run the one on the stage. A new one gets its place under its parent, or beside the other roots."""
        if branch.number < 0:
            branch.number = self._count
            self._count += 1
            (branch.parent.children if branch.parent else self.roots).append(branch)
        self._visited = [visited for visited in self._visited if visited is not branch] + [branch]

    @property
    def undoable(self) -> Branch | None:
        """The run that undoing the last choice leads to."""
        return self.shown.parent

    @property
    def redoable(self) -> Branch | None:
        """The run that was left by undoing, if it branches off the one that is shown."""
        return next((branch for branch in reversed(self._undone) if branch.parent is self.shown), None)

    def undo(self) -> Branch:
        """Leave the shown run for its parent, and return that, with its cursor where the choice was made."""
        left = self.shown
        if left.parent is None:
            raise LookupError(_("no choice to undo"))
        self._undone = [branch for branch in self._undone if branch is not left] + [left]
        left.parent.cursor = left.fork
        return left.parent

    def trim(self, events: int) -> None:
        """Let go of traces looked at longest ago, until at most so many events are kept. The shown run always stays."""
        total = sum(len(branch.trace) for branch in self._visited if branch.kept)
        for branch in self._visited[:-1]:
            if total <= events:
                return
            if branch.kept and branch.repeatable:
                total -= len(branch.trace)
                branch.trace = Trace(branch.trace.header)
                branch.kept = False
