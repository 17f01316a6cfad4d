"""What a reader checks across events: numbers are dense, steps and time never run back, nothing follows the end.

The fold does not depend on this. But a number of two billion that nobody declared would otherwise be taken for a gap
to fill, and a cursor finds its way by step and time only where they rise.
"""

from collections.abc import Sequence
from typing import Final

from ..locales.words import _
from .events import Event, Kind

_NUMBERED: Final = (Kind.FILE, Kind.SITE, Kind.OBJECT, Kind.SPAWN)
_CHECKED: Final = frozenset({*_NUMBERED, Kind.OUTCOME})


class Order:
    """Follows the events of one trace. `problem` is "" until one breaks a rule, then says which in one line."""

    def __init__(self) -> None:
        self.problem = ""
        self._count = 0
        self._step = 0
        self._time = 0
        self._ended = False
        self._next = dict.fromkeys(_NUMBERED, 0)

    def check(self, events: Sequence[Event]) -> int:
        """Return how many of the events that follow keep to the rules."""
        if self._is_plain(events):
            return len(events)
        for kept, event in enumerate(events):
            self.problem = self._objection(event)
            if self.problem:
                return kept
            self._count += 1
        return len(events)

    def _is_plain(self, events: Sequence[Event]) -> bool:
        """Take in events among which there is nothing but steps and time to check, and return True; else False."""
        steps = [self._step, *[event.step for event in events]]
        times = [self._time, *[event.time for event in events]]
        if self._ended or steps != sorted(steps) or times != sorted(times):
            return False
        if not _CHECKED.isdisjoint([event.kind for event in events]):
            return False
        self._count += len(events)
        self._step, self._time = steps[-1], times[-1]
        return True

    def _objection(self, event: Event) -> str:
        """Take in one event; return what is wrong with it or ""."""
        number = self._count + 1
        if self._ended:
            return _("the run ends with event {count}; what the file has beyond it is not shown", count=self._count)
        if event.step < self._step or event.time < self._time:
            return _("event {number} is earlier than the one before it; what came before is shown", number=number)
        self._step, self._time = event.step, event.time
        expected = self._next.get(event.kind)
        if expected is not None:
            if event.obj != expected:
                declared = _(
                    "declares {value} {obj} where {expected} is next",
                    value=event.kind.value,
                    obj=event.obj,
                    expected=expected,
                )
                return _("event {number} {declared}; what came before is shown", number=number, declared=declared)
            self._next[event.kind] += 1
        self._ended = event.kind is Kind.OUTCOME
        return ""
