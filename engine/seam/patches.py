"""Putting the seam under the standard library for the time of a run, and taking it away again."""

from __future__ import annotations

import _queue
import _thread
import atexit
import concurrent.futures.thread as pool_module
import contextlib
import functools
import itertools
import logging
import os
import queue
import random
import reprlib
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from multiprocessing.process import BaseProcess
from types import FunctionType
from typing import Any, Final
from weakref import WeakKeyDictionary, WeakSet

from .. import probes
from ..record.tracebacks import WALKS
from . import (
    asyncgens,
    asyncio_module,
    asyncio_patches,
    clocks,
    hashes,
    identity,
    lock_base,
    machine,
    process_patches,
    randomness,
    socket_patches,
    thread_handles,
    threads,
)
from .builtins import stand_in
from .exits import Exits
from .locks import Lock, RLock, allocate_lock
from .simple_queue import SimpleQueue
from .thread_local import local

_ABSENT: Final = object()
_HASHED: Final = (
    threading.Thread,
    threading.Condition,
    threading.Event,
    threading.Semaphore,
    threading.Barrier,
    queue.Queue,
    Future,
    Executor,
    BaseProcess,
)

_ATEXITS: Final = tuple(threading._threading_atexits)  # type: ignore[attr-defined]
"""What the library itself does before an interpreter waits for its threads: the pools' farewells."""

Patch = tuple[Any, str, Any]


def _clocks() -> Iterator[Patch]:
    for name in ("sleep", "time", "time_ns", "monotonic", "monotonic_ns"):
        yield time, name, getattr(clocks, name)
    for name in ("process_time", "process_time_ns", "thread_time", "thread_time_ns"):
        yield time, name, getattr(clocks, name)
    yield time, "perf_counter", clocks.monotonic
    yield time, "perf_counter_ns", clocks.monotonic_ns
    for name in ("gmtime", "localtime", "ctime", "asctime", "strftime"):
        yield time, name, getattr(clocks, name)
    yield threading, "_time", clocks.monotonic
    yield queue, "time", clocks.monotonic


def _primitives() -> Iterator[Patch]:
    for name in ("allocate_lock", "allocate"):
        yield _thread, name, allocate_lock
    yield _thread, "LockType", Lock
    yield _thread, "RLock", RLock
    for name in ("start_new_thread", "start_new"):
        yield _thread, name, threads.start_new_thread
    for module in (_thread, threading):
        yield module, "get_ident", threads.get_ident
        yield module, "get_native_id", threads.get_native_id
        yield module, "_local" if module is _thread else "local", local
    yield _thread, "_count", threads.thread_count
    yield _thread, "interrupt_main", threads.interrupt_main
    yield threading, "Lock", Lock if sys.version_info >= (3, 13) else allocate_lock
    yield threading, "_allocate_lock", allocate_lock
    yield threading, "_CRLock", RLock
    yield queue, "SimpleQueue", SimpleQueue
    yield _queue, "SimpleQueue", SimpleQueue
    # Modules that took the names before the run, and so would not see ours.
    yield functools, "RLock", RLock
    yield reprlib, "get_ident", threads.get_ident


def _thread_starts() -> Iterator[Patch]:
    """What `Thread` is built on; 3.13 moved it."""
    if sys.version_info >= (3, 13):
        yield _thread, "start_joinable_thread", thread_handles.start_joinable_thread
        yield threading, "_start_joinable_thread", thread_handles.start_joinable_thread
        yield _thread, "_ThreadHandle", thread_handles.ThreadHandle
        yield threading, "_ThreadHandle", thread_handles.ThreadHandle
        yield threading, "_make_thread_handle", thread_handles.make_thread_handle
        yield threading, "_get_main_thread_ident", thread_handles.get_main_thread_ident
        yield threading, "_thread_shutdown", thread_handles.thread_shutdown
        yield threading, "_LockType", Lock
        yield _thread, "lock", Lock
    else:
        yield _thread, "_set_sentinel", threads.set_sentinel
        yield threading, "_set_sentinel", threads.set_sentinel
        yield threading, "_start_new_thread", threads.start_new_thread


