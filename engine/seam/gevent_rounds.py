"""What gevent's loop does, round after round, in virtual time.

A round goes as in libev: callbacks, then the wait for the next alarm or socket, then what has become due, by priority.
The wait blocks the thread's task, and that is the only place where the loop itself gives way to other threads.
"""

from __future__ import annotations

import heapq
import itertools
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import Any, Final, TypeVar, cast

from greenlet import getcurrent, greenlet

from ...trace.events import NANOSECONDS, NONE
from ..kernel.deadlock import SELECT
from ..kernel.kernel import BUSY, LOOKS, Kernel
from ..kernel.running import current_kernel
from ..kernel.strand import Strand
from ..kernel.task import Task
from ..probes.probe import InProgress
from .gevent_waits import Wait, tell
from .gevent_watchers import Async, Callback, Check, Idle, Io, Prepare, Timer, Watcher
from .waiting import Gate

_CHECKED: Final = 50
"""Callbacks that gevent makes between two looks at the clock."""

_Kind = TypeVar("_Kind", bound=Watcher)


class Rounds:
    """The callbacks, the active watchers and the rounds of one thread's loop."""

    MINPRI, MAXPRI = -2, 2

    def __init__(self) -> None:
        kernel = current_kernel()
        assert kernel is not None
        self.kernel: Kernel = kernel
        self.error_handler: Any = None
        self.references = 0
        """Active watchers that keep the loop going."""
        self.polled = False
        """Whether some greenlet only gives way again and again, so that time must pass for anything to change."""
        self.limits: dict[greenlet, dict[Timer, None]] = {}
        """The alarms that throw an exception into a greenlet, or wake it."""
        self._own: tuple[Wait, Task | Strand | None, FrameType | None] | None = None
        """What the thread itself waits for while it runs its greenlets: the wait, the awaited worker, the place."""
        self._own_told = False
        self._yields: dict[int, tuple[int, int]] = {}
        self._active: dict[type[Watcher], dict[Watcher, None]] = {}
        """The active watchers by kind, in the order of starting."""
        self._callbacks: deque[Callback] = deque()
        self._alarms: list[tuple[int, int, Timer]] = []
        self._serial = itertools.count()
        self._due: dict[int, list[Watcher]] = {}
        self._ready: dict[Io, None] = {}
        """Watchers of sockets that were ready when last looked at, in the order of becoming so."""
        self._gate = Gate()
        self._stopped = False

    def run(self, nowait: bool = False, once: bool = False) -> None:
        """Go round until nothing is left to wait for."""
        if getcurrent() not in self.kernel.leftovers:
            self.kernel.leftovers.insert(0, getcurrent())
        while True:
            self.make_due(self.of(Prepare))
            self._call_due()
            self._run_callbacks()
            if self._stopped:
                break
            self._wait(0 if nowait else self._patience())
            self._collect()
            self._call_due()
            if self._stopped or nowait or once or not (self.references or self._callbacks):
                break
        self._stopped = False

    def break_(self, _how: object = None) -> None:
        """Leave `run` at the end of the round."""
        self._stopped = True

    def run_callback(self, func: Callable[..., Any], *args: Any) -> Callback:
        """Have `func(*args)` called in the loop, soon."""
        callback = Callback(func, args)
        self._callbacks.append(callback)
        return callback

    def run_callback_threadsafe(self, func: Callable[..., Any], *args: Any) -> Callback:
        """As `run_callback`, from any thread."""
        callback = self.run_callback(func, *args)
        self.wake()
        return callback

    def wake(self) -> None:
        """End the wait of the loop's thread, if it waits."""
        self._gate.wake()

    def destroy(self) -> bool:
        """Forget everything."""
        for each in (self._callbacks, self._active, self._alarms, self._due, self._ready):
            each.clear()
        self.references = 0
        return True

    def handle_error(self, context: Any, kind: Any, value: Any, trace: Any) -> None:
        """Pass on the exception of a callback; that of a hub which is destroyed ends the loop."""
        if kind.__name__ == "HubDestroyed":
            self._callbacks.clear()
            self.break_()
        elif self.error_handler is None:
            traceback.print_exception(kind, value, trace)
            self.break_()
        else:
            getattr(self.error_handler, "handle_error", self.error_handler)(context, kind, value, trace)

    # Watchers.

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        """Return the active watchers of a kind."""
        return cast("list[_Kind]", list(self._active.get(kind, ())))

    def add(self, watcher: Watcher) -> None:
        """Count a watcher as active."""
        self._active.setdefault(type(watcher), {})[watcher] = None
        self.references += watcher.ref

    def remove(self, watcher: Watcher) -> None:
        """Count a watcher as active no longer."""
        if self._active.get(type(watcher), {}).pop(watcher, self) is None:
            self.references -= watcher.ref

    def set_alarm(self, timer: Timer) -> None:
        """Have an active timer go off at its deadline; alarms for the same moment go off in the order of setting."""
        heapq.heappush(self._alarms, (timer.deadline, next(self._serial), timer))

    def make_due(self, found: Iterable[Watcher]) -> None:
        """Have the callbacks of these watchers made in this round."""
        for each in found:
            if not each.pending:
                each.pending = True
                self._due.setdefault(each.priority, []).append(each)

    def note_ready(self, watcher: Io) -> None:
        """Note that a socket is ready for what an active watcher wants of it."""
        self._ready[watcher] = None
        self.wake()

    @property
    def pendingcnt(self) -> int:
        """How many watchers' callbacks are due."""
        return sum(map(len, self._due.values()))

    # The thread's own part, and its greenlets'.

    def thread_waits(self, wait: Wait, awaited: Task | Strand | None, frame: FrameType | None) -> None:
        """Note what the thread's own code waits for, which has been told."""
        self._own = (wait, awaited, frame)
        self._own_told = True

    def thread_acts(self) -> None:
        """Note that a greenlet of the thread has its turn, so that the thread is seen to run."""
        self._own_told = False

    def limit_of(self, thread: greenlet) -> int:
        """Return when the earliest alarm set for a greenlet goes off, in virtual nanoseconds, or NONE."""
        return min((each.deadline for each in self.limits.get(thread, ())), default=NONE)

    def note_yield(self, worker: int) -> None:
        """Note that a worker gives way. One that does nothing else is taken to wait for time to pass."""
        time, count = self._yields.get(worker, (NONE, 0))
        count = count + 1 if time == self.kernel.now else 1
        self._yields[worker] = (self.kernel.now, count)
        self.polled = self.polled or count > LOOKS

    # A round.

    def _run_callbacks(self) -> None:
        """Make the calls that were asked for, and those that they ask for, as long as they take no time."""
        until = self.kernel.now + sys.getswitchinterval() * NANOSECONDS
        for count in itertools.count(1):
            if not self._callbacks or self.polled or (count % _CHECKED == 0 and self.kernel.now >= until):
                return
            callback = self._callbacks.popleft()
            function, args = callback.callback, callback.args
            callback.callback = None
            if function is None or args is None:
                continue
            try:
                function(*args)
            except BaseException:
                if self.kernel.closing:
                    raise
                self.handle_error(callback, *sys.exc_info())
            finally:
                callback.args = None

    def _patience(self) -> int | None:
        """Return how many nanoseconds to wait at most, or None for as long as it takes."""
        if self.polled:
            return BUSY
        if self._callbacks or not self.references or self.pendingcnt or self.of(Idle):
            return 0
        self._forget_void_alarms()
        return max(0, self._alarms[0][0] - self.kernel.now) if self._alarms else None

    def _wait(self, patience: int | None) -> None:
        """Block the thread until something has come, or for `patience` nanoseconds."""
        kernel, task = self.kernel, self.kernel.current
        assert task is not None
        busy, self.polled = self.polled, False
        if patience == 0 or self._has_come(busy=busy):
            return
        kernel.compete(task, self._gate, patience)
        kernel.begin_wait(task, tell=False)
        number = NONE
        if self._own is not None:
            wait, task.awaited, frame = self._own
            number = wait.number
            if not self._own_told:
                tell(kernel, wait, task.id, frame)
        self._own_told = True
        self._gate.competitors.append(task)
        task.operations.append(InProgress(SELECT, number))
        try:
            while not task.timed_out and not self._has_come(busy=busy):
                kernel.block()
        finally:
            task.operations.pop()
            self._gate.competitors.remove(task)
            kernel.end_wait(task)

    def _has_come(self, *, busy: bool) -> bool:
        """Tell whether there is anything to do; what is only asked for again and again does not count if `busy`."""
        if (self._callbacks and not busy) or any(each.sent for each in self.of(Async)):
            return True
        for each in list(self._ready):
            if each.active and each.seen():
                return True
            del self._ready[each]
        return False

    def _forget_void_alarms(self) -> None:
        alarms = self._alarms
        while alarms and not (alarms[0][2].active and alarms[0][2].deadline == alarms[0][0]):
            heapq.heappop(alarms)

    def _expired(self) -> Iterator[Timer]:
        while True:
            self._forget_void_alarms()
            if not self._alarms or self._alarms[0][0] > self.kernel.now:
                return
            timer = heapq.heappop(self._alarms)[2]
            if timer.repeat:
                timer.set(timer.repeat)
            else:
                timer.rest()
            yield timer

    def _collect(self) -> None:
        """Find out what has come. What is found last here is called first, as in libev, but alarms in their order."""
        self.make_due(each for each in self._ready if each.active and each.seen())
        for signalled in self.of(Async):
            if signalled.sent:
                signalled.sent = False
                self.make_due((signalled,))
        self.make_due(reversed(list(self._expired())))
        if not self.pendingcnt:
            self.make_due(self.of(Idle))
        self.make_due(self.of(Check))

    def _call_due(self) -> None:
        for priority in range(self.MAXPRI, self.MINPRI - 1, -1):
            due = self._due.get(priority)
            while due:
                self._call(due.pop())

    def _call(self, watcher: Watcher) -> None:
        try:
            watcher.call()
        except BaseException:
            if self.kernel.closing:
                raise
            self.handle_error(watcher, *sys.exc_info())
            watcher.stop()
