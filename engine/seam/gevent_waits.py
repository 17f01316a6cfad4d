"""What a greenlet waits for while its hub runs others, told when it leaves and when it comes back.

All that blocks in gevent ends in `Hub.switch`. What the wait is about is known from the operation that the greenlet is
inside of: a sleep, a join, or a call of a method that a probe watches.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Collection
from types import FrameType
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from greenlet import getcurrent

from ...trace.events import NONE, Kind
from ..kernel.kernel import Kernel
from ..kernel.strand import Owned, Strand
from ..kernel.task import Task, number_of
from ..record.frames import entry_point, user_frame

KEY: Final = "_worker_in_simulated_run"
"""Attribute of a greenlet that is a worker."""


class Wait(NamedTuple):
    """An event that tells a wait: its kind, and its fields."""

    kind: Kind
    obj: int = NONE
    value: int = NONE
    text: str = ""

    @property
    def number(self) -> int:
        """The object waited for, or NONE."""
        return self.obj if self.kind is Kind.WAIT else NONE


class Nap(NamedTuple):
    """A sleep until `deadline` in virtual nanoseconds, or a mere giving way without one."""

    deadline: int
    verb: str = "sleep"
    number: int = NONE


class Joining:
    """A wait for the end of several greenlets; other things may be among them."""

    def __init__(self, members: Collection[Any], limit: int = NONE) -> None:
        self.limit = limit
        """When it gives up, in virtual nanoseconds, or NONE."""
        self.greenlets = [each for each in members if worker_of(each) is not None]
        self.verb = "join" if self.greenlets or not members else "wait"
        self.number = NONE
        self.told: set[int] = set()

    def tell(self, kernel: Kernel) -> None:
        """Tell which of them have ended, apart from those told before."""
        for each in self.greenlets:
            worker = worker_of(each)
            if worker is not None and worker.done and worker.id not in self.told:
                self.told.add(worker.id)
                kernel.recorder.emit(Kind.JOINED, obj=worker.id)


class Holder(NamedTuple):
    """Who has a lock of gevent's."""

    owner: Task | Strand


holders: WeakKeyDictionary[Any, Holder] = WeakKeyDictionary()
"""The locks that are held; gevent itself does not keep who holds them."""


def worker_of(thing: object) -> Task | Strand | None:
    """Return the worker that a greenlet is, or None."""
    found = getattr(thing, KEY, None)
    return found if isinstance(found, Strand) else None


def _awaited(kernel: Kernel, operation: Any) -> Task | Strand | None:
    """Return the worker whose end an operation waits for; of several, the first that has not ended."""
    thing = getattr(operation, "thing", operation)
    for each in getattr(thing, "greenlets", (thing,)):
        worker = worker_of(each)
        if worker is None and isinstance(each, threading.Thread) and each.ident is not None:
            worker = kernel.workers[number_of(each.ident)]
        if worker is not None and not worker.done:
            return worker
    return None


