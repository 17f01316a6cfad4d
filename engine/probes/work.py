"""Which pool a queue of work belongs to, and that queue as one of the pool's workers sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from ...trace.events import Kind
from ..kernel.running import current_kernel
from .probe import InProgress

_pools: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def _key(queue: Any) -> Any:
    """Return what both ends of a queue have in common: threads share the queue, processes share the pipe."""
    return getattr(getattr(queue, "_reader", None), "_end", queue)


def remember(queue: object, pool: object) -> None:
    """`queue` holds the work of `pool`."""
    _pools[_key(queue)] = pool


def pool_of(queue: object) -> Any | None:
    """Return the pool whose work `queue` holds, or None for a queue of the program's own."""
    return _pools.get(_key(queue))


class WorkQueue:
    """A queue of work from which a worker takes: it waits at the pool, and tells what it takes up.

    `future_of` returns what stands for a piece of work in the trace, given the pool and the piece, or None.
    """

    def __init__(self, queue: Any, future_of: Callable[[Any, Any], object | None]) -> None:
        self._queue = queue
        self._pool = pool_of(queue)
        self._future_of = future_of

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Return the next piece of work, or None when there will be no more, as the queue itself does."""
        kernel = current_kernel()
        if kernel is None or kernel.current is None or kernel.closing or self._pool is None:
            return self._queue.get(*args, **kwargs)
        objects = kernel.recorder.objects
        number = objects.number(self._pool)
        operations = kernel.current.acting.operations
        operations.append(InProgress("get", number))
        try:
            work = self._queue.get(*args, **kwargs)
        finally:
            operations.pop()
        future = None if work is None else self._future_of(self._pool, work)
        if future is not None:
            kernel.recorder.emit(Kind.TAKE, obj=objects.number(future), value=number)
        return work
