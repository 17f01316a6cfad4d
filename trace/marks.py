"""The interesting moments of a trace: where a person who scrubs or skips wants to stop.

The GIL changes hands so often that most of that is dull. What counts is that a worker must wait for it before it has
computed anything, that it gets it then, and that it has computed to the end.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Final

from .columns import KIND_NUMBERS, KINDS, Columns
from .events import NONE, Kind


class Mark(IntEnum):
    """Why a moment is interesting. Where several fall together, the one with the greatest number counts."""

    GO_ON = 1
    """A worker that waited got what it waited for."""
    DONE = 2
    """A task returned its result, or a worker has computed to the end."""
    LET_GO = 3
    """What somebody waits for: a lock is released, an event set, an item put, a result there, data sent."""
    BLOCK = 4
    """A worker begins to wait for an object, or for another worker's end."""
    TIMEOUT = 5
    """A wait ran out."""
    KILL = 6
    """A worker is asked to stop, or a daemon is cut off by the program's end."""
    OUTCOME = 7
    """The run is over."""
    FAILURE = 8
    """A worker or a task ended with an exception, a barrier broke, or a connection was reset."""
    DEADLOCK = 9
    """A worker will wait for ever."""


_ALWAYS: Final = {
    Kind.RESOLVE: Mark.DONE,
    Kind.WAIT: Mark.BLOCK,
    Kind.JOIN: Mark.BLOCK,
    Kind.TIMEOUT: Mark.TIMEOUT,
    Kind.INTERRUPT: Mark.KILL,
    Kind.KILL: Mark.KILL,
    Kind.OUTCOME: Mark.OUTCOME,
    Kind.FAIL: Mark.FAILURE,
    Kind.REJECT: Mark.FAILURE,
    Kind.BREAK: Mark.FAILURE,
    Kind.DEADLOCK: Mark.DEADLOCK,
}
_IF_AWAITED: Final = frozenset(
    KIND_NUMBERS[kind] for kind in (Kind.RELEASE, Kind.SET, Kind.NOTIFY, Kind.PUT, Kind.GET, Kind.RESOLVE)
)
_AT_OTHER_END: Final = frozenset(KIND_NUMBERS[kind] for kind in (Kind.SEND, Kind.RECV, Kind.SHUT, Kind.CLOSE))
_CONNECT: Final = KIND_NUMBERS[Kind.CONNECT]
_CLOSE: Final = KIND_NUMBERS[Kind.CLOSE]
_PEER: Final = KIND_NUMBERS[Kind.PEER]
_SOCKETS: Final = frozenset({*_AT_OTHER_END, _CONNECT, _PEER})
_RELEASE: Final = KIND_NUMBERS[Kind.RELEASE]
_OBJECT: Final = KIND_NUMBERS[Kind.OBJECT]
_WORKED: Final = KIND_NUMBERS[Kind.WORKED]
_WAIT: Final = KIND_NUMBERS[Kind.WAIT]
_JOIN: Final = KIND_NUMBERS[Kind.JOIN]
_NOT_AN_ACT: Final = frozenset(
    KIND_NUMBERS[kind] for kind in (Kind.DEADLOCK, Kind.OBJECT, Kind.NAME, Kind.PART, Kind.PEER)
)
_MARKS: Final = tuple(int(_ALWAYS.get(kind, 0)) for kind in KINDS)
_BY_IMPORTANCE: Final = tuple(sorted(Mark, reverse=True))
_MACHINE: Final = frozenset({"GIL", "CPU"})
_OF_MACHINES: Final = frozenset({_OBJECT, _WORKED, _RELEASE, _WAIT})
_CHUNK: Final = 1 << 16


