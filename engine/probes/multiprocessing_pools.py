"""`multiprocessing.Pool` and `ThreadPool`: each task on its way, who takes it up, and workers with nothing to do.

A task is what one worker takes at a time: a call of `apply`, or a chunk of the calls of `map`. The trace tells it as a
future of the pool.
"""

from __future__ import annotations

import functools
import multiprocessing.pool as module
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from ...trace.events import NONE, Kind
from ..kernel.running import current_kernel
from ..seam.threads import describe
from .probe import Call, Probe
from .text import call_text, chunk_text, shown
from .work import WorkQueue, remember

_worker = module.worker  # type: ignore[attr-defined]
_generation = module.Pool._guarded_task_generation  # type: ignore[attr-defined]


class Task:
    """What stands for one task in the trace."""


_tasks: WeakKeyDictionary[Any, dict[tuple[int, int], Task]] = WeakKeyDictionary()
"""The tasks of each pool, by number of job and place in it."""


def _number(pool: Any, job: int, place: int) -> int:
    kernel = current_kernel()
    task = _task(pool, (job, place))
    return NONE if kernel is None or task is None else kernel.recorder.objects.number(task)


def _submit(pool: Any, job: int, place: int, text: str) -> None:
    kernel = current_kernel()
    if kernel is None or kernel.current is None or kernel.closing:
        return
    objects = kernel.recorder.objects
    task = _tasks.setdefault(pool, {}).setdefault((job, place), Task())
    number = objects.declare(task, "Future", whole=objects.number(pool))
    kernel.recorder.emit(Kind.SUBMIT, obj=number, value=objects.number(pool), text=text)


def _task(pool: Any, task: Any) -> Task | None:
    job, place, *_ = task
    return _tasks.get(pool, {}).get((job, place))


@functools.wraps(_worker)
def worker(inqueue: Any, *arguments: Any) -> None:
    """The life of a worker of the pool, with its queue of tasks watched."""
    _worker(WorkQueue(inqueue, _task), *arguments)


@functools.wraps(_generation)
def generation(pool: Any, job: int, function: Any, iterable: Iterable[Any]) -> Iterator[Any]:
    """Give the tasks of a `map`, each of which is told as it goes to the workers."""
    kernel = current_kernel()
    for task in _generation(pool, job, function, iterable):
        if kernel is not None:
            _submit(pool, job, task[1], _chunk(kernel, task[2], task[3]))
        yield task


def _chunk(kernel: Any, function: Any, arguments: tuple[Any, ...]) -> str:
    """Return a task of a `map` as the user's calls: the only one, or the first and the last."""
    if function not in (module.mapstar, module.starmapstar):  # type: ignore[attr-defined]
        return call_text(kernel, function, arguments, {})
    starred = function is module.starmapstar  # type: ignore[attr-defined]
    function, chunk = arguments[0]
    return chunk_text(kernel, function, [tuple(given) if starred else (given,) for given in chunk])


def _pool(call: Call) -> int:
    objects = call.kernel.recorder.objects
    number = objects.declare(call.thing, type(call.thing).__name__, capacity=int(call.thing._processes))
    objects.look_for_name(number, call.frame)
    return number


def _filling(call: Call) -> None:
    remember(call.thing._inqueue, call.thing)


def _applied(call: Call, result: Any) -> None:
    args, kwargs = call.argument(1, "args", ()), call.argument(2, "kwds", {})
    text = call_text(call.kernel, call.argument(0, "func"), tuple(args), dict(kwargs))
    _submit(call.thing, result._job, 0, text)


def _result(call: Call) -> int:
    pool = call.thing._pool
    return NONE if pool is None else _number(pool, call.thing._job, 0)


def _settling(call: Call) -> None:
    result, (place, (success, value)) = call.thing, call.args
    number = _number(result._pool, result._job, place)
    if not success:
        call.emit(Kind.REJECT, obj=number, text=describe(value))
        return
    call.emit(Kind.RESOLVE, obj=number, text=shown(call.kernel, value))
    callback = getattr(result, "_callback", None)
    if callback is not None and getattr(result, "_number_left", 1) == 1:
        call.emit(Kind.CALLBACK, obj=number, text=str(getattr(callback, "__qualname__", type(callback).__name__)))


def _received(call: Call, _result: object) -> None:
    if call.number != NONE:
        call.emit(Kind.RESULT)


def _shut_down(call: Call) -> None:
    call.emit(Kind.SHUTDOWN)


_Result: Any = module.ApplyResult

PROBES: tuple[Probe, ...] = (
    Probe(module.Pool, "_repopulate_pool", "start", _pool, before=_filling, forced=True, point=False),
    Probe(module.Pool, "apply_async", "submit", _pool, _applied, forced=True),
    Probe(module.Pool, "close", "close", _pool, before=_shut_down, forced=True),
    Probe(module.Pool, "terminate", "terminate", _pool, before=_shut_down, forced=True),
    Probe(_Result, "get", "result", _result, _received, forced=True),
    Probe(_Result, "wait", "result", _result),
    Probe(_Result, "_set", "set", _result, before=_settling, forced=True, point=False),
    Probe(module.MapResult, "_set", "set", _result, before=_settling, forced=True, point=False),
    Probe(module.IMapIterator, "_set", "set", _result, before=_settling, forced=True, point=False),
    Probe(module.IMapUnorderedIterator, "_set", "set", _result, before=_settling, forced=True, point=False),
)

ATTRIBUTES: tuple[tuple[Any, str, Any], ...] = (
    (module, "worker", worker),
    (module.Pool, "_guarded_task_generation", generation),
)
"""What a pool's workers run, and how the tasks of a `map` are made: where it is, its name, what takes its place."""
