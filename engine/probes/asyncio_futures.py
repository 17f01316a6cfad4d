"""asyncio's Future, where the program makes its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from ...trace.events import Kind
from ..seam.threads import describe
from .asyncio_probe import Step
from .probe import Call, labelled
from .text import shown

_future = labelled("Future")


def _resolved(call: Call, _result: object) -> None:
    call.emit(Kind.RESOLVE, text=shown(call.kernel, call.argument(0, "result")))


def _rejected(call: Call, _result: object) -> None:
    error = call.argument(0, "exception")
    call.emit(Kind.REJECT, text=describe(error) if isinstance(error, BaseException) else "")


def _cancelled(call: Call, result: bool) -> None:
    if result:
        call.emit(Kind.CANCEL)


def patches(modules: Mapping[str, ModuleType]) -> Iterator[tuple[Any, str, Any]]:
    """What to replace in asyncio. A task has a `cancel` of its own."""
    future = modules["asyncio.futures"].Future
    for probe in (
        Step(future, "set_result", _future, _resolved),
        Step(future, "set_exception", _future, _rejected),
        Step(future, "cancel", _future, _cancelled),
    ):
        yield probe.owner, probe.method, probe.wrap(getattr(probe.owner, probe.method))
