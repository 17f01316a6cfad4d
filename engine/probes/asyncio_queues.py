"""asyncio's Queue, LifoQueue and PriorityQueue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from ...trace.events import Kind
from .asyncio_probe import Await, Step
from .items import got, place
from .probe import Call, labelled, looked, tells
from .text import shown


def _queue(call: Call) -> int:
    return labelled(type(call.thing).__name__, lambda queue: int(queue.maxsize))(call)


def _put(call: Call, _result: object) -> None:
    item = call.argument(0, "item")
    call.emit(Kind.PUT, value=place(type(call.thing).__name__, call.thing._queue, item), text=shown(call.kernel, item))


def _refused(verb: str) -> Callable[[Call, BaseException], None]:
    def failed(call: Call, error: BaseException) -> None:
        if type(error).__name__ in ("QueueFull", "QueueEmpty"):
            call.emit(Kind.REFUSE, text=verb)

    return failed


def _done(call: Call, _result: object) -> None:
    call.emit(Kind.DONE, value=call.thing._unfinished_tasks)


def patches(modules: Mapping[str, ModuleType]) -> Iterator[tuple[Any, str, Any]]:
    """What to replace in asyncio."""
    queue = modules["asyncio.queues"].Queue
    for probe in (
        Await(queue, "put", "put", _queue, _put),
        Await(queue, "get", "get", _queue, got),
        Step(queue, "put_nowait", _queue, _put, _refused("put")),
        Step(queue, "get_nowait", _queue, got, _refused("get")),
        Step(queue, "qsize", _queue, looked("qsize")),
        Step(queue, "empty", _queue, looked("empty")),
        Step(queue, "full", _queue, looked("full")),
        Step(queue, "task_done", _queue, _done),
        Await(queue, "join", "join", _queue, tells(Kind.PASS)),
    ):
        yield probe.owner, probe.method, probe.wrap(getattr(probe.owner, probe.method))
