"""Each worker's changes of status, for the timeline and the state strips.

This reads the columns only and is several times faster than the fold, which it must agree with: after the same
events, a worker's last segment here has the status that the fold gives it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from .columns import KINDS, Columns
from .events import NONE, Kind
from .fold_workers import waiting_status
from .state import Status

STATUSES: Final = tuple(Status)
"""Statuses in the order of the numbers that stand for them in `Segments.status`."""

_NUMBERS: Final = {status: number for number, status in enumerate(STATUSES)}
_RUNNING: Final = _NUMBERS[Status.RUNNING]
_READY: Final = _NUMBERS[Status.READY]
_KILLED: Final = _NUMBERS[Status.KILLED]
_DEADLOCKED: Final = _NUMBERS[Status.DEADLOCKED]

# What an event of each kind means here, besides the number of the status its worker has after it.
_NOTHING, _WAIT, _SPAWN, _OBJECT, _KILL, _DEADLOCK = range(-1, -7, -1)

_SPECIAL: Final = {
    **dict.fromkeys((Kind.FILE, Kind.SOURCE, Kind.SITE, Kind.NAME, Kind.PART, Kind.OUTCOME), _NOTHING),
    Kind.OBJECT: _OBJECT,
    Kind.SPAWN: _SPAWN,
    Kind.WAIT: _WAIT,
    Kind.KILL: _KILL,
    Kind.DEADLOCK: _DEADLOCK,
    Kind.END: _NUMBERS[Status.FINISHED],
    Kind.FAIL: _NUMBERS[Status.FAILED],
    Kind.SLEEP: _NUMBERS[Status.SLEEPING],
    Kind.JOIN: _NUMBERS[Status.JOIN],
}
_PAUSES: Final = frozenset({_WAIT, _NUMBERS[Status.SLEEPING], _NUMBERS[Status.JOIN]})
_EFFECTS: Final = tuple(_SPECIAL.get(kind, _RUNNING) for kind in KINDS)
_CHUNK: Final = 1 << 16


@dataclass(slots=True)
class Segments:
    """One worker's statuses in order, as parallel arrays. A segment lasts until the next one begins."""

    position: array[int] = field(default_factory=lambda: array("I"))
    """The cursor from which on the status holds: the position just after the event that brought it about."""
    time: array[int] = field(default_factory=lambda: array("q"))
    """Virtual nanoseconds of that event."""
    step: array[int] = field(default_factory=lambda: array("I"))
    """The step of that event."""
    status: array[int] = field(default_factory=lambda: array("B"))
    """The status, as an index into `tuple(Status)`."""

    def __len__(self) -> int:
        return len(self.position)

    def at(self, position: int) -> int:
        """Return the index of the segment that holds at the cursor, or NONE before the worker was started."""
        return bisect_right(self.position, position) - 1


class Lanes:
    """The segments of all workers. They grow with the trace, which is read on whenever they are asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._lanes: list[Segments] = []
        self._now: list[int] = []
        self._kinds: list[str] = []
        self._running = NONE
        self._acted = NONE
        self._read = 0

    def __len__(self) -> int:
        self._read_on()
        return len(self._lanes)

    def segments(self, worker: int) -> Segments:
        """Return a worker's segments; a worker that is not in the trace has none."""
        self._read_on()
        return self._lanes[worker] if 0 <= worker < len(self._lanes) else Segments()

    def _read_on(self) -> None:
        while self._read < len(self._columns):
            self._read_chunk(self._read, min(self._read + _CHUNK, len(self._columns)))

    def _read_chunk(self, start: int, stop: int) -> None:
        """Follow who runs and who waits through some events: the fold's rules, for statuses alone."""
        columns, now = self._columns, self._now
        running, acted = self._running, self._acted
        rows = zip(columns.kind[start:stop], columns.worker[start:stop], strict=True)
        for index, (kind, worker) in enumerate(rows, start):
            effect = _EFFECTS[kind]
            if effect == _NOTHING:
                continue
            if effect == _OBJECT:
                self._declare(index)
                continue
            known = 0 <= worker < len(now)
            if effect in (_KILL, _DEADLOCK):
                if known:
                    self._change(worker, _KILLED if effect == _KILL else _DEADLOCKED, index)
                continue
            if known:
                if effect in _PAUSES and worker != running and acted == columns.step[index]:
                    pass  # it was made to wait in another worker's step
                elif worker != running:
                    if running != NONE and now[running] == _RUNNING:
                        self._change(running, _READY, index)
                    running, acted = worker, columns.step[index]
                else:
                    acted = columns.step[index]
                status = effect if effect >= 0 else self._wait(index) if effect == _WAIT else _RUNNING
                if now[worker] != status:
                    self._change(worker, status, index)
            if effect == _SPAWN and columns.obj[index] == len(now):
                now.append(NONE)
                self._lanes.append(Segments())
                self._change(columns.obj[index], _READY, index)
        self._running, self._acted = running, acted
        self._read = stop

    def _change(self, worker: int, status: int, index: int) -> None:
        self._now[worker] = status
        lane = self._lanes[worker]
        lane.position.append(index + 1)
        lane.time.append(self._columns.time[index])
        lane.step.append(self._columns.step[index])
        lane.status.append(status)

    def _declare(self, index: int) -> None:
        if self._columns.obj[index] == len(self._kinds):
            self._kinds.append(self._columns.texts[self._columns.text[index]])

    def _wait(self, index: int) -> int:
        obj = self._columns.obj[index]
        kind = self._kinds[obj] if 0 <= obj < len(self._kinds) else ""
        return _waiting_number(kind, self._columns.texts[self._columns.text[index]])


@lru_cache(maxsize=256)
def _waiting_number(kind: str, operation: str) -> int:
    return _NUMBERS[waiting_status(kind, operation)]
