"""gevent's event loop on the kernel: the interface of `gevent._interfaces.ILoop`.

gevent itself is the real library. Each thread that uses it has a hub of its own, and the hub has one of these loops.
"""

from __future__ import annotations

from typing import NoReturn

from ...trace.events import NANOSECONDS, NONE
from .clocks import EPOCH
from .gevent_rounds import Rounds
from .gevent_watchers import READ, WRITE, Async, Check, Idle, Io, Never, Prepare, Timer

__all__ = ["READ", "WRITE", "VirtualLoop"]


class VirtualLoop(Rounds):
    """The loop of one thread. `flags` are libev's, and mean nothing here."""

    approx_timer_resolution = 0.00001
    starting_timer_may_update_loop_time = False
    iteration = depth = NONE
    backend = "virtual"

    def __init__(self, flags: object = None, default: bool | None = None) -> None:
        del flags
        super().__init__()
        self.default = default is not False

    def now(self) -> float:
        """Return seconds since 1970 on the virtual calendar."""
        return (EPOCH + self.kernel.now) / NANOSECONDS

    def update_now(self) -> None:
        """Do nothing: virtual time is never out of date."""

    update = reinit = install_sigchld = reset_sigchld = verify = update_now

    def ref(self) -> None:
        """Count one more reason to go on."""
        self.references += 1

    def unref(self) -> None:
        """Count one reason less to go on."""
        self.references -= 1

    @property
    def activecnt(self) -> int:
        """How many reasons there are to go on."""
        return self.references

    def fileno(self) -> None:
        """Return None: no descriptor stands for it."""

    def timer(self, after: float, repeat: float = 0.0, ref: bool = True, priority: int | None = None) -> Timer:
        """Return a watcher of time."""
        return Timer(self, after, repeat, ref, priority)

    def io(self, fd: int, events: int, ref: bool = True, priority: int | None = None) -> Io:
        """Return a watcher of a socket."""
        return Io(self, fd, events, ref, priority)

    def async_(self, ref: bool = True, priority: int | None = None) -> Async:
        """Return what another thread can wake the loop with."""
        return Async(self, ref, priority)

    def idle(self, ref: bool = True, priority: int | None = None) -> Idle:
        """Return a watcher of rounds in which nothing else is due."""
        return Idle(self, ref, priority)

    def prepare(self, ref: bool = True, priority: int | None = None) -> Prepare:
        """Return a watcher of every round's beginning."""
        return Prepare(self, ref, priority)

    def check(self, ref: bool = True, priority: int | None = None) -> Check:
        """Return a watcher of every round's end."""
        return Check(self, ref, priority)

    def signal(self, _signum: int, ref: bool = True, priority: int | None = None) -> Never:
        """Return a watcher whose callback is never made: signals belong to the process that hosts the run."""
        return Never(self, ref, priority)

    def fork(self, ref: bool = True, priority: int | None = None) -> Never:
        """Return a watcher whose callback is never made."""
        return Never(self, ref, priority)

    def child(self, pid: int, _trace: int = 0, ref: bool = True) -> NoReturn:
        """Refuse: the processes of a simulated run are no children of this one."""
        message = f"gevent cannot wait for process {pid} in a simulated run"
        raise NotImplementedError(message)

    def stat(self, path: str, *_options: object, **_named: object) -> NoReturn:
        """Refuse: nobody but the program itself changes files while virtual time passes."""
        message = f"gevent cannot watch the file {path} in a simulated run"
        raise NotImplementedError(message)

    def closing_fd(self, fd: int) -> bool:
        """Make due whoever watches a descriptor that is about to be closed. Returns whether anybody does."""
        found = [each for each in self.of(Io) if each.fd == fd]
        for each in found:
            each.is_closing = True
        self.make_due(found)
        return bool(found)

    def _format(self) -> str:
        return f"{self.backend} pending={self.pendingcnt} ref={self.references}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {id(self):#x} {self._format()}>"
