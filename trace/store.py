"""A trace in memory: all events as columns, and the state at any cursor.

A *position* is a cursor: how many events have happened. Position 0 is before the first event, `len(trace)` after the
last; the event that leads to position p is `event(p - 1)`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from .checkpoints import Checkpoints
from .columns import KIND_NUMBERS, Columns
from .events import Event, Kind
from .fold import apply_all
from .header import Header
from .lanes import Lanes
from .marks import Marks
from .state import State
from .tenures import Tenures

_BATCH: Final = 4096
_NEAR: Final = 64
"""Events between two of the states kept near the cursor, for steps back."""

_NEAR_STATES: Final = 24
_NEAR_RECORDS: Final = 1_000_000
"""Most records that all states near the cursor refer to."""


class Site(NamedTuple):
    """A place in the program."""

    path: str
    """Relative to the program."""
    line: int
    """From 1; 0 where it is not known."""
    function: str
    """Qualified name."""


_NOWHERE: Final = Site("", 0, "")


class Trace:
    """One run: what led to it, every event of it, and every state."""

    def __init__(self, header: Header) -> None:
        self.header = header
        """How the run came to be."""
        self.complete = False
        """Whether the run's last event, its OUTCOME, is there."""
        self.notice = ""
        """What is wrong with the trace, in one line, or ""."""
        self.outputs = array("I")
        """Indices of the OUTPUT events."""
        self.sources: dict[str, str] = {}
        """Source texts by path."""
        self._columns = Columns()
        self._lanes = Lanes(self._columns)
        self._marks = Marks(self._columns)
        self._tenures = Tenures(self._columns)
        self._files: list[str] = []
        self._sites: list[Site] = []
        self._source_lines: dict[str, list[str]] = {}
        self._checkpoints = Checkpoints()
        self._near: OrderedDict[int, State] = OrderedDict()

    def extend(self, events: Iterable[Event]) -> None:
        """Append events that follow the ones there are."""
        batch: Sequence[Event] = events if isinstance(events, list | tuple) else list(events)
        first = len(self._columns)
        self._columns.extend(batch)
        for index, kind in enumerate(self._columns.kind[first:]):
            if kind in _NOTED:
                self._note(first + index, batch[index])

    def __len__(self) -> int:
        return len(self._columns)

    def event(self, index: int) -> Event:
        """Return an event, counted from 0."""
        if not 0 <= index < len(self._columns):
            raise IndexError(index)
        return self._columns.event(index)

    def batches(self) -> Iterator[list[Event]]:
        """Yield all events in order, some thousand at a time."""
        for start in range(0, len(self._columns), _BATCH):
            yield list(self._columns.events(start, start + _BATCH))

    @property
    def lanes(self) -> Lanes:
        """Each worker's changes of status."""
        return self._lanes

    @property
    def tenures(self) -> Tenures:
        """Who had the GIL of each process, and each core."""
        return self._tenures

    @property
    def marks(self) -> Marks:
        """The interesting moments."""
        return self._marks

    def state(self, position: int) -> State:
        """Return the state after the first `position` events. It is shared: read it, do not change it.

        Costs a fold of at most some thousand events, and of a few dozen near a position asked for lately.
        """
        position = min(max(position, 0), len(self._columns))
        found = self._near.get(position)
        if found is not None:
            self._near.move_to_end(position)
            return found
        state = self._start_for(position)
        self._fold_on(state, position)
        self._keep(state)
        return state

    @property
    def last_step(self) -> int:
        """The step of the last event."""
        return self.step_at(len(self._columns))

    @property
    def duration(self) -> int:
        """Virtual nanoseconds from the start to the last event."""
        return self._columns.time[-1] if len(self._columns) else 0

    def step_at(self, position: int) -> int:
        """Return the step of the last event before the cursor; 0 at position 0."""
        position = min(position, len(self._columns))
        return self._columns.step[position - 1] if position > 0 else 0

    def end_of_step(self, step: int) -> int:
        """Return the position after the last event of `step`, or of the last step before it that has any."""
        return bisect_right(self._columns.step, step)

    def at_time(self, time: int) -> int:
        """Return the position after the last event at or before `time`, in virtual nanoseconds."""
        return bisect_right(self._columns.time, time)

    def next_index(self, column: Literal["worker", "obj"], number: int, start: int, stop: int) -> int | None:
        """Return the index of the first event from `start`, before `stop`, with that worker or object; else None."""
        try:
            return (self._columns.worker if column == "worker" else self._columns.obj).index(number, start, stop)
        except ValueError:
            return None

    def site(self, number: int) -> Site:
        """Return the place of that number; one that nobody declared has no path and line 0."""
        return self._sites[number] if 0 <= number < len(self._sites) else _NOWHERE

    def look_ahead(self, events: int = 2048) -> bool:
        """Lay checkpoints for some events more, and tell whether that was all of them.

        Without this, the first seek far beyond any before it folds all events on the way. A few calls while nothing
        else is to be done make every seek short.
        """
        state = self._checkpoints.last()
        laid = len(self._checkpoints)
        while state.position < len(self._columns) and len(self._checkpoints) == laid:
            self._fold_on(state, min(state.position + events, len(self._columns)), keep=False)
        return state.position >= len(self._columns)

    def _fold_on(self, state: State, position: int, *, keep: bool = True) -> None:
        """Fold `state` up to `position`, leaving checkpoints on the way, and near the end states for steps back."""
        reach = position - _NEAR * (_NEAR_STATES - 1)
        while state.position < position:
            stop = min(position, state.position - state.position % _NEAR + _NEAR)
            apply_all(state, self._columns.events(state.position, stop))
            self._checkpoints.offer(state)
            if keep and reach < state.position < position:
                self._keep(state.copy())

    def path(self, file: int) -> str:
        """Return the path of the file of that number, or "" where nobody declared it."""
        return self._files[file] if 0 <= file < len(self._files) else ""

    def source_line(self, site: int) -> str:
        """Return the line of source text at a site, as the program has it, or ""."""
        place = self.site(site)
        lines = self._source_lines.get(place.path)
        if lines is None:
            lines = self._source_lines[place.path] = self.sources.get(place.path, "").split("\n")
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""

    def _start_for(self, position: int) -> State:
        """Return a state at or before `position` to fold on: one near the cursor, or else a checkpoint."""
        nearest = max((near for near in self._near if near <= position), default=-1)
        if position - nearest <= _NEAR and nearest >= 0:
            return self._near[nearest].copy()
        checkpoint = self._checkpoints.before(position)
        return checkpoint if checkpoint.position >= nearest else self._near[nearest].copy()

    def _keep(self, state: State) -> None:
        self._near[state.position] = state
        self._near.move_to_end(state.position)
        records = len(state.workers) + len(state.things)
        while len(self._near) > min(_NEAR_STATES, 1 + _NEAR_RECORDS // (records + 1)):
            self._near.popitem(last=False)

    def _note(self, index: int, event: Event) -> None:
        """Take in a declaration of the whole trace; a file or site out of order is passed over."""
        match event.kind:
            case Kind.OUTPUT:
                self.outputs.append(index)
            case Kind.OUTCOME:
                self.complete = True
            case Kind.OBJECT:
                self._tenures.declare(index)
            case Kind.FILE if event.obj == len(self._files):
                self._files.append(event.text)
            case Kind.SOURCE if 0 <= event.obj < len(self._files):
                self.sources[self._files[event.obj]] = event.text
                self._source_lines.pop(self._files[event.obj], None)
            case Kind.SITE if event.obj == len(self._sites):
                self._sites.append(Site(self.path(event.site), max(event.value, 0), event.text))
            case _:
                pass


_NOTED: Final = frozenset(
    KIND_NUMBERS[kind] for kind in (Kind.FILE, Kind.SOURCE, Kind.SITE, Kind.OBJECT, Kind.OUTPUT, Kind.OUTCOME)
)
