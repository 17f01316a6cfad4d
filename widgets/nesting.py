"""Workers inside threads: the sign and the word of each kind, which all panes and drawings share."""

from typing import Final, NamedTuple

from ..locales.words import N_, _
from ..trace.events import NONE, WorkerFlag
from ..trace.state import State, Worker
from .fitting import plain
from .glyphs import UNICODE, Glyphs


class Sort(NamedTuple):
    """One kind of worker that runs inside a thread."""

    one: str
    """"coroutine", in English."""
    many: str
    """"{count:,} coroutines", in English."""
    field: str
    """Name of its sign in `Glyphs`."""

    def sign(self, glyphs: Glyphs = UNICODE) -> str:
        """Return its sign, one cell wide."""
        sign: str = getattr(glyphs, self.field)
        return sign

    @property
    def word(self) -> str:
        """What one of them is called, in the language that is spoken."""
        return _(self.one)

    def counted(self, count: int) -> str:
        """Return so many of them in words."""
        return _(self.many, count=count) if count > 1 else f"1 {self.word}"


SORTS: Final = {
    WorkerFlag.COROUTINE: Sort(N_("coroutine"), N_("{count:,} coroutines"), "coroutine"),
    WorkerFlag.GREENLET: Sort(N_("greenlet"), N_("{count:,} greenlets"), "greenlet"),
    WorkerFlag.GENERATOR: Sort(N_("generator"), N_("{count:,} generators"), "generator"),
}
"""By the flag that says so; of a worker with several flags, the first one counts."""


def sort_of(worker: Worker) -> Sort | None:
    """Return the kind of a worker inside a thread, or None of any other."""
    if worker.host == NONE:
        return None
    return next((sort for flag, sort in SORTS.items() if worker.flags & flag), None)


def host_of(state: State, worker: Worker) -> str:
    """Return the name of the thread that a worker runs in, or "" of one that is a thread itself."""
    return plain(state.workers[worker.host].name) if 0 <= worker.host < len(state.workers) else ""
