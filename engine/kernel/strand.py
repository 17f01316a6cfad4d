"""A strand: a worker inside a task, whose turns the program's own library deals out and not the strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ...trace.events import NONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from .task import Operation, Task


class Owned(Protocol):
    """What a strand may wait for and somebody may have: a lock of its library."""

    @property
    def owner(self) -> Task | Strand | None:
        """Who has it."""


class Strand:
    """A coroutine, greenlet or generator. It acts while its task runs and has made it `task.strand`."""

    __slots__ = (
        "awaited",
        "done",
        "failed",
        "id",
        "name",
        "number",
        "operations",
        "task",
        "waiting",
        "wanted",
        "where",
    )

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
        self.waiting = False
        """Whether it waits for something that only another worker can bring about; its library keeps this."""
        self.number = NONE
        """The object it waits for."""
        self.wanted: Owned | None = None
        """The same, where somebody may have it."""
        self.awaited: Task | Strand | None = None
        """The worker whose end it waits for."""
        self.where: Callable[[], FrameType | None] = lambda: None
        """Returns the frame it is suspended in, if its library can tell."""

    @property
    def born_daemon(self) -> bool:
        """Whether the program ends without waiting for the thread that it runs in."""
        return self.task.born_daemon

    def wait(self, *, number: int = NONE, wanted: Owned | None = None, awaited: Task | Strand | None = None) -> None:
        """Note that it waits: for the object of that number, which somebody may have, or for another worker's end."""
        self.waiting, self.number, self.wanted, self.awaited = True, number, wanted, awaited

    def go_on(self) -> None:
        """Note that it has waited for the last time, or has its turn."""
        self.waiting, self.number, self.wanted, self.awaited = False, NONE, None, None

    def frame(self) -> FrameType | None:
        """Return the frame it is suspended in, or None if that is not known."""
        return None if self.done else self.where()

    def __repr__(self) -> str:
        return f"<Strand {self.id} {self.name!r} of {self.task!r}>"
