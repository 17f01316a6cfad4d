"""Hashes that do not depend on addresses, for objects that programs and the standard library keep in sets.

With real hashes the order of such a set is arbitrary. Here it is the order of first use for seed 0, and another one,
the same in every run, for any other seed.
"""

import itertools
from collections.abc import Callable
from typing import Any, Final

_KEY: Final = "_hash_in_simulated_run"
_MASK: Final = 2**64 - 1


def numbers(seed: int) -> Callable[[], int]:
    """Return what gives a new hash at each call."""
    serial = itertools.count(1).__next__
    if not seed:
        return serial
    return lambda: _scrambled(seed * 0x9E3779B97F4A7C15 + serial())


serial = itertools.count(1).__next__
"""Numbers what a library of its own sort keeps in sets; in a run, that run's own."""


def _scrambled(number: int) -> int:
    """Mix all bits of `number` into 61 (the finalizer of splitmix64, by Sebastiano Vigna)."""
    number = (number ^ (number & _MASK) >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _MASK
    return (number ^ number >> 31) >> 3


def stable_hash(number: Callable[[], int]) -> Callable[[Any], int]:
    """Return a `__hash__` that gives an object a number when it is first hashed, and keeps it in the object."""

    def hashed(thing: Any) -> int:
        attributes = thing.__dict__
        found = attributes.get(_KEY)
        if found is None:
            found = attributes[_KEY] = number()
        return int(found)

    return hashed