class Turn:
    """One time that a greenlet of a thread leaves the interpreter to others, from `leave` to `come_back`."""

    __slots__ = ("awaited", "kernel", "limit", "loop", "operation", "strand", "task", "wait", "wanted")

    def __init__(self, kernel: Kernel, loop: Any) -> None:
        task = kernel.current
        assert task is not None
        self.kernel = kernel
        self.loop = loop
        self.task = task
        me = getcurrent()
        strand = worker_of(me)
        self.strand = strand if isinstance(strand, Strand) else None
        self.awaited: Task | Strand | None = None
        self.wanted: Holder | None = None
        operations = (self.strand or task).operations
        self.operation: Any = operations[-1] if operations else None
        limits = (loop.limit_of(me), getattr(self.operation, "limit", NONE))
        self.limit: int = min((each for each in limits if each != NONE), default=NONE)
        """When a time-out ends the wait, in virtual nanoseconds, or NONE."""
        self.wait = self._describe(self.operation)

    def _describe(self, operation: Any) -> Wait:
        if isinstance(operation, Nap):
            kind = Kind.YIELD if operation.deadline == NONE else Kind.SLEEP
            return Wait(kind, value=operation.deadline)
        if operation is None:
            return Wait(Kind.WAIT, value=self.limit, text=entry_point(sys._getframe()) or "wait")
        if operation.verb == "join":
            self.awaited = _awaited(self.kernel, operation)
        if self.awaited is not None:
            return Wait(Kind.JOIN, self.awaited.id, self.limit)
        if isinstance(operation, Joining) and operation.greenlets:
            return Wait(Kind.YIELD)  # all have ended, and gevent hands over their ends one by one
        thing = getattr(operation, "thing", None)
        self.wanted = None if thing is None else holders.get(thing)
        return Wait(Kind.WAIT, operation.number, self.limit, operation.verb)

    def leave(self) -> None:
        """Tell what the greenlet waits for. From now on the thread acts, in its loop."""
        tell(self.kernel, self.wait)
        if self.strand is not None:
            self.strand.wait(number=self.wait.number, wanted=self.wanted, awaited=self.awaited)
        else:
            self.loop.thread_waits(self.wait, self.awaited, user_frame(sys._getframe(1)))
        self.task.strand = None

    def come_back(self, error: BaseException | None) -> None:
        """It has its turn again: a step of its own. Tell how the wait ended, by `error` if it is one."""
        self.task.strand = self.strand
        self.loop.thread_acts()
        if self.strand is not None:
            self.strand.go_on()
        unfinished = isinstance(self.operation, Joining) and self.awaited is not None and not self.awaited.done
        late = NONE != self.limit <= self.kernel.now and (error is not None or unfinished)
        step_begins(self.kernel)
        self.task.began_wait = True
        if type(error).__name__ == "LoopExit" and (self.awaited is not None or self.wait.number != NONE):
            self._tell_stuck()
        recorder, wait = self.kernel.recorder, self.wait
        if late:
            recorder.emit(Kind.TIMEOUT, obj=wait.obj, text="join" if wait.kind is Kind.JOIN else wait.text or "sleep")
        elif error is not None or wait.kind is Kind.YIELD:
            recorder.emit(Kind.RUN)
        elif wait.kind is Kind.SLEEP:
            recorder.emit(Kind.WAKE)
        elif isinstance(self.operation, Joining):
            self.operation.tell(self.kernel)
        elif self.awaited is not None and self.awaited.done:
            recorder.emit(Kind.JOINED, obj=wait.obj)

    def _tell_stuck(self) -> None:
        """Tell who waits for what can never come: gevent finds that out by itself, and raises an exception."""
        self._tell_one_stuck(self.task, self.wait.number, self.awaited, self.wanted)
        for each in self.kernel.workers:
            if isinstance(each, Strand) and each.task is self.task and each.waiting and not each.done:
                self._tell_one_stuck(each, each.number, each.awaited, each.wanted)

    def _tell_one_stuck(
        self, worker: Task | Strand, number: int, awaited: Task | Strand | None, wanted: Owned | None
    ) -> None:
        holder = awaited or (wanted.owner if wanted is not None else None)
        self.kernel.recorder.emit(
            Kind.DEADLOCK,
            obj=number,
            value=NONE if holder is None else holder.id,
            worker=worker.id,
            frame=user_frame(sys._getframe() if worker is self.task else worker.frame()),
        )


def step_begins(kernel: Kernel) -> None:
    """Have a worker's turn be a step of its own, unless this one has nothing to tell so far."""
    if kernel.recorder.told or kernel.closing:
        kernel.point()


def tell(kernel: Kernel, wait: Wait, worker: int | None = None, frame: FrameType | None = None) -> None:
    """Tell a wait, of the worker that acts unless another one is given."""
    kernel.recorder.emit(wait.kind, obj=wait.obj, value=wait.value, text=wait.text, worker=worker, frame=frame)
