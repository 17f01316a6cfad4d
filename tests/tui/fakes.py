"""Stand-ins for what is outside: a clock that is wound by hand, and a child process that makes up a run."""

import os
from collections.abc import Callable, Iterator

from concurrency_tui.engine.request import Request
from concurrency_tui.trace.events import Event
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float) -> None:
        """Go on by so many seconds."""
        self.now += seconds


class Child:
    """Sends the events that it is made with, a batch at each `receive`, through a pipe that is always readable."""

    def __init__(self, request: Request, events: list[Event], batch: int) -> None:
        self.header: Header | None = request.header()
        self.closed = False
        self._batches = [events[index : index + batch] for index in range(0, len(events), batch)]
        self._reader, writer = os.pipe()
        os.close(writer)

    def fileno(self) -> int:
        """Return the reading end of a pipe whose other end is closed: always readable."""
        return self._reader

    def receive(self) -> list[Event] | None:
        """Return the next batch; after the last one, None."""
        return self._batches.pop(0) if self._batches else None

    def close(self) -> None:
        """Close the pipe."""
        if not self.closed:
            self.closed = True
            os.close(self._reader)


class Engine:
    """Launches such children: `make` turns a request into a trace. Keeps what it was asked for."""

    def __init__(self, make: Callable[[Request], Trace], *, batch: int = 10_000) -> None:
        self.make = make
        self.batch = batch
        self.requests: list[Request] = []
        self.children: list[Child] = []

    def __call__(self, request: Request) -> Child:
        trace = self.make(request)
        self.requests.append(request)
        self.children.append(Child(request, [trace.event(index) for index in range(len(trace))], self.batch))
        return self.children[-1]


class Wire:
    """Watches descriptors without an event loop: `pump` calls back until nobody listens any more."""

    def __init__(self) -> None:
        self.callbacks: dict[int, Callable[[], None]] = {}

    def __call__(self, descriptor: int, callback: Callable[[], None]) -> Callable[[], None]:
        self.callbacks[descriptor] = callback
        return lambda: self.callbacks.pop(descriptor, None) and None

    def pump(self, times: int = 1_000_000) -> None:
        """Let everything arrive, or only so many batches."""
        while self.callbacks and times:
            times -= 1
            next(iter(self.callbacks.values()))()


def steps(trace: Trace) -> Iterator[tuple[int, int]]:
    """Yield (step, worker) for every event that somebody did."""
    for index in range(len(trace)):
        event = trace.event(index)
        if event.worker >= 0:
            yield event.step, event.worker


def prefix(trace: Trace, length: int) -> Trace:
    """Return a trace of the first events of another one, as if the rest had not arrived yet."""
    cut = Trace(trace.header)
    cut.extend([trace.event(index) for index in range(length)])
    return cut
