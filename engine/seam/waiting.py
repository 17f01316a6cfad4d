"""Waiting for anything that is not a lock: a message, a permit of another process, a process's end."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...trace.events import NONE
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from ..kernel.task import Task


class Gate:
    """Something that tasks wait at until a condition holds. Whoever makes it true calls `wake`."""

    __slots__ = ("competitors", "number", "owner", "sentinel")

    def __init__(self) -> None:
        self.competitors: list[Task] = []
        self.owner: Task | None = None
        self.number = NONE
        self.sentinel: Task | None = None

    def wake(self) -> None:
        """Let everyone who waits here look again."""
        kernel = current_kernel()
        if kernel is not None:
            kernel.ready.add_all([each for each in self.competitors if not each.done])  # not of an ended process

    def enter(self, task: Task, condition: Callable[[], bool]) -> None:  # noqa: ARG002 - here everybody is woken
        """Let `task` be woken from now on; it waits for `condition()`."""
        self.competitors.append(task)

    def leave(self, task: Task) -> None:
        """Let `task` be woken no longer."""
        self.competitors.remove(task)

    def wait(self, condition: Callable[[], bool], patience: int | None = None) -> bool:
        """Block the current task until `condition()`, at most `patience` nanoseconds. Returns whether it holds."""
        return wait_at([self], condition, patience)


def wait_at(
    gates: Iterable[Gate], condition: Callable[[], bool], patience: int | None = None, *, gives_up: bool = True
) -> bool:
    """Block the current task at several gates at once, until `condition()` or for `patience` nanoseconds.

    Returns whether the condition holds. The trace tells the wait as one on the first gate, and with `gives_up` its
    running out as a failure.
    """
    if condition() or patience == 0:
        return condition()
    kernel = current_kernel()
    assert kernel is not None
    assert kernel.current is not None
    return _block(kernel, kernel.current, list(gates), condition, patience, gives_up=gives_up)


def _block(
    kernel: Kernel,
    task: Task,
    gates: list[Gate],
    condition: Callable[[], bool],
    patience: int | None,
    *,
    gives_up: bool,
) -> bool:
    first = gates[0] if gates else Gate()
    kernel.compete(task, first, patience)
    for gate in gates:
        gate.enter(task, condition)
    try:
        while not condition() and not task.timed_out:
            kernel.begin_wait(task)
            kernel.block()
    finally:
        for gate in gates:
            gate.leave(task)
        held = condition()
        if gives_up and not held and not kernel.closing:
            kernel.recorder.timeout(task, first)
        kernel.end_wait(task)
    return held
