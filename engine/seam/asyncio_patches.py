"""What is replaced in asyncio for the time of a run, and what it keeps in its modules."""

from __future__ import annotations

import functools
import itertools
import sys
import weakref
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, NoReturn
from weakref import WeakSet

from ..kernel.running import current_kernel
from ..probes import asyncio_functions, asyncio_futures, asyncio_locks, asyncio_queues, asyncio_streams, asyncio_turns
from ..record.tracebacks import hide
from . import asyncgens, asyncio_loop, hashes, lock_base
from .asyncio_module import imported
from .locks import Lock
from .thread_local import local

Patch = tuple[Any, str, Any]

_PROBES = (asyncio_turns, asyncio_functions, asyncio_locks, asyncio_queues, asyncio_futures, asyncio_streams)


def state() -> Iterator[Patch]:
    """The books of asyncio in a new process. None as long as no program has imported it."""
    modules = imported()
    if not modules:
        return
    tasks, events = modules["asyncio.tasks"], modules["asyncio.events"]
    yield tasks, "_task_name_counter", itertools.count(1).__next__
    yield tasks, "_current_tasks", {}
    for name in ("_all_tasks", "_scheduled_tasks"):
        if hasattr(tasks, name):
            yield tasks, name, WeakSet()
    if sys.version_info >= (3, 12):
        yield tasks, "_eager_tasks", set()
    running = type("_RunningLoop", (local,), {"loop_pid": (None, None)})
    yield events, "_running_loop", running()
    yield events, "_event_loop_policy", None
    with lock_base.uncounted():
        locks = Lock(), Lock()
    yield events, "_lock", locks[0]
    yield modules["asyncio.mixins"], "_global_lock", locks[1]


class _Ordered(dict[Any, None]):
    """What `WeakSet` needs of a set, in the order of entering."""

    def add(self, item: Any) -> None:
        """Enter an item."""
        self.setdefault(item)

    def discard(self, item: Any) -> None:
        """Take an item out."""
        self.pop(item, None)


class OrderedWeakSet(WeakSet[Any]):
    """A `WeakSet` in the order of entering: asynchronous generators hash by their address."""

    def __init__(self) -> None:
        super().__init__()
        self.data: Any = _Ordered()


def _silence(modules: Mapping[str, ModuleType]) -> None:
    """Let tasks and futures that a run leaves behind go without a word, when it is over."""
    for kind in (modules["asyncio.futures"].Future, modules["asyncio.tasks"].Task):
        kind.__del__ = _unless_over(kind.__del__)


def _unless_over(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def finalize(thing: Any) -> None:
        kernel = current_kernel()
        if kernel is not None and not kernel.closing:
            original(thing)

    return finalize


def _refuse(*_args: object, **_kwargs: object) -> NoReturn:
    message = "asyncio's subprocesses are not part of a simulated run"
    raise NotImplementedError(message)


async def _refuse_subprocess(*_args: object, **_kwargs: object) -> NoReturn:
    _refuse()


def _names(modules: Mapping[str, ModuleType]) -> Iterator[Patch]:
    loop = modules["asyncio.base_events"].BaseEventLoop
    for name in ("subprocess_exec", "subprocess_shell"):
        yield loop, name, _refuse_subprocess
    yield sys, "set_asyncgen_hooks", asyncgens.set_asyncgen_hooks
    yield sys, "get_asyncgen_hooks", asyncgens.get_asyncgen_hooks
    yield loop, "_run_once", asyncio_loop.run_once(loop._run_once)
    for kind in (modules["asyncio.futures"].Future, modules["asyncio.tasks"].Task):
        for method in vars(kind).values():
            if isinstance(method, FunctionType):
                hide(method.__code__)
    seen = SimpleNamespace(**{**vars(weakref), "WeakSet": OrderedWeakSet})
    yield modules["asyncio.base_events"], "weakref", seen
    hashed = hashes.stable_hash(lambda: hashes.serial())  # noqa: PLW0108 - another function in each run
    for module, names in (
        ("asyncio.futures", ("Future",)),
        ("asyncio.locks", ("Lock", "Event", "Condition", "Semaphore", "Barrier")),
        ("asyncio.queues", ("Queue",)),
        ("asyncio.base_events", ("BaseEventLoop",)),
    ):
        for name in names:
            yield getattr(modules[module], name), "__hash__", hashed


@functools.cache
def patches() -> tuple[Patch, ...]:
    """Every name of asyncio that leads to the simulator, once it has been imported."""
    modules = imported()

    _silence(modules)
    found = [*_names(modules)]
    for probes in _PROBES:
        found += probes.patches(modules)
    return tuple(found)
