"""What `os` does with descriptors, for those of simulated sockets.

They can be closed, duplicated and inherited. They are no files: `os.read`, `os.write` and the rest find nothing there.
"""

from __future__ import annotations

import os
import signal
from typing import Any, Final

from . import network
from .socket_trace import hang_up
from .sockets import is_simulated

_real: Final[dict[str, Any]] = {
    name: getattr(os, name) for name in ("close", "dup", "dup2", "get_inheritable", "set_inheritable")
}


def close(fd: int) -> None:
    """Give a descriptor up."""
    if is_simulated(fd):
        hang_up(fd)
    else:
        _real["close"](fd)


def dup(fd: int, /) -> int:
    """Return another descriptor for the same end."""
    return network.current.open(network.current.find(fd)) if is_simulated(fd) else int(_real["dup"](fd))


def dup2(fd: int, fd2: int, inheritable: bool = True) -> int:
    """Have one descriptor lead where another does. A simulated one cannot lead to a real file, nor the other way."""
    if not (is_simulated(fd) or is_simulated(fd2)):
        return int(_real["dup2"](fd, fd2, inheritable))
    network.current.find(fd)
    if fd2 != fd:
        if fd2 in network.current.ends:
            hang_up(fd2)
        network.current.reopen(fd2, fd)
        set_inheritable(fd2, inheritable)
    return fd2


def get_inheritable(fd: int, /) -> bool:
    """Tell whether a child that is not started by `multiprocessing` would have the descriptor."""
    if not is_simulated(fd):
        return bool(_real["get_inheritable"](fd))
    network.current.find(fd)
    return fd in network.current.inheritable


def set_inheritable(fd: int, inheritable: int, /) -> None:
    """Say whether a child would have it."""
    if not is_simulated(fd):
        _real["set_inheritable"](fd, inheritable)
        return
    network.current.find(fd)
    (network.current.inheritable.add if inheritable else network.current.inheritable.discard)(fd)


_set_wakeup_fd = signal.set_wakeup_fd


def set_wakeup_fd(fd: int, /, *, warn_on_full_buffer: bool = True) -> int:
    """Have a byte written to a descriptor at each signal: to a simulated one none is, as signals come from outside."""
    return -1 if is_simulated(fd) else _set_wakeup_fd(fd, warn_on_full_buffer=warn_on_full_buffer)


NAMES: Final = (*_real,)
"""What stands in for the functions of the same names."""
