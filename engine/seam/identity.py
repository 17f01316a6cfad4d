"""The process's number: one that is the same in every run, and that still works as an address for signals."""

import os
from typing import Final

from .threads import PID

_getpid, _kill = os.getpid, os.kill
PARENT: Final = PID - 1


def getpid() -> int:
    """Return the simulated process's number."""
    return PID


def getppid() -> int:
    """Return the number of the shell that a person would have started the program from."""
    return PARENT


def kill(pid: int, number: int) -> None:
    """Send a signal; the simulated process's number stands for the real one."""
    if pid == PARENT:
        message = "a simulated program cannot signal its parent"
        raise PermissionError(message)
    _kill(_getpid() if pid == PID else pid, number)


def raise_signal(number: int) -> None:
    """Send a signal to this process."""
    _kill(_getpid(), number)
