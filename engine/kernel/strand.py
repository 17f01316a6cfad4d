"""A strand: a worker inside a task, whose turns the program's own library deals out and not the strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from .task import Operation, Task


class Strand:
    """A coroutine, greenlet or generator. It acts while its task runs and has made it `task.strand`."""

    __slots__ = ("done", "failed", "id", "name", "operations", "task")

    def __init__(self, number: int, name: str, task: Task) -> None:
        self.id = number
        """The worker's number in the trace; tasks and strands are numbered together, in the order of starting."""
        self.name = name
        self.task = task
        """The thread that it runs in."""
        self.done = False
        self.failed = False
        """Whether an uncaught exception ended it."""
        self.operations: list[Operation] = []
        """Public operations it is inside of, innermost last."""

    def frame(self) -> FrameType | None:
        """Return None: where it stands is known to its library alone."""
        return None

    def __repr__(self) -> str:
        return f"<Strand {self.id} {self.name!r} of {self.task!r}>"
