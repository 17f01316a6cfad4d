"""Workers inside threads: the sign and the word of each kind, which all panes and drawings share."""

from typing import Final, NamedTuple

from ..trace.events import NONE, WorkerFlag
from ..trace.state import State, Worker
from .fitting import plain
from .glyphs import UNICODE, Glyphs


class Sort(NamedTuple):
    """One kind of worker that runs inside a thread."""

    word: str
    """"coroutine"."""
    many: str
    field: str
    """Name of its sign in `Glyphs`."""

    def sign(self, glyphs: Glyphs = UNICODE) -> str:
        """Return its sign, one cell wide."""
        sign: str = getattr(glyphs, self.field)
        return sign


SORTS: Final = {
    WorkerFlag.COROUTINE: Sort("coroutine", "coroutines", "coroutine"),
    WorkerFlag.GREENLET: Sort("greenlet", "greenlets", "greenlet"),
    WorkerFlag.GENERATOR: Sort("generator", "generators", "generator"),
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
