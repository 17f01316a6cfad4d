"""What a program asks gevent's loop to watch: time, sockets, other threads' calls, and the loop's own rounds.

The interface is that of `gevent._interfaces.IWatcher`, and the behaviour libev's: an active watcher keeps the loop
going unless it was made with `ref=False`, one that is stopped while its callback is due is not called, and a callback's
exception goes to the loop's error handler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Self

from greenlet import greenlet

from ...trace.events import NANOSECONDS, NONE
from . import network
from .durations import nanoseconds
from .sockets import end_of, is_simulated

if TYPE_CHECKING:
    from .gevent_rounds import Rounds

READ: Final = 1
WRITE: Final = 2

_EVENTS: Final = object()
"""Stands for the events that have come, among the arguments of a callback."""


class Callback:
    """A call to be made in the next round; the interface is `gevent._interfaces.ICallback`."""

    __slots__ = ("args", "callback")

    def __init__(self, callback: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.callback: Callable[..., Any] | None = callback
        self.args: tuple[Any, ...] | None = args

    def stop(self) -> None:
        """Do not make it."""
        self.callback = self.args = None

    close = stop

    def __bool__(self) -> bool:
        """Tell whether it is still to be made, or being made."""
        return self.args is not None

    @property
    def pending(self) -> bool:
        """Whether it is still to be made."""
        return self.callback is not None


class Watcher:
    """What all watchers share."""

    priority = 0
    """Of callbacks that are due at once, those of a higher priority come first: from -2 to 2."""

    def __init__(self, loop: Rounds, ref: bool = True, priority: int | None = None) -> None:
        self.loop = loop
        self.callback: Callable[..., Any] | None = None
        self.args: tuple[Any, ...] | None = None
        self.active = False
        self.pending = False
        """Whether its callback is due in this round of the loop."""
        self._ref = ref
        if priority is not None:
            self.priority = priority

    @property
    def ref(self) -> bool:
        """Whether the loop goes on for its sake."""
        return self._ref

    @ref.setter
    def ref(self, value: bool) -> None:
        if self.active and value != self._ref:
            self.loop.references += 1 if value else -1
        self._ref = value

    def start(self, callback: Callable[..., Any] | None, *args: Any, **_options: Any) -> None:
        """Have `callback(*args)` called each time what it watches for has come."""
        if not callable(callback):
            message = f"Expected callable, not {callback!r}"
            raise TypeError(message)
        self.callback = callback
        self.args = args
        if not self.active:
            self.active = True
            self.loop.add(self)
            self.begin()

    def begin(self) -> None:
        """Begin to watch. Called once each time it becomes active."""

    def rest(self) -> None:
        """Be inactive, but remember the callback, which is due."""
        if self.active:
            self.active = False
            self.loop.remove(self)

    def stop(self) -> None:
        """Watch no longer; a callback that is due is not made."""
        self.rest()
        self.pending = False
        self.callback = self.args = None

    def close(self) -> None:
        """Stop for good."""
        self.stop()

    def call(self) -> None:
        """Make the callback, if nobody has stopped it since it became due."""
        if not self.pending or self.callback is None:
            return
        self.pending = False
        self.callback(*(self.seen() if each is _EVENTS else each for each in self.args or ()))
        if not self.active and not self.pending:
            self.callback = self.args = None

    def seen(self) -> int:
        """Return the events that have come, for a callback that asked for them."""
        return NONE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class Timer(Watcher):
    """Virtual time; `after` and `repeat` are seconds."""

    def __init__(
        self, loop: Rounds, after: float = 0.0, repeat: float = 0.0, ref: bool = True, priority: int | None = None
    ) -> None:
        if repeat < 0.0:
            message = f"repeat must be positive or zero: {repeat!r}"
            raise ValueError(message)
        super().__init__(loop, ref, priority)
        self._after = nanoseconds(max(0.0, after))
        self.repeat = nanoseconds(repeat)
        """Nanoseconds from one call to the next, or 0 for a single one."""
        self.deadline = NONE
        """When it goes off next."""

    @property
    def at(self) -> float:
        """When it goes off next, in virtual seconds since the start."""
        return self.deadline / NANOSECONDS

    def begin(self) -> None:
        """Count from now."""
        self.set(self._after)
        if self.args and isinstance(self.args[0], greenlet):  # a Timeout, which names whom it will interrupt
            self.loop.limits.setdefault(self.args[0], {})[self] = None

    def rest(self) -> None:
        """Be inactive, but remember the callback, which is due."""
        super().rest()
        if self.args and isinstance(self.args[0], greenlet):
            self.loop.limits.get(self.args[0], {}).pop(self, None)

    def set(self, delay: int) -> None:
        """Go off `delay` nanoseconds from now."""
        self.deadline = self.loop.kernel.now + delay
        self.loop.set_alarm(self)

    def again(self, callback: Callable[..., Any], *args: Any, **options: Any) -> None:
        """Start it, or have it count from now again."""
        self.start(callback, *args, **options)
        if self.repeat:
            self.set(self.repeat)


class Io(Watcher):
    """A socket of the run that can be read from or written to."""

    def __init__(self, loop: Rounds, fd: int, events: int, ref: bool = True, priority: int | None = None) -> None:
        if events & ~(READ | WRITE):
            message = f"illegal event mask: {events!r}"
            raise ValueError(message)
        if fd >= 0 and not is_simulated(fd):
            message = f"gevent waits for sockets in a simulated run, not for the descriptor {fd} of the real system"
            raise NotImplementedError(message)
        super().__init__(loop, ref, priority)
        self.fd = fd
        self.events = events
        self.is_closing = False
        """Whether the descriptor is about to be closed, so that nobody should wait for it any more."""
        self._end = network.current.find(fd)

    def start(self, callback: Callable[..., Any] | None, *args: Any, **options: Any) -> None:
        """As `Watcher.start`; with `pass_events=True`, the events that have come are the first argument."""
        first = (_EVENTS,) if options.get("pass_events") else ()
        super().start(callback, *first, *args)

    def begin(self) -> None:
        """Look at the socket now, and whenever something changes there."""
        self._end.gate.followers.append(self._look)
        self._look()

    def rest(self) -> None:
        """Look no more."""
        if self.active:
            self._end.gate.followers.remove(self._look)
        super().rest()

    def _look(self) -> None:
        if self.seen():
            self.loop.note_ready(self)

    def seen(self) -> int:
        """Return which of READ and WRITE the socket is ready for; a closed one for all."""
        if self.is_closing or end_of(self.fd) is not self._end:
            return self.events
        ready = READ if self.events & READ and self._end.readable() else 0
        return ready | (WRITE if self.events & WRITE and self._end.writable() else 0)


class Async(Watcher):
    """A call from another thread."""

    def __init__(self, loop: Rounds, ref: bool = True, priority: int | None = None) -> None:
        super().__init__(loop, ref, priority)
        self.sent = False

    def send(self) -> None:
        """Have the callback made in the loop's own thread. The one method that any thread may call."""
        self.sent = True
        self.loop.wake()

    def send_ignoring_arg(self, _ignored: object) -> None:
        """As `send`, for callers that pass a value."""
        self.send()


class Idle(Watcher):
    """A round in which nothing else is to be done."""


class Prepare(Watcher):
    """The beginning of a round."""


class Check(Watcher):
    """The end of the wait in a round."""


class Never(Watcher):
    """What does not come in a simulated run: a signal, a fork of the real process."""
