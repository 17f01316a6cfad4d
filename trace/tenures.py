"""Who had the GIL of each process, and each core, and when: for the lanes that show them.

A trace without these objects costs nothing here. Cores have no numbers in a trace, which counts them only; whoever
takes one gets the lowest that is free, so that nobody changes cores while computing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import Final

from .columns import KIND_NUMBERS, Columns
from .events import NONE, Kind
from .lanes import Moments

MOST_CORES: Final = 64
"""Cores that are told apart; further ones are not followed."""

_SUMMED: Final = 4096
"""Stretches between two sums of how long each holder had it."""

_ACQUIRE: Final = KIND_NUMBERS[Kind.ACQUIRE]
_RELEASE: Final = KIND_NUMBERS[Kind.RELEASE]
_GIL: Final = "GIL"
_CPU: Final = "CPU"


class Tenure:
    """One object's holders in order, as parallel sequences; a stretch lasts until the next one begins."""

    __slots__ = ("_sums", "core", "holder", "maker", "position", "step", "thing", "time", "users")

    def __init__(self, columns: Columns, thing: int, maker: int, core: int = NONE) -> None:
        self.thing = thing
        """Number of the object."""
        self.maker = maker
        """The worker that met it first, which is of the same process."""
        self.core = core
        """Which core it is, from 0; NONE for a GIL."""
        self.position = array("I")
        """The cursor from which on the holder has it."""
        self.holder = array("i")
        """The holder, or NONE while it is free."""
        self.time = Moments(columns.time, self.position)
        """Virtual nanoseconds when the stretch begins."""
        self.step = Moments(columns.step, self.position)
        """The step in which it begins."""
        self.users: list[int] = []
        """Everybody who ever had it, in the order of coming."""
        self._sums: list[dict[int, int]] = [{}]
        """For how long each had it, up to every so many stretches."""

    def __len__(self) -> int:
        return len(self.position)

    def at(self, position: int) -> int:
        """Return the index of the stretch that holds at the cursor, or NONE before the first one."""
        return bisect_right(self.position, position) - 1

    def held(self, position: int, time: int) -> dict[int, int]:
        """Return for how many nanoseconds each holder has had it up to a cursor, which is at that time.

        Costs at most the stretches between two of the sums that are kept on the way.
        """
        last = self.at(position)
        while len(self._sums) * _SUMMED <= last:
            start = (len(self._sums) - 1) * _SUMMED
            self._sums.append(self._added(start, start + _SUMMED, self.time[start + _SUMMED]))
        kept = max(last, 0) // _SUMMED
        return self._added(kept * _SUMMED, last + 1, time, kept)

    def _added(self, start: int, stop: int, end: int, kept: int = NONE) -> dict[int, int]:
        """Return the sum up to index `start` and what was held in the stretches from there to `stop`."""
        sums = dict(self._sums[kept])
        times = [*self.time[start:stop], end]
        for holder, begun, ended in zip(self.holder[start:stop], times, times[1:], strict=False):
            if holder != NONE:
                sums[holder] = sums.get(holder, 0) + ended - begun
        return sums

    def change(self, holder: int, position: int) -> None:
        """Note that somebody has it from a cursor on, or nobody."""
        self.position.append(position)
        self.holder.append(holder)


class Tenures:
    """The tenures of a trace. They grow with it; it is read on when they are asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._gils: dict[int, Tenure] = {}
        self._cores: dict[int, list[Tenure]] = {}
        self._seen: set[tuple[int, int]] = set()
        self._shared: set[int] = set()
        self._read = 0

    def declare(self, index: int) -> None:
        """Take in the event at `index`, which declares an object; what is no GIL and no cores is passed over."""
        columns = self._columns
        kind, thing, maker = columns.texts[columns.text[index]], columns.obj[index], columns.worker[index]
        if kind not in (_GIL, _CPU):
            return
        if not self._gils and not self._cores:
            self._read = index
        if kind == _GIL:
            self._gils.setdefault(thing, Tenure(columns, thing, maker))
        else:
            count = min(max(columns.values(index, index + 1)[0], 0), MOST_CORES)
            self._cores.setdefault(thing, [Tenure(columns, thing, maker, core) for core in range(count)])

    def __bool__(self) -> bool:
        """Whether there is a GIL or a core: only then does computing take time."""
        return bool(self._gils or self._cores)

    @property
    def gils(self) -> list[Tenure]:
        """The GIL of each process, in the order in which they came into play."""
        self._read_on()
        return list(self._gils.values())

    @property
    def shared(self) -> list[Tenure]:
        """The GILs that are worth showing: the only one, or those that several workers have had."""
        self._read_on()
        return self.gils if len(self._gils) == 1 else [self._gils[thing] for thing in sorted(self._shared)]

    @property
    def cores(self) -> list[Tenure]:
        """The cores, in order."""
        self._read_on()
        return [core for cores in self._cores.values() for core in cores]

    def _read_on(self) -> None:
        if not self._gils and not self._cores:
            return
        columns, start, stop = self._columns, self._read, len(self._columns)
        rows = zip(columns.kind[start:stop], columns.worker[start:stop], columns.obj[start:stop], strict=True)
        for position, (kind, worker, thing) in enumerate(rows, start + 1):
            if kind not in (_ACQUIRE, _RELEASE):
                continue
            if thing in self._gils:
                self._hold(self._gils[thing], worker if kind == _ACQUIRE else NONE, position)
            elif thing in self._cores:
                self._occupy(self._cores[thing], worker, position, taken=kind == _ACQUIRE)
        self._read = stop

    def _hold(self, tenure: Tenure, holder: int, position: int) -> None:
        if tenure.holder and tenure.holder[-1] == holder:
            return
        tenure.change(holder, position)
        if holder != NONE and (tenure.thing, holder) not in self._seen:
            self._seen.add((tenure.thing, holder))
            tenure.users.append(holder)
            if len(tenure.users) > 1:
                self._shared.add(tenure.thing)

    def _occupy(self, cores: list[Tenure], worker: int, position: int, *, taken: bool) -> None:
        """Put a worker on the lowest free core, or take it from the one it is on."""
        wanted = NONE if taken else worker
        for core in cores:
            if (core.holder[-1] if core.holder else NONE) == wanted:
                core.change(worker if taken else NONE, position)
                return
