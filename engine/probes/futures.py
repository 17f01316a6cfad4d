"""Future: its result, its callbacks, and who waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures._base import _AcquireFutures
from typing import Any

from ...trace.events import NONE, Kind
from ..kernel.running import current_kernel
from ..seam.threads import describe
from .probe import Call, Probe, looked
from .text import shown


def label_future(call: Call) -> int:
    """Number a future. One that a pool made was numbered by `submit`, as a part of the pool."""
    return call.kernel.recorder.objects.declare(call.thing, "Future", named=False)


def _name(callback: object) -> str:
    return str(getattr(callback, "__qualname__", None) or type(callback).__name__)


class Callbacks(list[Any]):
    """A future's callbacks. Whoever runs them takes them from here one by one, and so is seen doing it."""

    def __init__(self, future: Future[Any]) -> None:
        super().__init__()
        self._future = future

    def __iter__(self) -> Iterator[Any]:
        """Give each callback after telling who is about to run it."""
        for callback in super().__iter__():
            _tell_callback(self._future, callback)
            yield callback


def _tell_callback(future: Future[Any], callback: object) -> None:
    kernel = current_kernel()
    if getattr(callback, "__module__", None) == "asyncio.futures":
        return  # how asyncio learns of the end of what it has another thread do
    if kernel is not None and kernel.current is not None and not kernel.closing:
        number = kernel.recorder.objects.declare(future, "Future", named=False)
        kernel.recorder.emit(Kind.CALLBACK, obj=number, text=_name(callback))


def watch_callbacks(future: Future[Any]) -> None:
    """Have the future's callbacks told as they run."""
    future._done_callbacks = Callbacks(future)  # type: ignore[attr-defined]


def _adding(call: Call) -> None:
    # A callback that is added to a finished future runs at once, in the thread that adds it.
    future = call.thing
    if future._state in {"CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"}:
        _tell_callback(future, call.argument(0, "fn"))


def _received(call: Call, _result: object) -> None:
    call.emit(Kind.RESULT)


def _received_error(call: Call, error: BaseException) -> None:
    if call.thing._state == "FINISHED" and error is call.thing._exception:
        call.emit(Kind.RESULT)


def _resolving(call: Call) -> None:
    # Told before the method runs, because the method also runs the callbacks.
    call.emit(Kind.RESOLVE, text=shown(call.kernel, call.argument(0, "result")))


def _rejecting(call: Call) -> None:
    error = call.argument(0, "exception")
    call.emit(Kind.REJECT, text=describe(error) if isinstance(error, BaseException) else "")


def _cancelled(call: Call, result: bool) -> None:
    if result:
        call.emit(Kind.CANCEL)


def _together(_call: Call) -> int:
    # `wait` and `as_completed` look at many futures at once: their first step.
    return NONE


PROBES = (
    Probe(_AcquireFutures, "__enter__", "wait", _together, forced=True),
    Probe(Future, "result", "result", label_future, _received, _received_error, forced=True),
    Probe(Future, "exception", "result", label_future, _received, forced=True),
    Probe(Future, "add_done_callback", "add_done_callback", label_future, before=_adding),
    Probe(Future, "set_result", "set_result", label_future, before=_resolving, forced=True),
    Probe(Future, "set_exception", "set_exception", label_future, before=_rejecting, forced=True),
    Probe(Future, "cancel", "cancel", label_future, _cancelled),
    Probe(Future, "done", "done", label_future, looked("done")),
    Probe(Future, "running", "running", label_future, looked("running")),
    Probe(Future, "cancelled", "cancelled", label_future, looked("cancelled")),
)
