"""A task: one thread of control of the simulated program."""

from __future__ import annotations

from collections.abc import Callable, MutableSet
from typing import TYPE_CHECKING, Any, Final, Protocol

from greenlet import greenlet

from ...trace.events import NONE

if TYPE_CHECKING:
    from types import FrameType

    from .kernel import Kernel
    from .strand import Strand


_FIRST_IDENT: Final = 140_000_000_000_000
_IDENT_STRIDE: Final = 4096


def number_of(ident: int) -> int:
    """Return the number of the task with that identity."""
    return (ident - _FIRST_IDENT) // _IDENT_STRIDE


def ident_of(number: int) -> int:
    """Return the identity of the worker of that number: like CPython's on Linux, but the same in every run."""
    return _FIRST_IDENT + _IDENT_STRIDE * number


class Lockable(Protocol):
    """What the kernel knows of a lock: who holds it, what to call it in a trace, whose end it stands for."""

    owner: Task | None
    number: int
    sentinel: Task | None


class LifeLock(Protocol):
    """A lock that stands for a task's life: it is held until the task has ended."""

    def release_by_kernel(self, kernel: Kernel) -> None:
        """Free it, now that the task has ended."""


class Operation(Protocol):
    """A public operation in progress: the name and object a wait is explained with."""

    @property
    def verb(self) -> str:
        """What the program calls it: "acquire", "wait", "get"."""

    @property
    def number(self) -> int:
        """The object it acts on."""


class Task:
    """One simulated thread: a greenlet, and what the scheduler must know of it.

    Greenlets of all tasks have the hub as their parent, so that a task that ends returns to the hub and not into the
    task that happened to start it.
    """

    __slots__ = (
        "asyncgen_hooks",
        "awaited",
        "began_wait",
        "born_daemon",
        "deadline",
        "done",
        "enabled",
        "failed",
        "greenlet",
        "id",
        "locals",
        "lock",
        "name",
        "operations",
        "patience",
        "ready_since",
        "resume",
        "sentinel",
        "space",
        "strand",
        "timed_out",
        "timer",
        "untraced",
    )

    def __init__(self, number: int, name: str, *, daemon: bool) -> None:
        self.id = number
        """From 0, in the order of starting, dense together with the strands; also the worker's number in the trace."""
        self.name = name
        self.born_daemon = daemon
        self.greenlet: greenlet
        """Where it began; it has ended when this one has."""
        self.resume: greenlet
        """Where it goes on: a library in it may have greenlets of its own, and wait in one of those."""
        self.strand: Strand | None = None
        """The worker inside it that acts now, if any."""
        self.done = False
        self.enabled = False
        """Whether the strategy may choose it; `ReadySet` keeps this."""
        self.failed = False
        """Whether an uncaught exception ended it."""
        self.lock: Lockable | None = None
        """The lock it wants and competes for, if any."""
        self.patience: int | None = None
        """Nanoseconds it will wait for `lock`, or None for ever."""
        self.began_wait = False
        """Whether the trace says that it waits."""
        self.awaited: Task | Strand | None = None
        """The worker whose end it waits for."""
        self.deadline: int = NONE
        self.timed_out = False
        self.timer = 0
        """Generation of its timer; a timer of an earlier generation is void."""
        self.operations: list[Operation] = []
        """Public operations it is inside of, innermost last."""
        self.ready_since = 0
        self.space: object = None
        """The simulated process it belongs to."""
        self.sentinel: list[LifeLock] = []
        """Locks to release when it has ended; `Thread.join` waits on one."""
        self.locals: MutableSet[Any] | None = None
        """What each `threading.local` that it has used knows of it. Its values end with it."""
        self.asyncgen_hooks: tuple[Callable[[Any], None] | None, Callable[[Any], None] | None] = (None, None)
        """What its event loop wants to know of asynchronous generators, as `sys.set_asyncgen_hooks` has it."""
        self.untraced = False
        """Whether its lines are not recorded for now, because there were too many since its last schedule point."""

    @property
    def ident(self) -> int:
        """What `threading.get_ident` returns in it."""
        return ident_of(self.id)

    @property
    def acting(self) -> Task | Strand:
        """The worker that acts while this task runs: the strand in it that has its turn, or itself."""
        return self.strand or self

    def forget_locals(self) -> None:
        """End its thread-local values."""
        for each in tuple(self.locals or ()):
            each.end(self)

    def frame(self) -> FrameType | None:
        """Return the frame it is suspended in, or None if it runs, has not begun or has ended."""
        return self.resume.gr_frame

    def __repr__(self) -> str:
        return f"<Task {self.id} {self.name!r}>"
