"""Where in its run each lesson tells most: where it is pictured, and worth a look when something in it was changed."""

from typing import Final

from concurrency_tui.trace.store import Trace

MOMENTS: Final = {
    "all-together": 0.6,
    "asyncio-tasks": 0.6,
    "barrier": 0.5,
    "cpu-vs-io": 0.5,
    "daemon": 0.7,
    "daemon-surprise": 0.7,
    "deadlock": 1.0,
    "dining-philosophers": 1.0,
    "echo-server": 0.36,
    "five-models": 0.85,
    "gevent-echo-server": 0.5,
    "gevent-join": 0.6,
    "gil": 0.5,
    "join": 0.6,
    "livelock": 0.4,
    "lost-wakeup": 0.9,
    "mutex": 0.65,
    "pids": 0.7,
    "pool-callbacks": 0.6,
    "pools": 0.5,
    "producer-consumer": 0.5,
    "queues": 0.5,
    "readers-writers": 0.5,
    "rlock": 0.5,
    "semaphore-or-pool": 0.5,
    "semaphore-stalls": 0.5,
    "shared-data": 1.0,
    "start-speed": 0.45,
    "start-thread": 0.5,
    "starvation": 0.5,
    "switch-cost": 0.8,
    "thread-info": 0.5,
    "thread-local": 0.6,
    "traffic-light": 0.4,
}
"""As a part of its steps."""


def position(trace: Trace, part: float) -> int:
    """Return the cursor at the end of the step that is so far into the run."""
    return trace.end_of_step(round(trace.last_step * part))