def _module_state() -> Iterator[Patch]:
    """The library's own books on threads, fresh for each run."""
    yield threading, "_active_limbo_lock", RLock()
    yield threading, "_active", {}
    yield threading, "_limbo", {}
    yield threading, "_dangling", WeakSet()
    yield threading, "_counter", itertools.count(1).__next__
    yield threading, "_SHUTTING_DOWN", False
    yield threading, "_threading_atexits", list(_ATEXITS)
    yield threading, "_main_thread", None
    if sys.version_info < (3, 13):
        yield threading, "_shutdown_locks_lock", Lock()
        yield threading, "_shutdown_locks", set()
        # CPython sweeps this set at each start of a thread, which is quadratic in the number of threads.
        # The sweep only saves memory: a swept lock is one that nobody would wait for.
        yield threading, "_maintain_shutdown_locks", lambda: None
    else:
        yield threading, "_thread_local_info", local()
    for name, walk in WALKS.items():
        yield traceback, name, walk
    yield logging, "_lock", RLock()
    yield logging.lastResort, "lock", RLock()
    yield pool_module, "_threads_queues", WeakKeyDictionary()
    yield pool_module, "_shutdown", False
    yield pool_module, "_global_shutdown_lock", Lock()
    yield pool_module.ThreadPoolExecutor, "_counter", itertools.count().__next__


def _hashes(seed: int) -> Iterator[Patch]:
    number = hashes.numbers(seed)
    yield lock_base, "serial", number
    yield hashes, "serial", hashes.numbers(seed)
    hashed = hashes.stable_hash(number)
    for kind in _HASHED:
        yield kind, "__hash__", hashed


def _surroundings(seed: int) -> Iterator[Patch]:
    source = randomness.bytes_from(seed)
    yield os, "urandom", source
    yield random, "_urandom", source
    seeding = randomness.seeding(source)
    yield random.Random, "seed", seeding
    yield random, "seed", functools.partial(seeding, random._inst)
    yield os, "getpid", identity.getpid
    yield os, "getppid", identity.getppid
    yield os, "kill", identity.kill
    yield sys, "setswitchinterval", machine.setswitchinterval
    yield sys, "getswitchinterval", machine.getswitchinterval
    for name in ("cpu_count", "process_cpu_count"):
        if hasattr(os, name):
            yield os, name, machine.cpu_count
    if hasattr(os, "sched_getaffinity"):
        yield os, "sched_getaffinity", machine.sched_getaffinity


@functools.cache
def _wrapped(probe: probes.Probe, original: Callable[..., Any]) -> Callable[..., Any]:
    return probe.wrap(original)


def _probes() -> Iterator[Patch]:
    for probe in probes.PROBES:
        yield probe.owner, probe.method, _wrapped(probe, getattr(probe.owner, probe.method))
    yield from probes.ATTRIBUTES


def _present(owner: Any, name: str) -> Any:
    """Return what `owner` itself has under that name, inherited values apart."""
    direct = isinstance(owner, FunctionType) or name == "__bases__"
    return getattr(owner, name) if direct else vars(owner).get(name, _ABSENT)


def process_state() -> Iterator[Patch]:
    """Every variable that a simulated process has for itself, with its value in a new one."""
    exits = Exits()
    yield atexit, "register", exits.register
    yield atexit, "unregister", exits.unregister
    yield atexit, "_clear", exits.clear
    yield atexit, "_ncallbacks", exits.count
    yield atexit, "_run_exitfuncs", exits.run
    yield from _module_state()
    yield from process_patches.state()
    yield from asyncio_patches.state()


@contextlib.contextmanager
def installed(seed: int = 0) -> Iterator[None]:
    """Have every name of the seam lead to the simulator, and put each back as it was at the end."""
    sources: tuple[Callable[[], Iterator[Patch]], ...] = (
        _clocks,
        _primitives,
        _thread_starts,
        process_patches.names,
        socket_patches.names,
        process_state,
        _probes,
    )
    patches = [patch for source in sources for patch in source()]
    patches.extend((*_hashes(seed), *_surroundings(seed)))
    state = random.getstate()
    random.seed(seed)
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(_replaced(patches))
            stack.enter_context(asyncgens.restored())
            stack.enter_context(
                asyncio_module.in_place(lambda: stack.enter_context(_replaced(asyncio_patches.patches())))
            )
            yield
    finally:
        random.setstate(state)


@contextlib.contextmanager
def _replaced(patches: Iterable[Patch]) -> Iterator[None]:
    """Put each value in its place, and what was there before back at the end."""
    patches = list(patches)
    saved = [(owner, name, _present(owner, name)) for owner, name, _ in patches]
    for (owner, name, value), (_, _, original) in zip(patches, saved, strict=True):
        setattr(owner, name, stand_in(owner, original, value))
    try:
        yield
    finally:
        for owner, name, value in saved:
            if value is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
