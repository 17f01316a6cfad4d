"""Which pool a queue of work belongs to."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

_pools: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def remember(queue: object, pool: object) -> None:
    """`queue` holds the work of `pool`."""
    _pools[queue] = pool


def pool_of(queue: object) -> Any | None:
    """Return the pool whose work `queue` holds, or None for a queue of the program's own."""
    return _pools.get(queue)
