"""Gates for what many wait for in different ways: some for data, some for room, some for any of several sockets."""

from __future__ import annotations

from collections.abc import Callable

from ..kernel.running import current_kernel
from ..kernel.task import Task
from .waiting import Gate


class Door(Gate):
    """A gate that lets go on only those whose condition holds, and holds up again whoever came too late."""

    __slots__ = ("_conditions", "followers")

    def __init__(self) -> None:
        super().__init__()
        self.followers: list[Callable[[], None]] = []
        """Called at each change: an event loop's, which looks at many sockets and waits elsewhere."""
        self._conditions: list[tuple[Task, Callable[[], bool]]] = []

    def enter(self, task: Task, condition: Callable[[], bool]) -> None:
        """Let `task` go on when `condition()` holds."""
        super().enter(task, condition)
        self._conditions.append((task, condition))

    def leave(self, task: Task) -> None:
        """`task` waits here no longer."""
        super().leave(task)
        self._conditions = [each for each in self._conditions if each[0] is not task]

    def wake(self) -> None:
        """Look again at all conditions, since something has changed."""
        kernel = current_kernel()
        if kernel is None:
            return
        for follower in self.followers:
            follower()
        for task, condition in self._conditions:
            if task.done:  # with its process
                continue
            if condition():
                kernel.ready.add(task)
            elif task is not kernel.current and not task.timed_out:
                kernel.ready.discard(task)
