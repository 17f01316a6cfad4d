"""Which workers are shown, in which order, and which of them answer to the keys 1 to 9; panes with workers share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..trace.events import NONE
from ..trace.state import State, Worker
from .palette import LOOKS

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

    def order(self, state: State) -> Sequence[int]:
        """Return the workers to show. Without a filter and pins that is a range, at no cost however many there are."""
        count = len(state.workers)
        words = self.filter.casefold().split()
        pinned = [worker for worker in self.pinned if worker < count]
        if not words and not pinned:
            return range(count)
        first = set(pinned)
        rest = (worker.id for worker in state.workers if worker.id not in first and matches(worker, words))
        return [*pinned, *rest]


def matches(worker: Worker, words: Sequence[str]) -> bool:
    """Tell whether every word (casefolded) is in the worker's name or begins a word of its state."""
    name = worker.name.casefold()
    look = LOOKS[worker.status]
    return all(
        word in name or look.short.casefold().startswith(word) or f" {word}" in f" {look.long.casefold()}"
        for word in words
    )
