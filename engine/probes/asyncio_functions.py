"""What asyncio offers to wait with: sleeping, several futures at once, time-outs, work for other threads."""

from __future__ import annotations

import functools
import sys
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

from ...trace.events import NONE, Kind
from ..kernel.running import current_kernel
from .asyncio_probe import AWAITERS, Doing, doing
from .asyncio_turns import Patch
from .asyncio_waits import FIRST, STANDS_FOR, Rest, followed, moment


def _in_task() -> bool:
    """Tell whether a task of a run acts."""
    kernel = current_kernel()
    return kernel is not None and kernel.current is not None and kernel.current.strand is not None


def _sleep(tasks: ModuleType) -> Callable[..., Any]:
    original = tasks.sleep

    @functools.wraps(original)
    async def sleep(delay: float, result: Any = None) -> Any:
        if not _in_task() or not isinstance(delay, float | int) or not 0 < delay < float("inf"):
            return await original(delay, result)
        until = moment(tasks.events.get_running_loop().time() + delay)
        with doing(Doing("sleep", until=until)):
            value = await original(delay, result)
        kernel = current_kernel()
        assert kernel is not None
        kernel.recorder.emit(Kind.WAKE, frame=sys._getframe(1))
        return value

    return sleep


def _wait(tasks: ModuleType) -> Callable[..., Any]:
    """Stand in for what `asyncio.wait` calls when it has checked its arguments."""
    original = tasks._wait

    @functools.wraps(original)
    async def wait(fs: Collection[Any], patience: float | None, return_when: str, loop: Any) -> Any:
        if not _in_task():
            return await original(fs, patience, return_when, loop)
        deadline = NONE if patience is None else moment(loop.time() + patience)
        operation = Doing(FIRST, deadline=deadline)
        if return_when == tasks.ALL_COMPLETED:
            operation = Doing("wait", deadline=deadline, members=lambda: sorted(fs, key=_age))
        with doing(operation):
            return await original(fs, patience, return_when, loop)

    return wait


def _wait_for(tasks: ModuleType) -> Callable[..., Any]:
    """Stand in for `wait_for` before 3.12, which waits for a future of its own that a timer sets as well."""
    original = tasks.wait_for

    @functools.wraps(original)
    async def wait_for(fut: Awaitable[Any], timeout: float | None) -> Any:  # noqa: ASYNC109 - CPython's own signature
        if not _in_task() or timeout is None or timeout <= 0:
            return await original(fut, timeout)
        loop = tasks.events.get_running_loop()
        future = tasks.ensure_future(fut, loop=loop)
        with doing(Doing("wait_for", deadline=moment(loop.time() + timeout), members=lambda: [future])):
            return await original(future, timeout)

    return wait_for


def _as_completed(tasks: ModuleType) -> Callable[..., Any]:
    """Stand in for `as_completed`, which puts coroutines in a set before it makes them tasks.

    The order of that set is arbitrary. Here the tasks are made in the order in which the coroutines were given.
    """
    original = tasks.as_completed

    @functools.wraps(original)
    def as_completed(fs: Iterable[Any], *, timeout: float | None = None) -> Any:
        if not _in_task() or tasks.futures.isfuture(fs) or tasks.coroutines.iscoroutine(fs):
            return original(fs, timeout=timeout)
        loop = tasks.events.get_running_loop()
        unique = {id(each): each for each in fs}.values()
        return original([tasks.ensure_future(each, loop=loop) for each in unique], timeout=timeout)

    return as_completed


def _shield(tasks: ModuleType) -> Callable[..., Any]:
    original = tasks.shield

    @functools.wraps(original)
    def shield(arg: Awaitable[Any]) -> Any:
        if not _in_task():
            return original(arg)
        inner = tasks.ensure_future(arg)
        outer = original(inner)
        if outer is not inner:
            outer.__dict__[STANDS_FOR] = Rest(lambda: [inner])
        return outer

    return shield


def _gather(tasks: ModuleType) -> Callable[..., Any]:
    original = tasks.gather

    @functools.wraps(original)
    def gather(*coros_or_futures: Any, return_exceptions: bool = False) -> Any:
        outer = original(*coros_or_futures, return_exceptions=return_exceptions)
        children = getattr(outer, "_children", None)
        if children and _in_task():
            outer.__dict__[STANDS_FOR] = Rest(lambda: children)
        return outer

    return gather


def _wrap_future(futures: ModuleType) -> Callable[..., Any]:
    """Stand in for what ties a future of asyncio to one of a pool, or of another thread."""
    original = futures.wrap_future

    @functools.wraps(original)
    def wrap_future(future: Any, *, loop: Any = None) -> Any:
        outer = original(future, loop=loop)
        if outer is not future and current_kernel() is not None:
            outer.__dict__[STANDS_FOR] = future
        return outer

    return wrap_future


def _copying(original: Callable[..., Any]) -> Callable[..., Any]:
    """Stand in for what carries a result from one future to another: nobody receives it by that."""

    @functools.wraps(original)
    def copy(*args: Any) -> Any:
        if current_kernel() is None:
            return original(*args)
        with doing(Doing("copy")):
            return original(*args)

    return copy


def _leaving(original: Callable[..., Any]) -> Callable[..., Any]:
    """Stand in for the end of a task group, which waits for all its tasks."""

    @functools.wraps(original)
    async def leave(group: Any, kind: Any, error: Any, trace: Any) -> Any:
        if not _in_task():
            return await original(group, kind, error, trace)
        try:
            with doing(Doing("group", members=lambda: sorted(group._tasks, key=_age))):
                return await original(group, kind, error, trace)
        finally:
            del error, trace

    return leave


def _age(task: Any) -> int:
    known = followed(task)
    return NONE if known is None else known.strand.id


def _timing(tasks: ModuleType, original: Callable[..., Any]) -> Callable[..., Any]:
    """Stand in for the beginning of a time-out."""

    @functools.wraps(original)
    def enter(timeout: Any) -> Any:
        loop = tasks.events._get_running_loop() if _in_task() else None
        known = None if loop is None else followed(tasks.current_task(loop))
        if known is not None:
            known.timeouts = [each for each in known.timeouts if each._state.value in ("active", "expiring")]
            known.timeouts.append(timeout)
        return original(timeout)

    return enter


def patches(modules: Mapping[str, ModuleType]) -> Iterator[Patch]:
    """What to replace in asyncio, in every module that has it."""
    tasks, futures = modules["asyncio.tasks"], modules["asyncio.futures"]
    new = {
        tasks.sleep: _sleep(tasks),
        tasks._wait: _wait(tasks),
        tasks.as_completed: _as_completed(tasks),
        tasks.gather: _gather(tasks),
        tasks.shield: _shield(tasks),
        futures.wrap_future: _wrap_future(futures),
        futures._copy_future_state: _copying(futures._copy_future_state),
    }
    if sys.version_info < (3, 12):
        new[tasks.wait_for] = _wait_for(tasks)
    AWAITERS.add(tasks.wait_for)
    for module in modules.values():
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and value in new:
                yield module, name, new[value]
    group, timeout = modules["asyncio.taskgroups"].TaskGroup, modules["asyncio.timeouts"].Timeout
    yield group, "__aexit__", _leaving(group.__aexit__)
    yield timeout, "__aenter__", _timing(tasks, timeout.__aenter__)
