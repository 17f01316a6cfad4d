"""The hooks of asynchronous generators, for tasks. Those of `sys` belong to the operating system's thread.

An event loop sets them while it runs, to learn of every asynchronous generator that begins in its thread and to close
those that are given up. In a run the interpreter has hooks of ours, from the first such loop on, and they call those of
the current task.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

from ..kernel.running import current_kernel
from ..kernel.task import Task

Hook = Callable[[Any], None]

_real_set, _real_get = sys.set_asyncgen_hooks, sys.get_asyncgen_hooks
_finalizers: dict[int, Hook] = {}
"""What a loop wants done with a generator that is given up, by the generator's address while it lives."""


def _task() -> Task | None:
    kernel = current_kernel()
    return None if kernel is None else kernel.current


def set_asyncgen_hooks(firstiter: Hook | None = None, finalizer: Hook | None = None) -> None:
    """As `sys.set_asyncgen_hooks` the way event loops call it, for the current task."""
    task = _task()
    if task is None:
        _real_set(firstiter, finalizer)
        return
    task.asyncgen_hooks = (firstiter, finalizer)
    _real_set(_begins, _ends)


def get_asyncgen_hooks() -> tuple[Hook | None, Hook | None]:
    """As `sys.get_asyncgen_hooks`, of the current task."""
    task = _task()
    if task is not None:
        return task.asyncgen_hooks
    first, last = _real_get()
    return first, last


def _begins(generator: Any) -> None:
    task = _task()
    if task is None:
        return
    first, last = task.asyncgen_hooks
    if last is not None:
        _finalizers[id(generator)] = last
    if first is not None:
        first(generator)


def _ends(generator: Any) -> None:
    last = _finalizers.pop(id(generator), None)
    kernel = current_kernel()
    if kernel is None or kernel.closing:
        return
    if last is not None:
        last(generator)
        return
    with contextlib.suppress(StopIteration):  # no loop knows it: it is closed on the spot, as without any hooks
        generator.aclose().send(None)


@contextlib.contextmanager
def restored() -> Iterator[None]:
    """Put the interpreter's own hooks back after a run."""
    before = _real_get()
    try:
        yield
    finally:
        _real_set(*before)
        _finalizers.clear()
