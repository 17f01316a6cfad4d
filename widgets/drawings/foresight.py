"""What the trace says of one object beyond the state at the cursor: what has happened to it, and what will happen next.

Events are not indexed by object, so a stretch of the trace is read once and the places that name an object are kept.
Looking ahead is bounded: what lies too far off is not known here, and a drawing says nothing about it.
"""

from collections.abc import Iterator
from typing import Final
from weakref import WeakKeyDictionary

from ...trace.events import Event, Kind
from ...trace.store import Trace
from .scene import subject

STRETCH: Final = 512
"""Events that are read at once."""
AHEAD: Final = 8
"""Stretches that are searched for what comes next."""
_KEPT: Final = 256
"""Stretches kept for one trace."""

_Places = dict[int, list[int]]
_known: Final[WeakKeyDictionary[Trace, dict[int, tuple[int, _Places]]]] = WeakKeyDictionary()
"""Of each stretch: up to where it is read, and where each object is named."""


def upcoming(trace: Trace, position: int, obj: int, *kinds: Kind) -> Event | None:
    """Return the next event of one of these kinds about the object, at or after `position`; None if it is not near."""
    ahead = (position // STRETCH + AHEAD) * STRETCH
    return next((event for event in between(trace, position, ahead, obj) if event.kind in kinds), None)


def between(trace: Trace, start: int, end: int, obj: int) -> Iterator[Event]:
    """Yield the events about the object from `start` up to, but without, `end`."""
    end = min(end, len(trace))
    for stretch in range(start // STRETCH, -(-end // STRETCH)):
        for place in _places(trace, stretch).get(obj, ()):
            if start <= place < end:
                yield trace.event(place)


def _places(trace: Trace, stretch: int) -> _Places:
    """Return where in a stretch each object is named."""
    known = _known.setdefault(trace, {})
    start, end = stretch * STRETCH, min((stretch + 1) * STRETCH, len(trace))
    read_to, places = known.get(stretch, (start, {}))
    for place in range(read_to, end):  # The last stretch of a run that goes on grows.
        obj = subject(trace.event(place))
        if obj >= 0:
            places.setdefault(obj, []).append(place)
    if len(known) >= _KEPT and stretch not in known:
        known.pop(next(iter(known)))
    known[stretch] = end, places
    return places
