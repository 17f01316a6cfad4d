"""Each worker's changes of status, for the timeline and the state strips.

This reads the columns only and is several times faster than the fold, which it must agree with: after the same
events, a worker's last segment here has the status that the fold gives it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, overload

from .columns import KINDS, Columns
from .events import NESTED, NONE, Kind
from .fold_workers import waiting_status
from .state import Status

STATUSES: Final = tuple(Status)
"""Statuses in the order of the numbers that stand for them in `Segments.status`."""

_NUMBERS: Final = {status: number for number, status in enumerate(STATUSES)}
_RUNNING: Final = _NUMBERS[Status.RUNNING]
_READY: Final = _NUMBERS[Status.READY]
_FAILED: Final = _NUMBERS[Status.FAILED]
_KILLED: Final = _NUMBERS[Status.KILLED]
_DEADLOCKED: Final = _NUMBERS[Status.DEADLOCKED]

# What an event of each kind means here, besides the number of the status its worker has after it.
_WAIT, _WORK, _SPAWN, _OBJECT, _KILL, _DEADLOCK, _NOTHING = range(-1, -8, -1)

_SPECIAL: Final = {
    **dict.fromkeys((Kind.FILE, Kind.SOURCE, Kind.SITE, Kind.NAME, Kind.PART, Kind.PEER, Kind.OUTCOME), _NOTHING),
    Kind.OBJECT: _OBJECT,
    Kind.SPAWN: _SPAWN,
    Kind.WAIT: _WAIT,
    Kind.WORK: _WORK,
    Kind.KILL: _KILL,
    Kind.DEADLOCK: _DEADLOCK,
    Kind.END: _NUMBERS[Status.FINISHED],
    Kind.FAIL: _NUMBERS[Status.FAILED],
    Kind.SLEEP: _NUMBERS[Status.SLEEPING],
    Kind.JOIN: _NUMBERS[Status.JOIN],
    Kind.YIELD: _READY,
}
_EFFECTS: Final = tuple(_SPECIAL.get(kind, _RUNNING) for kind in KINDS)
_PAUSES: Final = frozenset({_WAIT, _NUMBERS[Status.SLEEPING], _NUMBERS[Status.JOIN]})
_CHUNK: Final = 1 << 16


class Segments:
    """One worker's statuses in order, as parallel sequences. A segment lasts until the next one begins.

    `position` and `status` are arrays. To find many moments, turn each into a position once (`Trace.at_time`,
    `Trace.end_of_step`) and look in `position`: that is several times faster than looking in `time` or `step`.
    """

    __slots__ = ("position", "status", "step", "time")

    def __init__(self, columns: Columns) -> None:
        self.position = array("I")
        """The cursor from which on the status holds: the position just after the event that brought it about."""
        self.status = array("B")
        """The status, as an index into `tuple(Status)`."""
        self.time = Moments(columns.time, self.position)
        """Virtual nanoseconds of that event."""
        self.step = Moments(columns.step, self.position)
        """The step of that event."""

    def __len__(self) -> int:
        return len(self.position)

    def at(self, position: int) -> int:
        """Return the index of the segment that holds at the cursor, or NONE before the worker was started."""
        return bisect_right(self.position, position) - 1


class Moments(Sequence[int]):
    """The times or steps of segments, looked up in the trace rather than kept once more."""

    __slots__ = ("_column", "_positions")

    def __init__(self, column: array[int], positions: array[int]) -> None:
        self._column = column
        self._positions = positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self._column[position - 1] for position in self._positions[index]]
        return self._column[self._positions[index] - 1]


class Lanes:
    """The segments of all workers. They grow with the trace, which is read on whenever they are asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._lanes: list[Segments] = []
        self._now: list[int] = []
        self._failed: set[int] = set()
        self._kinds: list[str] = []
        self._hosts: list[int] = []
        self._own: dict[int, Segments] = {}
        self._computing: set[int] = set()
        self._running = NONE
        self._acted = NONE
        self._read = 0

    def __len__(self) -> int:
        self._read_on()
        return len(self._lanes)

    def segments(self, worker: int) -> Segments:
        """Return a worker's segments; a worker that is not in the trace has none."""
        self._read_on()
        return self._lanes[worker] if 0 <= worker < len(self._lanes) else Segments(self._columns)

    def own(self, worker: int) -> Segments | None:
        """Return, of a thread with workers inside it, when it acts itself (running) and when one of them does (ready).

        None of any other worker. The segments begin when the first of those inside acts.
        """
        self._read_on()
        return self._own.get(worker)

    def _read_on(self) -> None:
        while self._read < len(self._columns):
            self._read_chunk(self._read, min(self._read + _CHUNK, len(self._columns)))

    def _read_chunk(self, start: int, stop: int) -> None:
        """Follow who runs and who waits through some events: the fold's rules, for statuses alone."""
        columns, now, change, failed, hosts = self._columns, self._now, self._change, self._failed, self._hosts
        computing = self._computing
        running, acted = self._running, self._acted
        rows = zip(columns.kind[start:stop], columns.worker[start:stop], columns.step[start:stop], strict=True)
        for position, (kind, worker, step) in enumerate(rows, start + 1):
            effect = _EFFECTS[kind]
            if effect == _WORK and worker in computing:
                continue  # it computes for longer or shorter than it told before
            if effect >= _SPAWN and 0 <= worker < len(now):
                if worker == running:
                    acted = step
                elif acted != step or effect not in _PAUSES or hosts[worker] != NONE or hosts[running] == worker:
                    # Else it was made to wait in another worker's step, who is none inside it.
                    self._hand_over(running, worker, position)
                    running, acted = worker, step
                status = effect if effect >= 0 else self._wait(position) if effect == _WAIT else _RUNNING
                if status == _FAILED:
                    failed.add(worker)
                elif status == _RUNNING and worker in failed:
                    status = _FAILED
                if now[worker] != status:
                    change(worker, status, position)
                (computing.add if effect == _WORK else computing.discard)(worker)
            if _NOTHING < effect < _WORK:
                self._take_in(effect, worker, position)
        self._running, self._acted = running, acted
        self._read = stop

    def _hand_over(self, running: int, worker: int, position: int) -> None:
        """One worker acts after another: that one no longer runs, nor does its thread, unless it is the same.

        One that computes goes on beside the others.
        """
        now, host = self._now, self._hosts[worker]
        while running not in (NONE, host, worker) and running not in self._computing:
            if now[running] == _RUNNING:
                self._change(running, _READY, position)
            running = self._hosts[running]
        if host != NONE and now[host] != _RUNNING and host not in self._failed:
            self._change(host, _RUNNING, position)
            self._computing.discard(host)
        if host != NONE:
            self._take_turns(host, _READY, position)
        elif worker in self._own:
            self._take_turns(worker, _RUNNING, position)

    def _take_turns(self, host: int, status: int, position: int) -> None:
        """Note whether a thread acts itself from now on, or somebody inside it does."""
        own = self._own.setdefault(host, Segments(self._columns))
        if not own.status or own.status[-1] != status:
            own.position.append(position)
            own.status.append(status)

    def _take_in(self, effect: int, worker: int, position: int) -> None:
        """Follow an event that is more, or less, than an act of its worker."""
        obj = self._columns.obj[position - 1]
        if effect == _SPAWN and obj == len(self._now):
            self._now.append(NONE)
            self._lanes.append(Segments(self._columns))
            self._hosts.append(self._host(worker, max(self._columns.values(position - 1, position)[0], 0)))
            self._change(obj, _READY, position)
        elif effect == _OBJECT and obj == len(self._kinds):
            self._kinds.append(self._columns.texts[self._columns.text[position - 1]])
        elif effect in (_KILL, _DEADLOCK) and 0 <= worker < len(self._now):
            status = _KILLED if effect == _KILL else _DEADLOCKED
            if effect == _KILL:
                self._computing.discard(worker)
            if self._now[worker] != status:
                self._change(worker, status, position)

    def _host(self, parent: int, flags: int) -> int:
        """Return the thread that a new worker runs in, or NONE if it is one itself."""
        if not flags & NESTED or not 0 <= parent < len(self._hosts):
            return NONE
        return parent if self._hosts[parent] == NONE else self._hosts[parent]

    def _change(self, worker: int, status: int, position: int) -> None:
        self._now[worker] = status
        lane = self._lanes[worker]
        lane.position.append(position)
        lane.status.append(status)

    def _wait(self, position: int) -> int:
        """Return the status of a worker that begins to wait."""
        columns = self._columns
        obj = columns.obj[position - 1]
        kind = self._kinds[obj] if 0 <= obj < len(self._kinds) else ""
        return _waiting_number(kind, columns.texts[columns.text[position - 1]])


@lru_cache(maxsize=256)
def _waiting_number(kind: str, operation: str) -> int:
    return _NUMBERS[waiting_status(kind, operation)]
