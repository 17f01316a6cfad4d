"""asyncio in pure Python, in the place of the one that is half in C, for the time of a run.

CPython's `asyncio` has `Task` and `Future` twice: in Python, and in C (`_asyncio`) for speed. Nobody can watch the ones
in C. Without `_asyncio` the package is whole, and does the same: so in a run it is imported without. Few programs use
it, and so that happens when the first one imports it. The copy stays for later runs in the same process, beside the
real one, which the other threads and the time between runs have.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any, Final

from .lock_base import uncounted

NAME: Final = "asyncio"
_IN_C: Final = "_asyncio"

_copy: dict[str, ModuleType] = {}
"""The pure package and its modules, once they have been imported."""


def imported() -> dict[str, ModuleType]:
    """Return the modules of the pure package by name; none before a run's program has imported it."""
    return _copy


def _mine() -> list[str]:
    return [name for name in sys.modules if name == NAME or name.startswith(f"{NAME}.")]


def _hide_c() -> None:
    sys.modules[_IN_C] = None  # type: ignore[assignment] # which makes its import fail


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the package without its part in C, and then tells so."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then
        self._real: Any = None

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for `asyncio` itself, once."""
        if fullname != NAME or self._real is not None:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return None
        self._real = spec.loader
        spec.loader = self
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Leave that to the import system."""

    def exec_module(self, module: ModuleType) -> None:
        """Execute the package as it is, and note what came of it."""
        _hide_c()
        assert module.__spec__ is not None
        module.__loader__ = module.__spec__.loader = self._real
        with uncounted():
            self._real.exec_module(module)
        _copy.update((name, sys.modules[name]) for name in _mine())
        self._then()


@contextlib.contextmanager
def in_place(then: Callable[[], None]) -> Iterator[None]:
    """Have `import asyncio` find the pure package. `then` is called as soon as there is one."""
    real = {name: sys.modules.pop(name) for name in [*_mine(), _IN_C] if name in sys.modules}
    finder = _Finder(then)
    if _copy:
        sys.modules.update(_copy)
        _hide_c()
        then()
    else:
        sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)
        if _copy:
            _copy.update((name, sys.modules[name]) for name in _mine())
        for name in [*_mine(), _IN_C]:
            sys.modules.pop(name, None)
        sys.modules.update(real)
