"""A run on its way to the stage: what it must become, and when it is far enough to be shown."""

from dataclasses import dataclass
from typing import Final

from ..locales.words import N_, _
from ..trace.store import Trace
from .arrival import Arrival
from .branches import Branch
from .feed import Feed

NOT_REPEATED: Final = N_(
    "The program did not repeat itself up to this place: it depends on something that is not simulated, "
    "such as files or the real clock."
)


@dataclass(slots=True)
class Coming:
    """A run that is being made, or has just been."""

    branch: Branch
    feed: Feed
    arrival: Arrival | None
    """Where to put the cursor; None once it is there, or somebody has moved it."""
    repeats: Trace | None = None
    """The trace that it must equal up to the fork."""

    @property
    def trace(self) -> Trace:
        """What there is of the run."""
        return self.feed.trace

    @property
    def arrived(self) -> bool:
        """Whether it has got to the place where the cursor is to be."""
        return self.arrival is not None and self.arrival.place(self.trace) is not None

    @property
    def impossible(self) -> bool:
        """Whether the program does not allow the choices that were made for it."""
        return self.trace.state(len(self.trace)).outcome.startswith("mismatch")

    def objection(self) -> str:
        """Return what is wrong with the run, in words for the person; "" if it is as it should be."""
        if self.repeats is not None:
            ours, theirs = (trace.state(self.branch.fork) for trace in (self.trace, self.repeats))
            if (ours.workers, ours.things) != (theirs.workers, theirs.things):
                return _(NOT_REPEATED)
        return _("{reason}: that is not possible", reason=self.branch.reason()) if self.impossible else ""

    def put_cursor(self) -> None:
        """Put the cursor where it is to arrive, or until then at the end of what there is."""
        if self.arrival is None:
            return
        place = self.arrival.place(self.trace)
        self.branch.cursor = len(self.trace) if place is None else place
        if place is not None:
            self.arrival = None
