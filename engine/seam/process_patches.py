"""Which names of `multiprocessing` lead to the simulator, and what each simulated process has of its own."""

from __future__ import annotations

import _multiprocessing  # type: ignore[import-not-found]
import concurrent.futures.process
import itertools
import multiprocessing.connection
import multiprocessing.context
import multiprocessing.pool
import multiprocessing.popen_fork
import multiprocessing.popen_forkserver
import multiprocessing.popen_spawn_posix
import multiprocessing.process
import multiprocessing.resource_sharer
import multiprocessing.synchronize
import multiprocessing.util
import traceback
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

from . import identity, pipes
from .processes import Passage, Popen, cleanup, print_exc
from .semaphores import SemLock

Patch = tuple[Any, str, Any]

_MainProcess: Any = type(multiprocessing.process.current_process())
"""`multiprocessing.process` deletes the name of this class."""


def names() -> Iterator[Patch]:
    """What `multiprocessing` is built on. Every start method is `spawn`, because a simulated process cannot fork."""
    spawn = multiprocessing.context._concrete_contexts["spawn"]  # type: ignore[attr-defined]
    yield multiprocessing.context, "_concrete_contexts", dict.fromkeys(("fork", "spawn", "forkserver"), spawn)
    default = multiprocessing.context._default_context
    yield default, "_default_context", spawn
    yield default, "_actual_context", None
    for module in (multiprocessing.popen_fork, multiprocessing.popen_spawn_posix, multiprocessing.popen_forkserver):
        yield module, "Popen", Popen
    yield _multiprocessing, "SemLock", SemLock
    yield multiprocessing.connection, "Connection", pipes.Connection
    yield multiprocessing.connection, "Pipe", pipes.pipe
    for module in (multiprocessing.connection, multiprocessing.pool):
        yield module, "wait", pipes.wait
    yield multiprocessing.resource_sharer, "DupFd", Passage
    yield traceback, "print_exc", print_exc
    yield multiprocessing.process, "_cleanup", cleanup
    yield multiprocessing.util, "_close_stdin", lambda: None


def state() -> Iterator[Patch]:
    """`multiprocessing`'s own books in a new process."""
    process, util = multiprocessing.process, multiprocessing.util
    yield process, "_current_process", _MainProcess()
    yield process, "_parent_process", None
    yield process, "_process_counter", itertools.count(1)
    yield process, "_children", set()
    yield process, "_dangling", WeakSet()
    registry: dict[Any, Any] = {}
    yield util, "_finalizer_registry", registry
    # This method took the registry and getpid as defaults, before anybody could put others in their place.
    yield util.Finalize.__call__, "__defaults__", (None, registry, util.sub_debug, identity.getpid)
    yield util, "_finalizer_counter", itertools.count()
    yield util, "_afterfork_registry", WeakValueDictionary()
    yield util, "_afterfork_counter", itertools.count()
    yield util, "_exiting", False
    yield concurrent.futures.process, "_threads_wakeups", WeakKeyDictionary()
    yield concurrent.futures.process, "_global_shutdown", False
