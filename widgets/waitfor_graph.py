"""The wait-for graph of a state, sorted for drawing: from those who have something to those who wait for it.

It is gathered from the objects that are waited for, not from all workers, so that ten thousand idle ones cost little.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..trace.events import NONE
from ..trace.state import State, Worker
from ..trace.waits import edge

NAMES: Final = 300
"""Workers of one crowd that are named."""


@dataclass(slots=True)
class Graph:
    """Who waits for whom."""

    state: State
    held: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Worker to the objects that it alone has and others want; NONE among them stands for its own end."""
    joining: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Worker to those who wait for its end."""
    crowds: dict[int, Sequence[int]] = field(default_factory=dict)
    """Object to those who wait for it, longest first."""
    loose: list[int] = field(default_factory=list)
    """Wanted objects that no single worker has."""

    @property
    def count(self) -> int:
        """How many workers wait."""
        return sum(map(len, self.crowds.values())) + sum(map(len, self.joining.values()))

    def waits(self, number: int) -> bool:
        """Tell whether a worker itself waits for an object or for another worker."""
        return 0 <= number < len(self.state.workers) and _waits(self.state.workers[number])

    @property
    def may_be_stuck(self) -> bool:
        """Whether there can be a circle: somebody who is waited for also waits."""
        return bool(self.state.stuck) or any(map(self.waits, self.held))

    def fingerprint(self) -> Hashable:
        """Return what the layout of the graph depends on; cheap to compare with that of a state nearby."""
        workers, things = self.state.workers, self.state.things
        return (
            tuple(things[number] for number in self.crowds),
            tuple(workers[number] for number in sorted(self.held) if 0 <= number < len(workers)),
            {worker: tuple(crowd) for worker, crowd in self.joining.items()},
            self.state.stuck,
        )


def gathered(state: State) -> Graph:
    """Return the graph of a state."""
    graph = Graph(state)
    for thing in state.things:
        if thing.waiters:
            graph.crowds[thing.id] = thing.waiters
            holder = _holder(state, thing.waiters[0])
            if holder == NONE:
                graph.loose.append(thing.id)
            else:
                graph.held[holder].append(thing.id)
    for worker in state.workers:
        if worker.joins != NONE:
            graph.joining[worker.joins].append(worker.id)
    for number in graph.joining:
        graph.held[number].append(NONE)
    return graph


def _holder(state: State, waiter: int) -> int:
    """Return the one worker that has what a worker waits for, or NONE."""
    found = edge(state, state.workers[waiter]) if 0 <= waiter < len(state.workers) else None
    return found.holder if found else NONE


def _waits(worker: Worker) -> bool:
    return worker.wants != NONE or worker.joins != NONE
