"""What is changed in gevent's modules when a run imports them, module by module."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable, Collection, Iterator
from types import ModuleType
from typing import Any, Final

from greenlet import GreenletExit, getcurrent, greenlet

from ...trace.events import NONE, Kind
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from ..kernel.strand import Strand
from ..kernel.task import Task, ident_of
from ..probes.gevent import PROBES
from ..record.callers import is_users_call
from .durations import nanoseconds
from .gevent_greenlets import adapt_greenlet, adapt_switch, announce, first_turn, watched_kernel
from .gevent_loop import VirtualLoop
from .gevent_waits import Joining, Nap, worker_of

_IDENT: Final = "_ident_in_simulated_run"


def adapt(module: ModuleType, seed: int) -> None:
    """Adapt a module of gevent that has just been executed, before any other module takes names from it."""
    name = module.__name__
    if name == "gevent._config":
        module.config.loop = VirtualLoop
    elif name == "gevent._greenlet_primitives":
        adapt_switch(module)
    elif name == "gevent._hub_primitives":
        iterator = module._WaitIterator
        iterator.__next__ = iterator.next = _waiting(iterator.__next__, lambda self: self._objects)
        module.wait_on_objects = _waiting(module.wait_on_objects, lambda objects=None, *_, **__: objects or ())  # type: ignore[attr-defined]
    elif name == "gevent.hub":
        module.sleep = _sleeping(module.sleep, module.get_hub)  # type: ignore[attr-defined]
        module.idle = _giving_way(module.idle, module.get_hub)  # type: ignore[attr-defined]
        module.kill = _interrupting(module.kill)  # type: ignore[attr-defined]
        module.spawn_raw = _spawning(module.spawn_raw)  # type: ignore[attr-defined]
    elif name == "gevent.greenlet":
        adapt_greenlet(module, seed)
        module.joinall = _waiting(module.joinall, lambda greenlets, *_, **__: greenlets)  # type: ignore[attr-defined]
        module.killall = _interrupting(module.killall)  # type: ignore[attr-defined]
    elif name == "gevent.thread":
        module.get_ident = _get_ident(itertools.count(1))  # type: ignore[attr-defined]
    for probe in PROBES[name](module) if name in PROBES else ():
        setattr(probe.owner, probe.method, probe.wrap(getattr(probe.owner, probe.method)))


def _acting(kernel: Kernel) -> Task | Strand:
    assert kernel.current is not None
    return kernel.current.acting


@contextlib.contextmanager
def _inside(kernel: Kernel, operation: Any) -> Iterator[None]:
    """Have the current worker be inside of `operation`."""
    operations = _acting(kernel).operations
    operations.append(operation)
    try:
        yield
    finally:
        operations.pop()


def _sleeping(original: Callable[..., None], get_hub: Callable[[], Any]) -> Callable[..., None]:
    def sleep(seconds: float = 0, ref: bool = True) -> None:
        """As `gevent.sleep`: let others run, for so many virtual seconds."""
        kernel = watched_kernel()
        inside = kernel is not None and _acting(kernel).operations and not is_users_call(sys._getframe(1))
        if kernel is None or (inside and seconds > 0):
            original(seconds, ref)
            return
        if seconds <= 0:
            get_hub().loop.note_yield(_acting(kernel).id)
        with _inside(kernel, Nap(kernel.now + nanoseconds(seconds) if seconds > 0 else NONE)):
            original(seconds, ref)

    return sleep


def _giving_way(original: Callable[..., None], get_hub: Callable[[], Any]) -> Callable[..., None]:
    def idle(priority: int = 0) -> None:
        """As `gevent.idle`: let others run until nothing is due."""
        kernel = watched_kernel()
        if kernel is None:
            original(priority)
            return
        get_hub().loop.note_yield(_acting(kernel).id)
        with _inside(kernel, Nap(NONE)):
            original(priority)

    return idle


def _waiting(original: Callable[..., Any], members: Callable[..., Collection[Any]]) -> Callable[..., Any]:
    """Return `original` as one operation that waits for the end of greenlets, or for other things."""

    def wait(*args: Any, **kwargs: Any) -> Any:
        kernel = watched_kernel()
        if kernel is None or not is_users_call(sys._getframe(1)):
            return original(*args, **kwargs)
        timeout = kwargs.get("timeout", args[1] if len(args) > 1 else None)
        operation = Joining(members(*args, **kwargs), NONE if timeout is None else kernel.now + nanoseconds(timeout))
        kernel.point()
        try:
            with _inside(kernel, operation):
                return original(*args, **kwargs)
        finally:
            operation.tell(kernel)

    wait.__name__ = original.__name__
    return wait


def _interrupting(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return `kill` or `killall`, telling who is asked to stop."""

    def kill(greenlets: Any, *args: Any, **kwargs: Any) -> Any:
        kernel = watched_kernel()
        if kernel is None or not is_users_call(sys._getframe(1)):
            return original(greenlets, *args, **kwargs)
        members = [greenlets] if isinstance(greenlets, greenlet) else list(greenlets)
        kernel.point()
        for each in members:
            worker = worker_of(each)
            if worker is not None and not worker.done:
                kernel.recorder.emit(Kind.INTERRUPT, obj=worker.id)
        with _inside(kernel, Joining(members)):
            return original(greenlets if members == [greenlets] else members, *args, **kwargs)

    return kill


def _spawning(original: Callable[..., greenlet]) -> Callable[..., greenlet]:
    """Return `spawn_raw`, whose greenlets are workers if the user starts them."""

    def spawn_raw(function: Callable[..., Any], *args: Any, **kwargs: Any) -> greenlet:
        kernel = watched_kernel()
        if kernel is None or not callable(function) or not is_users_call(sys._getframe(1)):
            return original(function, *args, **kwargs)
        name = str(getattr(function, "__qualname__", None) or type(function).__name__)

        def life(*args: Any, **kwargs: Any) -> Any:
            with first_turn(kernel, strand, function, name), _told_end(kernel, strand):
                return function(*args, **kwargs)

        green = original(life, *args, **kwargs)
        strand = announce(kernel, green, name)
        return green

    return spawn_raw


@contextlib.contextmanager
def _told_end(kernel: Kernel, strand: Strand) -> Iterator[None]:
    error: BaseException | None = None
    try:
        yield
    except BaseException as raised:
        error = raised
        raise
    finally:
        strand.done = True
        if error is None or isinstance(error, GreenletExit):
            kernel.recorder.end(strand, cancelled=error is not None)


def _get_ident(serial: Iterator[int]) -> Callable[..., int]:
    def get_ident(thread: greenlet | None = None) -> int:
        """Return the identity of a greenlet, or of the current one: its worker's, the same in every run."""
        thread = thread or getcurrent()
        worker = worker_of(thread)
        kernel = current_kernel()
        if worker is not None:
            return ident_of(worker.id)
        for task in kernel.tasks if kernel is not None else ():
            if task.greenlet is thread:
                return task.ident
        if not hasattr(thread, _IDENT):
            setattr(thread, _IDENT, ident_of(-next(serial)))  # of no worker: a hub, or what runs a callback
        return int(getattr(thread, _IDENT))

    return get_ident
