"""ProcessPoolExecutor: what is submitted, which process takes it up, and processes that have nothing to do.

A future is said to run in the parent as soon as its call is on the way to the processes. Here it is told as taken by
the process that takes it: that is what a reader takes the word to mean.
"""

from __future__ import annotations

import concurrent.futures.process as module
import functools
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from ...trace.events import NONE, Kind
from ..kernel.running import current_kernel
from .futures import watch_callbacks
from .probe import Call, InProgress, Probe, labelled
from .text import call_text
from .work import pool_of, remember

_pool = labelled("ProcessPoolExecutor", lambda pool: int(pool._max_workers))
_process_worker: Callable[..., None] = module._process_worker


class CallQueue:
    """The queue of calls, as one process of the pool sees it."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue
        self._pool: Any = pool_of(queue._reader._end)

    def get(self, block: bool = True) -> Any:
        """Return the next call, or None when there will be no more, as `multiprocessing.Queue.get` does."""
        kernel = current_kernel()
        if kernel is None or kernel.current is None or kernel.closing or self._pool is None:
            return self._queue.get(block=block)
        objects = kernel.recorder.objects
        number = objects.number(self._pool)
        operations = kernel.current.acting.operations
        operations.append(InProgress("get", number))
        try:
            item = self._queue.get(block=block)
        finally:
            operations.pop()
        work = None if item is None else self._pool._pending_work_items.get(item.work_id)
        if work is not None:
            kernel.recorder.emit(Kind.TAKE, obj=objects.number(work.future), value=number)
        return item


@functools.wraps(_process_worker)
def process_worker(call_queue: Any, *arguments: Any) -> None:
    """The life of a process of the pool, with its queue of calls watched."""
    _process_worker(CallQueue(call_queue), *arguments)


def _text(call: Call) -> str:
    """Return the user's call; `map` hands calls over in chunks, of which the first and last are told."""
    function, *arguments = call.args
    if not isinstance(function, functools.partial) or function.func is not module._process_chunk:
        return call_text(call.kernel, function, tuple(arguments), call.kwargs)
    (chunk,), (function,) = arguments, function.args
    first, *_, last = (call_text(call.kernel, function, tuple(chunk[place]), {}) for place in (0, -1))
    return first if len(chunk) == 1 else f"{first} … {last}"


def _submitted(call: Call, future: Future[Any]) -> None:
    number = call.kernel.recorder.objects.declare(future, "Future", whole=call.number)
    remember(call.thing._call_queue._reader._end, call.thing)
    watch_callbacks(future)
    call.emit(Kind.SUBMIT, obj=number, value=call.number, text=_text(call))


def _shut_down(call: Call) -> None:
    if call.number != NONE:
        call.emit(Kind.SHUTDOWN)


PROBES: tuple[Probe, ...] = (
    Probe(ProcessPoolExecutor, "submit", "submit", _pool, _submitted, forced=True),
    Probe(ProcessPoolExecutor, "shutdown", "shutdown", _pool, before=_shut_down, forced=True),
)

WORKER = (module, "_process_worker", process_worker)
"""What a pool's processes run: where it is, its name, and what takes its place."""
