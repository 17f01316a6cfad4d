"""States kept on the way through a trace, so that a seek folds only the events since the nearest one.

Records are packed in runs of a few dozen, and a run in which no record changed since the checkpoint before is shared
with it. So many finished workers or settled futures cost a checkpoint next to nothing, and busy workers some twenty
bytes each.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Final, TypeVar
from zlib import compress, decompress

import msgspec

from .state import State, Thing, Worker

SPACING: Final = 512
"""Fewest events between two checkpoints."""

_BYTES_PER_EVENT: Final = 10
"""How much memory checkpoints may take; where states are large, checkpoints are set farther apart."""

_QUICK: Final = 1
_RUN: Final = 64
_REFERENCE: Final = 8

_Record = TypeVar("_Record", Worker, Thing)
_encode = msgspec.msgpack.Encoder().encode
_decode_workers = msgspec.msgpack.Decoder(tuple[Worker, ...]).decode
_decode_things = msgspec.msgpack.Decoder(tuple[Thing, ...]).decode


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    rest: State
    """The state less its workers and objects."""
    workers: list[bytes]
    things: list[bytes]


class Checkpoints:
    """The checkpoints of one trace, in order of position; position 0 is always one."""

    def __init__(self) -> None:
        self._positions = [0]
        self._checkpoints = [_Checkpoint(State(), [], [])]
        self._latest = State()
        self._due = SPACING

    def __len__(self) -> int:
        return len(self._positions)

    def offer(self, state: State) -> None:
        """Keep `state` if it is far enough beyond the last checkpoint to be worth its memory."""
        if state.position < self._due:
            return
        last, latest = self._checkpoints[-1], self._latest
        workers, cost_of_workers = _pack(state.workers, latest.workers, last.workers)
        things, cost_of_things = _pack(state.things, latest.things, last.things)
        self._checkpoints.append(_Checkpoint(replace(state, workers=[], things=[]), workers, things))
        self._positions.append(state.position)
        self._latest = state.copy()
        self._due = state.position + max(SPACING, (cost_of_workers + cost_of_things) // _BYTES_PER_EVENT)

    def last(self) -> State:
        """Return the state of the last checkpoint, the caller's to fold on."""
        return self._latest.copy()

    def before(self, position: int) -> State:
        """Return the state of the last checkpoint at or before `position`, the caller's to fold on."""
        checkpoint = self._checkpoints[bisect_right(self._positions, position) - 1]
        workers = list(chain.from_iterable(map(_workers, checkpoint.workers)))
        things = list(chain.from_iterable(map(_things, checkpoint.things)))
        return replace(checkpoint.rest, workers=workers, things=things)


def _pack(now: Sequence[_Record], before: Sequence[_Record], packed: list[bytes]) -> tuple[list[bytes], int]:
    """Return the packed runs of records and how many bytes of memory they take beyond what is shared."""
    runs = []
    cost = 0
    for number, start in enumerate(range(0, len(now), _RUN)):
        run = now[start : start + _RUN]
        if run == before[start : start + _RUN]:
            runs.append(packed[number])
        else:
            runs.append(compress(_encode(run), _QUICK))
            cost += len(runs[-1])
        cost += _REFERENCE
    return runs, cost


@lru_cache(maxsize=256)
def _workers(packed: bytes) -> tuple[Worker, ...]:
    return _decode_workers(decompress(packed))


@lru_cache(maxsize=256)
def _things(packed: bytes) -> tuple[Thing, ...]:
    return _decode_things(decompress(packed))
