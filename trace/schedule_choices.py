"""The choices of a schedule as bytes, in the shortest of a few forms: packed bits or runs, deflated or not."""

import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from ..locales.words import _
from .schedule_error import ScheduleError
from .variable_integers import Reader, unsigned

LIMIT: Final = 10_000_000
"""Most choices a code may hold, so that a small one cannot stand for more than memory holds."""

_NONE, _BITS, _RUNS, _BITS_DEFLATED, _RUNS_DEFLATED = range(5)
_WIDEST: Final = 31


def pack(choices: Sequence[int]) -> tuple[int, bytes]:
    """Return the number of the shortest form, and the choices in it."""
    if not choices:
        return _NONE, b""
    if min(choices) < 0 or max(choices) >= 2**_WIDEST or len(choices) > LIMIT:
        message = _("these choices are not a schedule: worker numbers go from 0, and there are at most ten million")
        raise ScheduleError(message)
    bits, runs = _to_bits(choices), _to_runs(choices)
    forms = {_BITS: bits, _RUNS: runs, _BITS_DEFLATED: _deflate(bits), _RUNS_DEFLATED: _deflate(runs)}
    return min(forms.items(), key=lambda form: (len(form[1]), form[0]))


def unpack(form: int, data: bytes) -> tuple[int, ...]:
    """Return the choices. Raises ScheduleError for bytes that hold none."""
    if form == _NONE and not data:
        return ()
    if form in (_BITS_DEFLATED, _RUNS_DEFLATED):
        data = _inflate(data)
    if form in (_BITS, _BITS_DEFLATED):
        return tuple(_from_bits(data))
    if form in (_RUNS, _RUNS_DEFLATED):
        return tuple(_from_runs(data))
    message = _("the schedule code holds its choices in a form that this version does not know")
    raise ScheduleError(message)


def _to_bits(choices: Sequence[int]) -> bytes:
    """Return the bits a choice takes, how many choices there are, and each in that many bits, the lowest first."""
    width = max(max(choices).bit_length(), 1)
    data = bytearray()
    held = count = 0
    for choice in choices:
        held |= choice << count
        count += width
        while count >= 8:  # noqa: PLR2004 - a byte is full
            data.append(held & 255)
            held >>= 8
            count -= 8
    if count:
        data.append(held)
    return unsigned(width) + unsigned(len(choices)) + bytes(data)


def _from_bits(data: bytes) -> Iterator[int]:
    reader = Reader(data)
    width, total = reader.unsigned(), reader.unsigned()
    packed = reader.rest()
    if not 1 <= width <= _WIDEST or total > LIMIT or len(packed) != (width * total + 7) // 8:
        message = _("the schedule code holds another number of choices than it announces")
        raise ScheduleError(message)
    held = count = given = 0
    for byte in packed:
        held |= byte << count
        count += 8
        while count >= width and given < total:
            yield held & (1 << width) - 1
            held >>= width
            count -= width
            given += 1


def _to_runs(choices: Sequence[int]) -> bytes:
    """Return each worker followed by how many times more it runs."""
    runs = [unsigned(worker) + unsigned(sum(1 for _ in run) - 1) for worker, run in groupby(choices)]
    return b"".join(runs)


def _from_runs(data: bytes) -> Iterator[int]:
    reader = Reader(data)
    left = LIMIT
    while reader:
        worker, run = reader.unsigned(), reader.unsigned() + 1
        left -= run
        if left < 0 or worker >= 2**_WIDEST:
            message = _("the schedule code holds more choices, or larger ones, than any schedule has")
            raise ScheduleError(message)
        yield from (worker for _ in range(run))


def _deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(level=9, wbits=-15)
    return compressor.compress(data) + compressor.flush()


def _inflate(data: bytes) -> bytes:
    decompressor = zlib.decompressobj(wbits=-15)
    try:
        inflated = decompressor.decompress(data, 5 * LIMIT)
    except zlib.error:
        inflated = b""
    if not decompressor.eof or decompressor.unused_data:
        message = _("the schedule code holds choices that cannot be unpacked")
        raise ScheduleError(message)
    return inflated
