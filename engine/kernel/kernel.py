"""The step loop: who is enabled, who runs next, what time it is.

Exactly one task runs at a time. Before each visible operation it calls `point`, where the strategy picks one of the
enabled tasks; the picked one is switched to directly, without a detour over the hub. The hub is the greenlet that
called `Kernel.run`; a task returns to it when it ends, and anybody switches to it to stop the run.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, cast

from greenlet import GreenletExit, getcurrent, greenlet

from ...trace.events import NONE, Kind
from ...trace.model import Model
from ..limits import Limits
from ..strategies.replay import ScheduleMismatchError
from .deadlock import find_stuck
from .outcome import Outcome
from .ready import ReadySet
from .running import running, thread_number
from .strand import Strand
from .task import Lockable, Task
from .timers import Timers
from .tracer import Tracer

if TYPE_CHECKING:
    from types import FrameType

    from ..cpu.cpu import Cpu
    from ..record.recorder import Recorder
    from ..strategies import Strategy

BUSY: Final = 1_000_000
"""Virtual nanoseconds that pass for a task that keeps looking and does nothing else."""

LOOKS: Final = 100
"""Readings of the clock within one step, after which a task is taken to be waiting for time to pass."""


class Kernel:
    """One run of one program under one strategy."""

    def __init__(self, strategy: Strategy, recorder: Recorder, limits: Limits | None = None) -> None:
        self.strategy = strategy
        self.recorder = recorder
        self.limits = limits or Limits()
        self.tasks: list[Task] = []
        self.workers: list[Task | Strand] = []
        """All tasks and the strands in them, by number."""
        self.ready = ReadySet()
        self.current: Task | None = None
        self.step = 0
        self.now = 0
        """Virtual nanoseconds since the start."""
        self.alarms = 0
        """How often virtual time has jumped to the end of a sleep or a wait."""
        self.outcome: Outcome | None = None
        self.status = 0
        self.failures = 0
        """Workers that ended with an uncaught exception."""
        self.hub: greenlet = getcurrent()
        self.thread = thread_number()
        """The thread of the operating system in which all tasks run."""
        self.closing = False
        self.frozen = 0
        """While positive, code runs for our own sake (a `__repr__`), and no point is a decision."""
        self.tracer: Tracer | None = None
        """Sees the user's lines, where that is wanted."""
        self.spaces: Any = None
        """The simulated processes, where there may be more than one; see `seam.spaces`."""
        self.model = Model()
        """The machine that is simulated."""
        self.cpu: Cpu | None = None
        """What computing costs, where anything is declared to cost something."""
        self.main_module: Callable[[], Any] | None = None
        """How a simulated process gets its own copy of the program's main module."""
        self.leftovers: list[greenlet] = []
        """Greenlets of a library inside tasks, which `close` unwinds after these."""
        self.timers = Timers()
        self._looks = self._looks_in = 0
        self._step_limit = self.limits.steps
        self._time_limit = self.limits.virtual_nanoseconds
        recorder.bind(self)
        strategy.start(lambda number: self.task(number).ready_since)

    # The run as a whole.

    def run(self, body: Callable[[], Any]) -> Outcome:
        """Run `body` as the main thread until it returns, nothing can move, or a limit is reached.

        Daemon tasks that remain are left where they are; `close` disposes of them.
        """
        self.hub = getcurrent()
        with running(self):
            main = self.spawn(body, "MainThread", daemon=False)
            self.ready.add(main)
            task = self._choose()
            while task is not None and self.outcome is None:
                self._enter(task)
                greenlet.switch(task.resume)
                if self.outcome is None:
                    task = self._retire()
            self.current = None
        assert self.outcome is not None
        self.recorder.outcome(self.outcome)
        return self.outcome

    def close(self) -> None:
        """Unwind every task that has not ended. Whatever their cleanup does is neither scheduled nor recorded."""
        self.closing = True
        with running(self):
            for task in self.tasks:
                self.current = task
                if not task.done and task.greenlet:
                    task.greenlet.parent = getcurrent()
                    with contextlib.suppress(BaseException):
                        task.greenlet.throw(GreenletExit)
            for each in self.leftovers:
                if each:
                    with contextlib.suppress(BaseException):
                        greenlet.throw(each, GreenletExit)

    def stop(self, outcome: Outcome) -> None:
        """End the run now. Does not return when called from a task."""
        self.outcome = outcome
        if getcurrent() is not self.hub:
            self.hub.switch()
            raise GreenletExit  # only `close` comes back here

    # Tasks.

    def spawn(self, body: Callable[[], Any], name: str, *, daemon: bool) -> Task:
        """Make a task that is not enabled yet. Its number is the number of workers before it."""
        task = Task(len(self.workers), name, daemon=daemon)

        def life() -> None:
            try:
                body()
            finally:
                # In the task itself, because what its thread-local values do when they go may be a step.
                task.forget_locals()

        task.greenlet = task.resume = greenlet(life, self.hub)
        if self.spaces is not None:
            task.space = self.spaces.current
            self.spaces.current.started.append(task)
        self.tasks.append(task)
        self.workers.append(task)
        return task

    def nest(self, name: str) -> Strand:
        """Make a worker inside the current task: a coroutine, greenlet or generator. Its turns are no decisions."""
        assert self.current is not None
        strand = Strand(len(self.workers), name, self.current)
        self.workers.append(strand)
        return strand

    def task(self, number: int) -> Task:
        """Return the task of that number, which must not be a strand's."""
        return cast("Task", self.workers[number])

    def run_prefix(self, task: Task) -> None:
        """Run a new task's first lines at once, as part of the current step, until it calls `end_prefix`.

        This is how `Thread.start` stays one step: CPython's own bootstrap code runs in the new thread without
        counting as a decision of the schedule.
        """
        parent = self.current
        self.current = task
        task.greenlet.parent = getcurrent()
        task.greenlet.switch()
        self.current = parent
        if task.greenlet.dead:
            self.finish(task)

    def end_prefix(self) -> None:
        """Called by a task in `run_prefix`: become enabled, give control back, and go on when chosen."""
        task = self.current
        assert task is not None
        parent = task.greenlet.parent
        assert parent is not None
        self.ready.add(task)
        task.resume = getcurrent()
        parent.switch()
        task.greenlet.parent = self.hub

    # Decisions. These three are the only places where control moves from one task to another.

    def point(self) -> None:
        """A schedule point: let the strategy decide who goes on. Returns when this task is chosen."""
        if self.closing:
            raise GreenletExit
        if not self.frozen:
            self._switch_to(self._choose())

    def block(self) -> None:
        """Stop being enabled and let another task go on. Returns when this task is enabled again and chosen."""
        if self.closing:
            raise GreenletExit
        if self.frozen:
            message = "a __repr__ must not wait"
            raise RuntimeError(message)
        task = self.current
        assert task is not None
        self.ready.discard(task)
        self._switch_to(self._choose())

    def give_way(self) -> None:
        """Let another task run, whatever the strategy would like; if it is alone again and again, let some time pass.

        For library code that asks again and again for what only others can change, as real threads may without harm.
        """
        task = self.current
        assert task is not None
        if len(self.ready.numbers) == 1:
            if self.looks_at_clock():
                self.sleep(BUSY)
            return
        self.ready.discard(task)
        chosen = self._choose()
        self.ready.add(task)
        self._switch_to(chosen)

    def sleep(self, nanoseconds: int, frame: FrameType | None = None) -> None:
        """Block until that much virtual time has passed. `frame` is who asked for it."""
        task = self.current
        assert task is not None
        strand, task.strand = task.strand, None  # the whole thread sleeps, whoever in it asked for that
        if self.cpu is not None:
            self.cpu.let_go(task)
        deadline = self.now + nanoseconds
        self.recorder.emit(Kind.SLEEP, value=deadline, frame=frame)
        self.rest(task, deadline)
        self.recorder.emit(Kind.WAKE, frame=frame)
        task.strand = strand

    def rest(self, task: Task, deadline: int) -> None:
        """Block the current task until that time, or until its alarm, should somebody set another."""
        self.timers.set(task, deadline)
        self.block()
        task.timed_out = False
        task.deadline = NONE

    def looks_at_clock(self) -> bool:
        """Note that the current task reads a clock. True if it is taken to be busy-waiting, and time should pass."""
        if self._looks_in != self.step:
            self._looks_in, self._looks = self.step, 0
        self._looks += 1
        return self._looks > LOOKS and self.current is not None and not (self.closing or self.frozen)

    # Waiting for a lock.

    def compete(self, task: Task, lock: Lockable, patience: int | None) -> None:
        """Note that `task` wants `lock`, for at most `patience` nanoseconds from when it begins to wait."""
        task.lock = lock
        task.patience = patience
        task.began_wait = False
        task.timed_out = False

    def begin_wait(self, task: Task, *, tell: bool = True) -> None:
        """Record that `task` waits from now on, and set its alarm. Does nothing for a wait that has begun."""
        if task.began_wait:
            return
        task.began_wait = True
        assert task.lock is not None
        if self.cpu is not None:
            self.cpu.let_go(task)
        task.awaited = task.lock.sentinel
        if task.patience is not None:
            self.timers.set(task, self.now + task.patience)
        if tell:
            self.recorder.wait(task, task.lock, task.deadline)

    def end_wait(self, task: Task) -> None:
        """Forget what `task` waited for."""
        if task.deadline != NONE:
            self.timers.cancel(task)
        task.lock = None
        task.awaited = None

    # Inside.

    def _choose(self) -> Task | None:
        """Make one decision and return the chosen task, or None with `outcome` set when there is nobody to choose."""
        ready = self.ready.numbers
        while not ready:
            if not self._advance():
                return None
        self.recorder.close_step()
        self.step += 1
        if self.step > self._step_limit:
            self.outcome = Outcome(f"limit: {self._step_limit} steps", self.status)
            return None
        task = self.current
        if task is not None and task.untraced and not task.done and self.tracer is not None:
            task.untraced = False
            self.tracer.resume(sys._getframe())
        current = task.id if task is not None else NONE
        try:
            return self.task(self.strategy.choose(ready, current))
        except ScheduleMismatchError as error:
            self.outcome = Outcome(f"mismatch: {error}", self.status)
            return None

    def _advance(self) -> bool:
        """Let virtual time jump to the next alarm. False, with `outcome` set, if there is none."""
        due = self.timers.due()
        if due is None:
            stuck = find_stuck(self.workers)
            self.outcome = Outcome("deadlock", self.status, stuck)
            return False
        time, woken = due
        if time > self._time_limit:
            self.outcome = Outcome(f"limit: {self.limits.virtual_seconds:g} virtual seconds", self.status)
            return False
        self.now = time
        if self.cpu is None or not all(map(self.cpu.is_computing, woken)):
            self.alarms += 1
        for task in woken:
            task.timed_out = True
            self.ready.add(task)
        return True

    def _switch_to(self, task: Task | None) -> None:
        if task is None:
            self.hub.switch()
            raise GreenletExit  # only `close` comes back here
        if task is not self.current:
            assert self.current is not None
            self.current.resume = getcurrent()
            self._enter(task)
            greenlet.switch(task.resume)  # its own `switch` may be a library's
            if self.closing:
                raise GreenletExit

    def _enter(self, task: Task) -> None:
        self.current = task
        if self.spaces is not None and task.space is not self.spaces.current:
            self.spaces.switch(task.space)

    def _retire(self) -> Task | None:
        """The current task's greenlet has ended: wake who waited for that, and choose the next task."""
        task = self.current
        assert task is not None
        self.finish(task)
        if task.id == 0:
            name = "failed" if self.failures or self.status else "finished"
            self.outcome = Outcome(name, self.status)
            return None
        return self._choose()

    def abandon(self, task: Task) -> None:
        """End `task` where it is, without unwinding it: its process is gone."""
        if self.cpu is not None:
            self.cpu.forget(task)
        self.recorder.emit(Kind.KILL, worker=task.id)
        task.done = True
        self.ready.discard(task)
        self.timers.cancel(task)
        for lock in task.sentinel:
            lock.release_by_kernel(self)

    def finish(self, task: Task) -> None:
        """Mark `task` as ended, record it, and release the locks that stand for its life."""
        if self.cpu is not None:
            self.cpu.let_go(task)
        task.done = True
        self.ready.discard(task)
        self.recorder.end(task)
        for lock in task.sentinel:
            lock.release_by_kernel(self)
