"""Reading a child process as its events arrive, into the trace that they make."""

from collections.abc import Callable
from typing import Protocol

from ..engine.request import Request
from ..trace.events import Event
from ..trace.header import Header
from ..trace.store import Trace


class Child(Protocol):
    """The process that runs the program, as far as it matters here: `engine.client.Child` is one."""

    header: Header | None

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when there is something to receive."""

    def receive(self) -> list[Event] | None:
        """Return the events that have arrived, or None after the end."""

    def close(self) -> None:
        """End the process and all that it has started, and free its descriptor."""


Launch = Callable[[Request], Child]
"""Starts the process."""

Watch = Callable[[int, Callable[[], None]], Callable[[], None]]
"""Calls back whenever a descriptor can be read; returns what stops that."""


class Feed:
    """A run that is being made. `trace` grows until `done`."""

    def __init__(
        self, request: Request, header: Header, launch: Launch, watch: Watch, news: Callable[[], None]
    ) -> None:
        self.trace = Trace(header)
        self.done = False
        self._news = news
        self._child = launch(request)
        self._unwatch = watch(self._child.fileno(), self.receive)

    def receive(self) -> None:
        """Take what has arrived, and tell of it.

        Call it now and then even if there is nothing to read: a child that has been silent for too long is ended here.
        """
        if self.done:
            return
        events = self._child.receive()
        if self._child.header is not None and not len(self.trace):
            self.trace.header = self._child.header
        if events is None:
            self.close()
        else:
            self.trace.extend(events)
        self._news()

    def close(self) -> None:
        """Stop reading and end the process. May be called again."""
        if not self.done:
            self.done = True
            self._unwatch()
            self._child.close()
