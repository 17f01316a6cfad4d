"""Schedules as short printable codes: who ran when, in a line that can be read out, typed and pasted anywhere.

A code is "ct", the format's version, and groups of four of Douglas Crockford's base 32 digits, such as
"ct1-007F-3VR". The digits hold one byte for strategy, grain and form of the choices, the seed, the choices in
whichever form is shortest, and a CRC-16, which finds any one wrong or two swapped digits. Reading is lenient about
case, about O for 0 and I or L for 1, and about where the hyphens and spaces are.
"""

import re
from base64 import b32decode, b32encode
from binascii import crc_hqx
from dataclasses import dataclass
from typing import Final

from ..locales.words import _
from . import schedule_choices as choices_form
from .header import Header
from .schedule_error import ScheduleError
from .variable_integers import Reader, signed, unsigned

__all__ = ["Schedule", "ScheduleError", "decode", "encode"]

VERSION: Final = 1

_STRATEGIES: Final = ("random", "round-robin", "fifo")
_NAMED: Final = 7
"""Stands for a strategy that is not in the table; its name follows."""

_GRAINS: Final = ("sync", "line", "bytecode")
_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD: Final = str.maketrans(_STANDARD, _DIGITS)
_FROM_CROCKFORD: Final = str.maketrans(_DIGITS, _STANDARD)
_ALIASES: Final = str.maketrans("OIL", "011", "- \t\r\n")
_CODE: Final = re.compile(r"\s*ct([0-9]{1,9})[-\s]\s*(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_CHECK: Final = 2


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who runs when: workers chosen by hand for the first steps, then whomever the strategy picks."""

    strategy: str = "random"
    seed: int = 0
    choices: tuple[int, ...] = ()
    grain: str = "sync"

    @classmethod
    def of(cls, header: Header) -> "Schedule":
        """Return the schedule that a trace's header tells."""
        return cls(header.strategy, header.seed, header.choices, header.grain)


def encode(schedule: Schedule) -> str:
    """Return the code of a schedule. Raises ScheduleError for one that is none: a negative worker, an unknown grain."""
    if schedule.grain not in _GRAINS:
        message = _("there is no grain {grain!r}", grain=schedule.grain)
        raise ScheduleError(message)
    form, packed = choices_form.pack(schedule.choices)
    known = schedule.strategy in _STRATEGIES
    strategy = _STRATEGIES.index(schedule.strategy) if known else _NAMED
    data = bytes([strategy << 5 | _GRAINS.index(schedule.grain) << 3 | form]) + signed(schedule.seed)
    if not known:
        name = schedule.strategy.encode("utf-8", "backslashreplace")
        data += unsigned(len(name)) + name
    data += packed
    digits = _digits(data + _check(data))
    groups = [digits[start : start + 4] for start in range(0, len(digits), 4)]
    return "-".join([f"ct{VERSION}", *groups])


def decode(code: str) -> Schedule:
    """Return the schedule of a code. Raises ScheduleError, whose text is one line that says what is wrong."""
    matched = _CODE.fullmatch(code)
    if matched is None:
        message = _("a schedule code begins with ct1- and goes on like ct1-007F-3VR; this one does not")
        raise ScheduleError(message)
    version = int(matched[1])
    if version != VERSION:
        made_by = _("a newer version") if version > VERSION else _("no version")
        message = _(
            "this schedule code was made by {made_by} of this program (its format is {version}, this one reads 1)",
            made_by=made_by,
            version=version,
        )
        raise ScheduleError(message)
    data = _bytes(matched[2].upper().translate(_ALIASES))
    content, check = data[:-_CHECK], data[-_CHECK:]
    if len(data) <= _CHECK or check != _check(content):
        message = _("the schedule code is cut off or has a wrong character: its check digits do not fit")
        raise ScheduleError(message)
    return _parse(content)


def _parse(content: bytes) -> Schedule:
    first = content[0]
    reader = Reader(content, 1)
    strategy, grain = first >> 5, first >> 3 & 3
    seed = reader.signed()
    if strategy == _NAMED:
        name = reader.take(reader.unsigned()).decode("utf-8", "replace")
    elif strategy < len(_STRATEGIES):
        name = _STRATEGIES[strategy]
    else:
        name = ""
    if not name or grain >= len(_GRAINS):
        message = _("the schedule code asks for a strategy or grain that this version does not know")
        raise ScheduleError(message)
    return Schedule(name, seed, choices_form.unpack(first & 7, reader.rest()), _GRAINS[grain])


def _check(content: bytes) -> bytes:
    return crc_hqx(content, VERSION).to_bytes(_CHECK, "big")


def _digits(data: bytes) -> str:
    return b32encode(data).decode("ascii").rstrip("=").translate(_TO_CROCKFORD)


def _bytes(digits: str) -> bytes:
    """Return what digits stand for. No bytes have a length of digits that a multiple of 8 exceeds by 1, 3 or 6."""
    wrong = next((digit for digit in digits if digit not in _DIGITS), "")
    if wrong:
        message = _("{wrong!r} cannot occur in a schedule code", wrong=wrong)
        raise ScheduleError(message)
    if len(digits) % 8 in (1, 3, 6):
        message = _("the schedule code is cut off, or a character is missing or too many")
        raise ScheduleError(message)
    data = b32decode(digits.translate(_FROM_CROCKFORD) + "=" * (-len(digits) % 8))
    if _digits(data) != digits:
        message = _("the schedule code has a wrong last character")
        raise ScheduleError(message)
    return data
