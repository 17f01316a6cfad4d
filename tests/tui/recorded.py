"""Lessons as the real engine runs them, recorded once: a run is the same every time, so a picture of it is too."""

from functools import lru_cache
from select import select

import msgspec
from concurrency_tui.engine.client import Child
from concurrency_tui.engine.request import Request
from concurrency_tui.trace.store import Trace


def recorded(request: Request) -> Trace:
    """Return the trace of a run."""
    return _recorded(msgspec.json.encode(request))


@lru_cache(maxsize=32)
def _recorded(encoded: bytes) -> Trace:
    request = msgspec.json.decode(encoded, type=Request)
    trace = Trace(request.header())
    with Child(request) as child:
        while (events := child.receive()) is not None:
            trace.extend(events)
            select([child], [], [], 1.0)
    return trace
