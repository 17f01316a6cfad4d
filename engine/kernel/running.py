"""Which run goes on: the seam stands in for functions that take no kernel, and asks here."""

from __future__ import annotations

import _thread
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .kernel import Kernel

thread_number = _thread.get_ident
"""The operating system's number of the current thread, taken before the seam puts its own function in its place."""

_running: Kernel | None = None


def current_kernel() -> Kernel | None:
    """Return the kernel whose run is going on in this thread of the operating system, if any.

    Other threads of the process (a test runner's, say) are no part of the run: the seam serves them the real thing.
    """
    kernel = _running
    return kernel if kernel is not None and kernel.thread == thread_number() else None


def is_foreign() -> bool:
    """Tell whether a run goes on in this process, but in another thread of the operating system than this one."""
    return _running is not None and _running.thread != thread_number()


@contextlib.contextmanager
def running(kernel: Kernel) -> Iterator[None]:
    """Make `kernel` the one whose run goes on."""
    global _running  # noqa: PLW0603 - the seam must find the kernel without an argument
    previous, _running = _running, kernel
    try:
        yield
    finally:
        _running = previous