class Marks:
    """The marks of a trace, at most one a step. They grow with the trace, which is read on when they are asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._positions = array("I")
        self._kinds = bytearray()
        self._last_step = -1
        self._wanted: dict[int, int] = {}
        self._joining: set[int] = set()
        self._waiters: dict[int, int] = {}
        self._peers: dict[int, int] = {}
        self._machine: set[int] = set()
        """GILs and cores."""
        self._halfway: set[int] = set()
        """Workers that have stopped in the middle of computing."""
        self._read = 0

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def positions(self) -> array[int]:
        """The cursors just after the interesting events, in order."""
        self._read_on()
        return self._positions

    @property
    def kinds(self) -> bytearray:
        """The mark at each of the positions, as its number."""
        self._read_on()
        return self._kinds

    def kind_at(self, position: int) -> Mark | None:
        """Return the mark at a cursor, or None where there is none."""
        positions = self.positions
        place = bisect_left(positions, position)
        return Mark(self._kinds[place]) if place < len(positions) and positions[place] == position else None

    def next_after(self, position: int) -> int | None:
        """Return the position of the first mark beyond the cursor, or None."""
        positions = self.positions
        place = bisect_right(positions, position)
        return positions[place] if place < len(positions) else None

    def before(self, position: int) -> int | None:
        """Return the position of the last mark before the cursor, or None."""
        positions = self.positions
        place = bisect_left(positions, position)
        return positions[place - 1] if place else None

    def coalesced(self, edges: Sequence[int]) -> list[Mark | None]:
        """Return the most important mark between each two of the rising positions; a mark on an edge counts before it.

        This is what the cells of a scrub bar show. Its cost hardly depends on how many marks there are.
        """
        places = [bisect_right(self.positions, edge) for edge in edges]
        return [self._greatest(start, stop) for start, stop in pairwise(places)]

    def _greatest(self, start: int, stop: int) -> Mark | None:
        for mark in _BY_IMPORTANCE:
            if self._kinds.find(mark, start, stop) >= 0:
                return mark
        return None

    def _read_on(self) -> None:
        while self._read < len(self._columns):
            self._read_chunk(self._read, min(self._read + _CHUNK, len(self._columns)))

    def _read_chunk(self, start: int, stop: int) -> None:
        """Follow which objects workers wait for, and note what is interesting."""
        columns, wanted, joining = self._columns, self._wanted, self._joining
        rows = zip(columns.kind[start:stop], columns.worker[start:stop], columns.obj[start:stop], strict=True)
        for position, (kind, worker, obj) in enumerate(rows, start + 1):
            mark = self._at_socket(kind, obj, position - 1) if kind in _SOCKETS else _MARKS[kind]
            if worker in wanted and kind not in _NOT_AN_ACT:
                self._waiters[wanted.pop(worker)] -= 1
                mark = mark or Mark.GO_ON
            elif kind in _IF_AWAITED and self._waiters.get(obj):
                mark = Mark.LET_GO
            elif worker in joining and kind not in _NOT_AN_ACT:
                joining.discard(worker)
                mark = mark or Mark.GO_ON
            if kind in _OF_MACHINES:
                mark = self._of_machine(position, kind, worker, obj, mark)
            if kind == _WAIT and mark and worker >= 0 <= obj:
                wanted[worker] = obj
                self._waiters[obj] = self._waiters.get(obj, 0) + 1
            elif kind == _JOIN:
                joining.add(worker)
            if mark:
                self._add(position, mark)
        self._read = stop

    def _at_socket(self, kind: int, obj: int, index: int) -> int:
        """Follow which sockets are the ends of a connection; return how an event of one is marked, or 0."""
        columns = self._columns
        if kind == _CLOSE and columns.texts[columns.text[index]] == "reset":
            return Mark.FAILURE
        if kind in _AT_OTHER_END:
            return Mark.LET_GO if self._waiters.get(self._peers.get(obj, NONE)) else 0
        (value,) = columns.values(index, index + 1)
        if kind == _PEER:
            self._peers[obj], self._peers[value] = value, obj
            return 0
        return Mark.LET_GO if self._waiters.get(value) else 0

    def _of_machine(self, position: int, kind: int, worker: int, obj: int, mark: int) -> int:
        """Return the mark of an event of a kind that may be about computing, the GIL or the cores; 0 if it is dull."""
        if kind == _OBJECT:
            if self._columns.texts[self._columns.text[position - 1]] in _MACHINE:
                self._machine.add(obj)
        elif kind == _WORKED:
            left = self._columns.values(position - 1, position)[0] > 0
            (self._halfway.add if left else self._halfway.discard)(worker)
            return mark if left else Mark.DONE
        elif obj in self._machine and (kind == _RELEASE or worker in self._halfway):
            return 0
        return mark

    def _add(self, position: int, mark: int) -> None:
        """Add a mark, or join it with the one that its step has already."""
        step = self._columns.step[position - 1]
        if step == self._last_step:
            self._positions[-1] = position
            self._kinds[-1] = max(self._kinds[-1], mark)
        else:
            self._positions.append(position)
            self._kinds.append(mark)
            self._last_step = step
