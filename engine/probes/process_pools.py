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
from .futures import watch_callbacks
from .probe import Call, Probe, labelled
from .text import call_text, chunk_text
from .work import WorkQueue, remember

_pool = labelled("ProcessPoolExecutor", lambda pool: int(pool._max_workers))
_process_worker: Callable[..., None] = module._process_worker


def _future(pool: ProcessPoolExecutor, call: Any) -> Future[Any] | None:
    work = pool._pending_work_items.get(call.work_id)
    return None if work is None else work.future


@functools.wraps(_process_worker)
def process_worker(call_queue: Any, *arguments: Any) -> None:
    """The life of a process of the pool, with its queue of calls watched."""
    _process_worker(WorkQueue(call_queue, _future), *arguments)


def _text(call: Call) -> str:
    """Return the user's call; `map` hands calls over in chunks, of which the first and last are told."""
    function, *arguments = call.args
    if not isinstance(function, functools.partial) or function.func is not module._process_chunk:
        return call_text(call.kernel, function, tuple(arguments), call.kwargs)
    (chunk,), (function,) = arguments, function.args
    return chunk_text(call.kernel, function, chunk)


def _submitted(call: Call, future: Future[Any]) -> None:
    number = call.kernel.recorder.objects.declare(future, "Future", whole=call.number)
    remember(call.thing._call_queue, call.thing)
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
