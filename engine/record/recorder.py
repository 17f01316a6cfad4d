"""The recorder: numbers what it meets and hands finished events to a sink."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import TYPE_CHECKING

from ...trace.events import CANCELLED, NONE, Event, Kind
from ..kernel.strand import Strand
from .addresses import Addresses
from .frames import entry_point, is_user_file, user_frame
from .objects import Objects
from .sites import Sites
from .tracebacks import raised_at

if TYPE_CHECKING:
    from ..kernel.kernel import Kernel
    from ..kernel.outcome import Outcome
    from ..kernel.task import Lockable, Task

Sink = Callable[[Event], None]


class Recorder:
    """Writes the trace of one simulated run. `root` is the folder that source paths are shown relative to."""

    def __init__(self, sink: Sink, root: str = "") -> None:
        self._sink = sink
        self.sites = Sites(self._declare, root)
        self.objects = Objects(self.emit)
        self._kernel: Kernel
        self._addresses = Addresses()
        self._told = -1
        """The last step that has an event with a worker."""
        self.unfinished: list[Callable[[], None]] = []
        """Called before the next decision: flushes of streams that hold the current worker's unfinished line."""

    def bind(self, kernel: Kernel) -> None:
        """Take time, step and current worker from `kernel` from now on."""
        self._kernel = kernel

    @property
    def told(self) -> bool:
        """Whether the current step has an event with a worker by now."""
        return self._told == self._kernel.step

    def emit(
        self,
        kind: Kind,
        *,
        obj: int = NONE,
        value: int = NONE,
        text: str = "",
        frame: FrameType | None = None,
        worker: int | None = None,
    ) -> None:
        """Record an event of the current worker, at the user's line it is at."""
        kernel = self._kernel
        if kernel.closing:
            return
        if worker is None:
            worker = self._acting()
            site = self.sites.nearest(frame or sys._getframe(1))
        else:
            if worker != NONE and isinstance(kernel.workers[worker], Strand):
                self._lead()
            site = self.sites.number(frame)
        if worker != NONE:
            self._told = kernel.step
        if text:
            text = self._safe(text)
        self._sink(Event(kind, kernel.step, kernel.now, worker, obj, value, text, site))

    def _acting(self) -> int:
        """Return the worker that acts. Before a strand is told to act in a step, the task chosen in it is."""
        kernel = self._kernel
        task = kernel.current
        if task is None:
            return NONE
        if task.strand is None:
            return task.id
        self._lead()
        return task.strand.id

    def _lead(self) -> None:
        """Tell of the chosen task first in a step in which only strands act."""
        kernel = self._kernel
        if self._told != kernel.step and kernel.current is not None:
            self._told = kernel.step
            self._sink(Event(Kind.RUN, kernel.step, kernel.now, kernel.current.id))

    def _safe(self, text: str) -> str:
        """Return text as a trace can hold it: without addresses, and with escapes for what is no character."""
        text = self._addresses.stable(text)
        return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")

    def begin(self, function: Callable[..., object] | CodeType | None, name: str) -> None:
        """Record the current worker's first step, at the first line of the function or the code it runs."""
        code = getattr(getattr(function, "__func__", function), "__code__", function)
        kernel = self._kernel
        if kernel.current is None or kernel.closing:
            return
        site = NONE
        if isinstance(code, CodeType) and is_user_file(code.co_filename):
            site = self.sites.at(code, code.co_firstlineno)
        worker = self._acting()
        self._told = kernel.step
        self._sink(Event(Kind.BEGIN, kernel.step, kernel.now, worker, text=name, site=site))

    def fail(self, error: BaseException, text: str) -> None:
        """Record that the current worker ends with `error`, at the user's line that raised it."""
        kernel = self._kernel
        if kernel.current is None or kernel.closing:
            return
        place = raised_at(error)
        site = NONE if place is None else self.sites.at(*place)
        worker = self._acting()
        self._told = kernel.step
        self._sink(Event(Kind.FAIL, kernel.step, kernel.now, worker, text=self._safe(text), site=site))

    def _declare(self, kind: Kind, obj: int, value: int, text: str, site: int = NONE) -> None:
        """Record a number's meaning, at the present step and time but as nobody's doing."""
        self._sink(Event(kind, self._kernel.step, self._kernel.now, NONE, obj, value, text, site))

    def line(self, frame: FrameType) -> None:
        """Record that the current worker is about to execute the line `frame` is at."""
        kernel = self._kernel
        if kernel.current is None or kernel.closing:
            return
        worker = self._acting()
        self._told = kernel.step
        site = self.sites.number(frame)
        self._sink(Event(Kind.LINE, kernel.step, kernel.now, worker, NONE, NONE, "", site))

    def close_step(self) -> None:
        """A decision follows: make sure that the step that ends here tells who ran in it."""
        self._finish_lines()
        kernel = self._kernel
        if self._told != kernel.step and kernel.step and kernel.current is not None and not kernel.closing:
            self._told = kernel.step
            self._sink(Event(Kind.RUN, kernel.step, kernel.now, kernel.current.id))

    def _finish_lines(self) -> None:
        while self.unfinished:
            self.unfinished.pop()()

    def wait(self, task: Task, lock: Lockable, deadline: int) -> None:
        """Record that `task`, current or not, waits from now on, in the words of the operation it is inside of."""
        current = task is self._kernel.current
        inner = sys._getframe(1) if current else task.frame()
        frame = user_frame(inner)
        if lock.sentinel is not None:
            self.emit(Kind.JOIN, obj=lock.sentinel.id, value=deadline, worker=task.id, frame=frame)
            return
        number, verb = lock.number, "acquire"
        if number == NONE:
            operation = task.acting.operations[-1] if task.acting.operations else None
            number = operation.number if operation else NONE
            verb = operation.verb if operation else entry_point(inner) or "wait"
        self.emit(Kind.WAIT, obj=number, value=deadline, text=verb, worker=task.id, frame=frame)

    def timeout(self, task: Task, lock: Lockable) -> None:
        """Record that the current task's wait for `lock` ran out."""
        frame = user_frame(sys._getframe(1))
        if lock.sentinel is not None:
            self.emit(Kind.TIMEOUT, obj=lock.sentinel.id, text="join", worker=task.id, frame=frame)
            return
        operation = task.acting.operations[-1] if task.acting.operations else None
        number = lock.number if lock.number != NONE or operation is None else operation.number
        verb = "acquire" if lock.number != NONE or operation is None else operation.verb
        self.emit(Kind.TIMEOUT, obj=number, text=verb, worker=task.id, frame=frame)

    def end(self, task: Task | Strand, *, cancelled: bool = False) -> None:
        """Record that a worker has ended, unless its failure has been recorded."""
        self._finish_lines()
        if not task.failed:
            self.emit(Kind.END, worker=task.id, text=CANCELLED if cancelled else "")

    def outcome(self, outcome: Outcome) -> None:
        """Record how the run ended: who is stuck, which daemons are cut off, and the outcome itself."""
        for stuck in outcome.stuck:
            holder = stuck.holder.id if stuck.holder is not None else NONE
            frame = user_frame(stuck.worker.frame())
            self.emit(Kind.DEADLOCK, obj=stuck.number, value=holder, worker=stuck.worker.id, frame=frame)
        if outcome.name in {"finished", "failed"}:
            for worker in self._kernel.workers:
                if not worker.done:
                    self.emit(Kind.KILL, worker=worker.id, frame=user_frame(worker.frame()))
        self.emit(Kind.OUTCOME, text=outcome.name, value=outcome.status, worker=NONE)
