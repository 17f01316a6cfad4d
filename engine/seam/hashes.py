"""Hashes that do not depend on addresses, for objects that the standard library keeps in sets."""

import itertools
from typing import Any

_serial = itertools.count(1).__next__
_KEY = "_serial_of_simulated_run"


def stable_hash(thing: Any) -> int:
    """Return a number given in the order in which objects are first hashed, and kept by the object."""
    attributes = thing.__dict__
    number = attributes.get(_KEY)
    if number is None:
        number = attributes[_KEY] = _serial()
    return int(number)
