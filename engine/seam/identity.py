"""The process's number: one that is the same in every run, and that still works as an address for signals."""

import os
from typing import Final

from ..kernel.running import current_kernel
from .threads import PID

_getpid, _kill = os.getpid, os.kill
PARENT: Final = PID - 1


def getpid() -> int:
    """Return the number of the simulated process that runs now."""
    kernel = current_kernel()
    return PID if kernel is None or kernel.spaces is None else int(kernel.spaces.current.pid)


def getppid() -> int:
    """Return the parent's number; the program's own parent is the shell a person would have started it from."""
    kernel = current_kernel()
    parent = kernel.spaces.current.parent if kernel is not None and kernel.spaces is not None else None
    return PARENT if parent is None else int(parent.pid)


def kill(pid: int, number: int) -> None:
    """Send a signal; the simulated process's number stands for the real one."""
    if pid == PARENT:
        message = "a simulated program cannot signal its parent"
        raise PermissionError(message)
    _kill(_getpid() if pid == PID else pid, number)
