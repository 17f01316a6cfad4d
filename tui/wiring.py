"""Where the app meets the outside: child processes and the event loop. Tests pass their own in."""

import asyncio
from collections.abc import Callable

from ..engine.request import Request
from .feed import Child


def launch(request: Request) -> Child:
    """Start a child process for a run."""
    from ..engine.client import Child as Process

    return Process(request)


def watch(descriptor: int, callback: Callable[[], None]) -> Callable[[], None]:
    """Have the event loop call back whenever a descriptor can be read; return what stops that."""
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, callback)

    def stop() -> None:
        loop.remove_reader(descriptor)

    return stop
