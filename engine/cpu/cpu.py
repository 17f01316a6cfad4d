"""Computing: who has the GIL and a core, for how long, and how much of the declared work is left.

A thread that computes needs the GIL of its process, if there is one, and then a core. It keeps both until it blocks or
ends, or until it drops them, which it does only for others: a thread that wants the GIL waits for the switch interval,
and then asks the holder to drop it, as CPython's do (`take_gil` in `ceval_gil.c`). Cores are shared in the same way.
A thread that does nothing but undeclared work, which takes no time, needs neither.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, Final

from ...trace.events import Kind
from ..record.frames import user_frame
from .turns import Turns

if TYPE_CHECKING:
    from ..kernel.kernel import Kernel
    from ..kernel.task import Task

SLICES: Final = 500
"""Into how many slices all work in progress is cut at most, whatever the switch interval; see docs/fidelity.md."""


class Job:
    """A call in progress whose cost is declared."""

    __slots__ = ("began", "end", "frame", "function", "interval", "left", "task", "worker")

    def __init__(self, task: Task, function: str, nanoseconds: int, interval: int, frame: FrameType | None) -> None:
        self.task = task
        self.worker = task.acting.id
        """Who computes: the thread, or a worker inside it."""
        self.function = function
        self.left = nanoseconds
        """Declared work that is not done, not counting the present stretch."""
        self.interval = interval
        self.frame = frame
        """Where in the user's code."""
        self.began = self.end = 0
        """The present stretch of computing; it ends when it begins where there is none."""


class Cpu:
    """The cores of one run's machine, and the GIL of each of its processes."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._model = kernel.model
        self._cores = Turns(kernel, "CPU", kernel.model.cores)
        self._gils: dict[object, Turns] = {}
        self._jobs: dict[Task, Job] = {}
        self._turns: dict[Task, tuple[int, int]] = {}
        """When a task took the GIL or its core, whichever was later, and how long it may then keep it from others."""
        self._outstanding = 0
        """Nanoseconds of declared work in progress, in all processes."""
        self._spent: dict[Task, int] = {}

    def compute(self, function: str, nanoseconds: int) -> None:
        """Let the current task do so much work. Returns when all of it is done."""
        kernel = self._kernel
        task = kernel.current
        assert task is not None
        own = kernel.spaces.current.switch_interval if kernel.spaces is not None else None
        interval = own or self._model.switch_interval
        job = self._jobs[task] = Job(task, function, nanoseconds, interval, user_frame(sys._getframe(1)))
        self._outstanding += nanoseconds
        if any(turns.free and task not in turns.holders for turns in self._needs(task)):
            kernel.point()
        while job.left:
            for turns in self._needs(task):
                self._obtain(turns, job)
            self._stretch(job)
            if job.left:
                self._drop(job)
        del self._jobs[task]

    def pay_for_thread(self) -> None:
        """Let the current task do the work of starting a thread."""
        if self._model.thread_start:
            self.compute("Thread.start", self._model.thread_start)

    def pay_for_process(self) -> None:
        """Let the current task, the first of a new process, do the work of getting an interpreter ready."""
        if self._model.process_start:
            self.compute("spawn_main", self._model.process_start)

    def is_computing(self, task: Task) -> bool:
        """Tell whether a task computes, and so sleeps only in the eyes of the kernel."""
        job = self._jobs.get(task)
        return job is not None and job.end > job.began

    def spent(self, task: Task) -> int:
        """Return the CPU time that a task has used, in nanoseconds."""
        present = self._kernel.now - self._jobs[task].began if self.is_computing(task) else 0
        return self._spent.get(task, 0) + present

    def spent_in(self, space: object) -> int:
        """Return the CPU time that all threads of a process have used, in nanoseconds."""
        tasks = {**self._spent, **dict.fromkeys(self._jobs, 0)}
        return sum(self.spent(task) for task in tasks if task.space is space)

    def let_go(self, task: Task) -> None:
        """Note that a task blocks or ends: it gives back its core and the GIL."""
        self._turns.pop(task, None)
        for turns in (self._cores, self._gils.get(task.space)):
            if turns is not None and task in turns.holders:
                turns.leave(task)

    def forget(self, task: Task) -> None:
        """Do without a task that is ended from outside."""
        job = self._jobs.pop(task, None)
        if job is not None:
            self._outstanding -= job.left
        for turns in self._needs(task):
            turns.forget(task)
        self.let_go(task)

    def _needs(self, task: Task) -> Iterator[Turns]:
        """Yield what a task must have to compute, in the order in which it takes them."""
        if self._model.gil:
            gil = self._gils.get(task.space)
            if gil is None:
                gil = self._gils[task.space] = Turns(self._kernel, "GIL", 1)
            yield gil
        yield self._cores

    def _obtain(self, turns: Turns, job: Job) -> None:
        task = job.task
        if task in turns.holders:
            return
        if not turns.free and task not in turns.waiters:
            self._queue(turns, job)
        while not turns.free:
            self._kernel.block()
        turns.take(task, job.frame)
        self._turns[task] = (self._kernel.now, max(job.interval, self._outstanding // SLICES))

    def _queue(self, turns: Turns, job: Job) -> None:
        turns.queue(job.task, job.frame)
        for holder in turns.holders:
            self._hasten(holder)

    def _stretch(self, job: Job) -> None:
        """Compute until the work is done or others are to go first, which may be at once."""
        kernel, task = self._kernel, job.task
        job.began = kernel.now
        job.end = self._end(job)
        if job.end == job.began:
            return
        kernel.recorder.emit(Kind.WORK, value=job.end, text=job.function, frame=job.frame)
        kernel.rest(task, job.end)
        done = kernel.now - job.began
        job.began = job.end = kernel.now
        job.left -= done
        self._outstanding -= done
        self._spent[task] = self._spent.get(task, 0) + done
        kernel.recorder.emit(Kind.WORKED, value=job.left, frame=job.frame)

    def _end(self, job: Job) -> int:
        """Return when the job's present stretch ends: with the work, or when those who wait have waited enough."""
        end = job.began + job.left
        turn, slice_ = self._turns[job.task]
        for turns in self._needs(job.task):
            if turns.wanted:
                end = min(end, max(turn, next(iter(turns.waiters.values()))) + slice_)
        return max(end, self._kernel.now)

    def _hasten(self, task: Task) -> None:
        """Somebody waits for what a task has: if it computes, its stretch may have to end before it was to."""
        if not self.is_computing(task):
            return
        job = self._jobs[task]
        end = self._end(job)
        if end < job.end:
            job.end = end
            self._kernel.timers.set(task, end)
            recorder = self._kernel.recorder
            recorder.emit(Kind.WORK, value=end, text=job.function, worker=job.worker, frame=job.frame)

    def _drop(self, job: Job) -> None:
        """Give up what others want, and wait until one of them has taken it."""
        wanted = next((turns for turns in self._needs(job.task) if turns.wanted), None)
        if wanted is None:
            return
        self._cores.leave(job.task, job.frame)
        if wanted is not self._cores:
            wanted.leave(job.task, job.frame)
        self._queue(wanted, job)
        self._kernel.block()
