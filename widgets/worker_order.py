"""Which workers are shown, in which order, and which of them answer to the keys 1 to 9; panes with workers share it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ..trace.events import NONE
from ..trace.state import State, Worker
from .palette import LOOKS
from .processes import members

KEYS: Final = 9
"""Workers that a digit key can run."""


@dataclass(frozen=True, slots=True)
class View:
    """What a person chose to look at. It is the same for all panes that show workers."""

    filter: str = ""
    """Words; a worker is shown if each is found in its name or is how its state begins ("lock", "dead")."""
    pinned: tuple[int, ...] = ()
    """Workers shown first, in this order, whatever the filter."""
    followed: int = NONE
    """The worker that the source pane keeps in view."""
    folded: bool = False
    """Threads are shown without the workers inside them, unless one of these is pinned or followed."""

    def order(self, state: State) -> Sequence[int]:
        """Return the workers to show, each thread followed by those that run inside it.

        Without a filter, pins and workers inside threads that is a range, at no cost however many there are.
        """
        count = len(state.workers)
        words = self.filter.casefold().split()
        pinned = [worker for worker in self.pinned if worker < count]
        if not words and not pinned and not state.nested:
            return range(count)
        first = set(pinned)
        rest = [
            worker.id for worker in grouped(state) if worker.id not in first and (not words or matches(worker, words))
        ]
        if self.folded:
            rest = [worker for worker in rest if state.workers[worker].host == NONE or worker == self.followed]
        return [*pinned, *rest]


def grouped(state: State) -> Iterable[Worker]:
    """Return all workers in order; where some run inside threads, process by process, each right after its thread."""
    if not state.nested:
        return state.workers
    order: list[Worker] = []
    inside = insiders(state)
    for workers in members(state).values():
        for worker in workers:
            if worker.host == NONE:
                order += [worker, *inside.get(worker.id, ())]
    return order


def insiders(state: State) -> dict[int, list[Worker]]:
    """Return the workers inside each thread that has any, in the order they were started."""
    found: dict[int, list[Worker]] = {}
    for worker in state.workers if state.nested else ():
        if worker.host != NONE:
            found.setdefault(worker.host, []).append(worker)
    return found


def keyed(order: Sequence[int], state: State) -> list[int]:
    """Return the workers that the digit keys stand for, in the order shown: threads first, as those can be chosen."""
    if not state.nested:
        return list(order[:KEYS])
    threads = [worker for worker in order if state.workers[worker].host == NONE][:KEYS]
    others = (worker for worker in order if state.workers[worker].host != NONE)
    chosen = {*threads, *islice(others, KEYS - len(threads))}
    return [worker for worker in order if worker in chosen]


def matches(worker: Worker, words: Sequence[str]) -> bool:
    """Tell whether every word (casefolded) is in the worker's name or begins a word of its state.

    The state goes by its English words, and by those of the language that is spoken.
    """
    name = worker.name.casefold()
    look = LOOKS[worker.status]
    english = f" {look.word} {look.phrase}".casefold()
    spoken = f"{look.short} {look.long}"  # Some languages have no blanks between words.
    return all(word in name or f" {word}" in english or (not word.isascii() and word in spoken) for word in words)
