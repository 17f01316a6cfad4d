"""Paths of local sockets: each is a node that stays until it is unlinked, in memory instead of in the file system."""

from __future__ import annotations

import errno
import os
import stat as modes
from typing import Any, Final

from . import network
from .ends import refusal
from .network import in_run

_real: Final[dict[str, Any]] = {name: getattr(os, name) for name in ("unlink", "remove", "stat", "lstat")}
_LOOK: Final = os.stat_result((modes.S_IFSOCK | 0o755, *[0] * 9))


def check(path: str) -> None:
    """Raise OSError if no socket can be bound to a path: it is taken, or its folder is not there."""
    if _is_taken(path) or os.path.lexists(path):
        raise refusal(errno.EADDRINUSE)
    if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
        raise refusal(errno.ENOENT)


def _is_taken(path: Any) -> bool:
    if not network.current.paths or not in_run() or isinstance(path, int):
        return False
    return os.path.abspath(os.fsdecode(path)) in network.current.paths


def unlink(path: Any, *, dir_fd: int | None = None) -> None:
    """Remove a file, or the name of a simulated socket; who is connected to it stays so."""
    if dir_fd is None and _is_taken(path):
        network.current.paths.discard(os.path.abspath(os.fsdecode(path)))
    else:
        _real["unlink"](path, dir_fd=dir_fd)


def stat(path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
    """Return what is known of a file, or that a path is a simulated socket's."""
    if dir_fd is None and _is_taken(path):
        return _LOOK
    found: os.stat_result = _real["stat"](path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)
    return found


def lstat(path: Any, *, dir_fd: int | None = None) -> os.stat_result:
    """Return what is known of a file that may be a link."""
    return stat(path, dir_fd=dir_fd, follow_symlinks=False)


remove = unlink

NAMES: Final = (*_real,)
"""What stands in for the functions of the same names."""
