"""Probes: the public operations of the standard library, told as events. The same ones serve every engine."""

import threading
from typing import Any

from .conditions import PROBES as _CONDITIONS
from .futures import PROBES as _FUTURES
from .multiprocessing_pools import ATTRIBUTES as _TASKS
from .multiprocessing_pools import PROBES as _MULTIPROCESSING_POOLS
from .pools import PROBES as _POOLS
from .probe import Probe
from .process_pools import PROBES as _PROCESS_POOLS
from .process_pools import WORKER as _POOL_WORKER
from .processes import PROBES as _PROCESSES
from .queues import PROBES as _QUEUES
from .signals import LOOKS as _BARRIER_LOOKS
from .signals import PROBES as _SIGNALS
from .threads import LOOKS as _THREAD_LOOKS
from .threads import NAME
from .threads import PROBES as _THREADS

PROBES: tuple[Probe, ...] = (
    *_THREADS,
    *_SIGNALS,
    *_CONDITIONS,
    *_QUEUES,
    *_FUTURES,
    *_POOLS,
    *_PROCESSES,
    *_PROCESS_POOLS,
    *_MULTIPROCESSING_POOLS,
)
"""Every method that is watched while a run goes on."""

ATTRIBUTES: tuple[tuple[Any, str, Any], ...] = (
    (threading.Thread, "name", NAME),
    _POOL_WORKER,
    *_TASKS,
    *((threading.Barrier, name, look) for name, look in _BARRIER_LOOKS.items()),
    *((threading, name, look) for name, look in _THREAD_LOOKS.items()),
)
"""Properties and functions that are watched: where they are, their names, and what takes their place."""

__all__ = ["ATTRIBUTES", "PROBES", "Probe"]
