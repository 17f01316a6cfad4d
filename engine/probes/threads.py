"""Thread and Timer: start, join, names."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from typing import Any

from ...trace.events import NONE, Kind
from ..kernel.running import current_kernel
from ..kernel.task import number_of
from ..record.callers import is_users_call
from .probe import Call, Probe, labelled, looked


def _worker_of(thread: threading.Thread) -> int:
    """Return the number of the worker that `thread` is, or NONE before its start."""
    return NONE if thread.ident is None else number_of(thread.ident)


def _nothing(_call: Call) -> int:
    return NONE


def _joined(call: Call, _result: object) -> None:
    number = _worker_of(call.thing)
    if number != NONE and not call.task.began_wait and call.kernel.workers[number].done:
        call.emit(Kind.JOINED, obj=number)


_timer = labelled("Timer")

_name: property = vars(threading.Thread)["name"]


def _rename(thread: threading.Thread, name: str) -> None:
    assert _name.fset is not None
    _name.fset(thread, name)
    kernel = current_kernel()
    if kernel is not None and kernel.current is not None and thread.ident is not None:
        kernel.recorder.emit(Kind.RENAME, obj=_worker_of(thread), text=thread.name)


NAME = property(_name.fget, _rename)
"""`Thread.name`, telling when a running thread gets another one."""

PROBES = (
    Probe(threading.Thread, "start", "start", _nothing),
    Probe(threading.Thread, "join", "join", _nothing, _joined, forced=True),
    Probe(threading.Thread, "is_alive", "is_alive", _nothing, looked("is_alive")),
    Probe(threading.Timer, "run", "wait", _timer, point=False, forced=True),
    Probe(threading.Timer, "cancel", "cancel", _nothing),
)


def _counted(function: Callable[[], Any]) -> Callable[[], Any]:
    """Return a function that looks at all threads, as a schedule point."""

    @functools.wraps(function)
    def look() -> Any:
        kernel = current_kernel()
        if kernel is not None and kernel.current is not None and is_users_call(sys._getframe(1)):
            kernel.point()
        return function()

    return look


LOOKS = {name: _counted(getattr(threading, name)) for name in ("active_count", "enumerate")}
"""Functions of `threading` that tell which threads are alive."""
