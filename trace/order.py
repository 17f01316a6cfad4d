"""What a reader checks across events: numbers are dense, steps and time never run back, nothing follows the end.

The fold does not depend on this. But a number of two billion that nobody declared would otherwise be taken for a gap
to fill, and a cursor finds its way by step and time only where they rise.
"""

from collections.abc import Sequence

from .events import Event, Kind


class Order:
    """Follows the events of one trace. `problem` is "" until one breaks a rule, then says which in one line."""

    def __init__(self) -> None:
        self.problem = ""
        self._count = 0
        self._step = 0
        self._time = 0
        self._ended = False
        self._next = dict.fromkeys((Kind.FILE, Kind.SITE, Kind.OBJECT, Kind.SPAWN), 0)

    def check(self, events: Sequence[Event]) -> int:
        """Return how many of the events that follow keep to the rules."""
        for kept, event in enumerate(events):
            self.problem = self._objection(event)
            if self.problem:
                return kept
            self._count += 1
        return len(events)

    def _objection(self, event: Event) -> str:
        """Take in one event; return what is wrong with it or ""."""
        number = self._count + 1
        if self._ended:
            return f"the run ends with event {self._count}; what the file has beyond it is not shown"
        if event.step < self._step or event.time < self._time:
            return f"event {number} is earlier than the one before it; what came before is shown"
        self._step, self._time = event.step, event.time
        expected = self._next.get(event.kind)
        if expected is not None:
            if event.obj != expected:
                declared = f"declares {event.kind.value} {event.obj} where {expected} is next"
                return f"event {number} {declared}; what came before is shown"
            self._next[event.kind] += 1
        self._ended = event.kind is Kind.OUTCOME
        return ""
