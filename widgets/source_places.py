"""Which workers are at which line of the program. Follows the cursor at the cost of what has changed."""

from collections.abc import Iterable, Sequence

from ..trace.events import NONE
from ..trace.state import Status, Worker
from ..trace.store import Trace

Place = tuple[str, int]
"""A path and a line from 1."""

_GONE = frozenset({Status.FINISHED, Status.KILLED})


class Places:
    """The workers at every line, kept up from state to state by comparing the records, which states share."""

    def __init__(self) -> None:
        self._trace: Trace | None = None
        self._workers: Sequence[Worker] = ()
        self._sites: list[int] = []
        self._at: dict[Place, dict[int, None]] = {}

    def update(self, trace: Trace, workers: Sequence[Worker]) -> None:
        """Follow to the workers of another state."""
        if trace is not self._trace:
            self._trace, self._workers, self._sites, self._at = trace, (), [], {}
        for number in range(len(workers), len(self._workers)):
            self._leave(number)
        del self._sites[len(workers) :]
        known = self._workers
        for old, new in zip(known, workers, strict=False):
            if old is not new:
                self._move(new)
        for new in workers[len(known) :]:
            self._sites.append(NONE)
            self._move(new)
        self._workers = tuple(workers)

    def at(self, path: str, line: int) -> Iterable[int]:
        """Return the workers at a line."""
        return self._at.get((path, line), ())

    def _move(self, worker: Worker) -> None:
        site = NONE if worker.status in _GONE else worker.site
        if site == self._sites[worker.id]:
            return
        self._leave(worker.id)
        self._sites[worker.id] = site
        if site != NONE:
            self._at.setdefault(self._place(site), {})[worker.id] = None

    def _leave(self, number: int) -> None:
        site = self._sites[number]
        if site != NONE:
            self._at[self._place(site)].pop(number, None)

    def _place(self, site: int) -> Place:
        assert self._trace is not None
        path, line, _ = self._trace.site(site)
        return path, line
