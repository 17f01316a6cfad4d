"""The GIL of a process, or the cores of the machine: so many threads may have a turn at once, and the others wait.

Like a released lock, a place that becomes free is handed to nobody: whoever waits for it is able to run again, and the
next one that the strategy chooses takes it. Only the thread that has just given it up for the others is not among
them, as in CPython (`FORCE_SWITCHING` in `ceval_gil.c`).
"""

from __future__ import annotations

from types import FrameType
from typing import TYPE_CHECKING

from ...trace.events import NONE, Kind
from ..kernel.ready import Crowd

if TYPE_CHECKING:
    from ..kernel.kernel import Kernel
    from ..kernel.task import Task


class Turns:
    """Places that threads compute in: the one of a GIL, or as many as there are cores."""

    def __init__(self, kernel: Kernel, kind: str, places: int) -> None:
        self._kernel = kernel
        self._kind = kind
        self._places = places
        self._number = NONE
        self.holders: dict[Task, None] = {}
        """Who has a turn, longest first."""
        self.waiters: dict[Task, int] = {}
        """Who waits for one and since when, longest first."""
        self._crowd = Crowd()

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return self._places - len(self.holders)

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for whom there is no place."""
        return len(self.waiters) > self.free

    def queue(self, task: Task, frame: FrameType | None) -> None:
        """Note that a task waits for a turn from now on."""
        self.waiters[task] = self._kernel.now
        self._kernel.ready.join(self._crowd, task)
        self._tell(Kind.WAIT, task, NONE, "run", frame)

    def take(self, task: Task, frame: FrameType | None) -> None:
        """Give the current task a place that is free. Whoever still waits when none is left cannot run for now."""
        ready = self._kernel.ready
        if self.waiters.pop(task, None) is not None:
            ready.leave(self._crowd, task)
            ready.add(task)
        self.holders[task] = None
        self._tell(Kind.ACQUIRE, task, self.free if self._kind == "CPU" else 1, "", frame)
        if not self.free:
            ready.disable(self._crowd)

    def leave(self, task: Task, frame: FrameType | None = None) -> None:
        """Take its place from a task that has one: whoever waits for one may run."""
        del self.holders[task]
        self._tell(Kind.RELEASE, task, self.free if self._kind == "CPU" else 0, "", frame)
        self._kernel.ready.enable(self._crowd)

    def forget(self, task: Task) -> None:
        """Do without a task that is no more, though it waited: those it kept from going on may run."""
        if self.waiters.pop(task, None) is None:
            return
        ready = self._kernel.ready
        ready.leave(self._crowd, task)
        if self.free and not self._crowd.enabled:
            ready.enable(self._crowd)

    def _tell(self, kind: Kind, task: Task, value: int, text: str, frame: FrameType | None) -> None:
        """Tell it of the thread: a worker inside it has no turn of its own."""
        recorder = self._kernel.recorder
        if self._number == NONE:
            self._number = recorder.objects.declare(self, self._kind, capacity=self._places, named=False)
        recorder.emit(kind, obj=self._number, value=value, text=text, worker=task.id, frame=frame)
