"""ThreadPoolExecutor: what is submitted, which worker takes it, and workers that have nothing to do."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import _ExecutorManagerThread
from typing import Any

from ...trace.events import Kind
from .futures import label_future, watch_callbacks
from .probe import Call, Probe, labelled
from .text import call_text
from .work import remember

_pool = labelled("ThreadPoolExecutor", lambda pool: int(pool._max_workers))


def _submitting(call: Call) -> None:
    remember(call.thing._work_queue, call.thing)


def _submitted(call: Call, future: Future[Any]) -> None:
    objects = call.kernel.recorder.objects
    number = objects.declare(future, "Future", whole=call.number)
    watch_callbacks(future)
    function, *args = call.args
    call.emit(
        Kind.SUBMIT, obj=number, value=call.number, text=call_text(call.kernel, function, tuple(args), call.kwargs)
    )


def _shut_down(call: Call) -> None:
    call.emit(Kind.SHUTDOWN)


def _taken(call: Call, running: bool) -> None:
    # A pool of processes says so of a call that it only sends on: `process_pools` tells who takes it.
    if running and not isinstance(threading.current_thread(), _ExecutorManagerThread):
        call.emit(Kind.TAKE, value=call.kernel.recorder.objects.whole(call.number))


PROBES: tuple[Probe, ...] = (
    Probe(ThreadPoolExecutor, "submit", "submit", _pool, _submitted, before=_submitting, forced=True),
    Probe(ThreadPoolExecutor, "shutdown", "shutdown", _pool, before=_shut_down, forced=True),
    Probe(Future, "set_running_or_notify_cancel", "take", label_future, _taken, forced=True),
)
