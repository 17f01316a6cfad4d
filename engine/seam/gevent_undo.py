"""Taking back what gevent's monkey-patching did to the standard library, when the run is over."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel


class Undo:
    """Remembers how things were before `gevent.monkey` could change them."""

    def __init__(self) -> None:
        self._saved: Mapping[str, Mapping[str, Any]] = {}
        self._locks: list[tuple[logging.Handler, Any]] = []
        self._register = os.register_at_fork

    def begin(self, monkey: ModuleType) -> None:
        """`gevent.monkey` has been imported: it keeps what it replaces, and all of that will be put back."""
        self._saved = monkey.saved
        handlers = [reference() for reference in logging._handlerList]  # type: ignore[attr-defined]
        self._locks = [(handler, handler.lock) for handler in handlers if handler is not None]
        kernel = current_kernel()
        assert kernel is not None
        os.register_at_fork = _while(kernel, self._register)

    def finish(self) -> None:
        """Put everything back."""
        os.register_at_fork = self._register
        for name, values in self._saved.items():
            module = sys.modules.get(name)
            if module is not None:
                vars(module).update(values)
        for handler, lock in self._locks:
            handler.lock = lock


def _while(kernel: Kernel, register: Callable[..., None]) -> Callable[..., None]:
    """Return an `os.register_at_fork` for one run. What is registered with the real one stays for ever."""

    def register_at_fork(**functions: Callable[[], object]) -> None:
        register(**{when: _only(kernel, function) for when, function in functions.items()})

    return register_at_fork


def _only(kernel: Kernel, function: Callable[[], object]) -> Callable[[], object]:
    return lambda: function() if current_kernel() is kernel else None
