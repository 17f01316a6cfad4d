"""Probes: the public operations of the standard library, told as events. The same ones serve every engine."""

from .conditions import PROBES as _CONDITIONS
from .futures import PROBES as _FUTURES
from .pools import PROBES as _POOLS
from .probe import Probe
from .queues import PROBES as _QUEUES
from .signals import PROBES as _SIGNALS
from .threads import NAME
from .threads import PROBES as _THREADS

PROBES: tuple[Probe, ...] = (*_THREADS, *_SIGNALS, *_CONDITIONS, *_QUEUES, *_FUTURES, *_POOLS)
"""Every method that is watched while a run goes on."""

__all__ = ["NAME", "PROBES", "Probe"]
