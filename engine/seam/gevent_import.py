"""Importing gevent in a run: the real library, in pure Python, on the virtual loop, and gone when the run is over.

gevent is what it is on PyPy: `GEVENT_PURE_PYTHON` chooses its own Python code where it also has compiled code, which
keeps each thread's hub where the simulated threads cannot have one each, and whose classes cannot be watched. The
modules are executed anew for each run, because what `monkey.patch_all` leaves in them must not outlive it. A gevent
that the process has imported before is set aside, and put back.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Final

from .gevent_undo import Undo

_NAME: Final = "gevent"
_PURE: Final = "GEVENT_PURE_PYTHON"

_codes: dict[str, CodeType] = {}
"""The modules' code, compiled once in a process, so that a function has the same code object in every run."""


def _is_gevent(name: str) -> bool:
    return name == _NAME or name.startswith(_NAME + ".")


class _Loader(SourceFileLoader):
    """Executes a module of gevent, and has it adapted to the run."""

    def __init__(self, name: str, path: str, undo: Undo, seed: int) -> None:
        super().__init__(name, path)
        self._undo = undo
        self._seed = seed

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the module's code, the same object each time."""
        code = _codes.get(fullname) or super().get_code(fullname)
        if code is not None:
            _codes[fullname] = code
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Execute the module; the package itself in the mode that leaves its compiled code aside."""
        from .gevent_adapt import adapt

        with _environment({_PURE: "1"} if module.__name__ == _NAME else {}):
            super().exec_module(module)
        if module.__name__ == "gevent.monkey":
            self._undo.begin(module)
        adapt(module, self._seed)


class _Finder:
    """Finds gevent where it is installed, and nothing else."""

    def __init__(self, undo: Undo, seed: int) -> None:
        self._undo = undo
        self._seed = seed

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to import a module of gevent, or None for any other module."""
        spec = PathFinder.find_spec(name, path, target) if _is_gevent(name) else None
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(name, spec.loader.path, self._undo, self._seed)
        return spec


@contextlib.contextmanager
def gevent_ready(seed: int = 0) -> Iterator[None]:
    """Have the program find gevent on the virtual loop, if it imports it; leave nothing of it behind."""
    aside = _taken_out()
    undo = Undo()
    finder = _Finder(undo, seed)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        undo.finish()
        _taken_out()
        sys.modules.update(aside)


def _taken_out() -> dict[str, ModuleType]:
    """Remove gevent's modules from those that are imported, and return them."""
    return {name: sys.modules.pop(name) for name in list(sys.modules) if _is_gevent(name)}


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    saved = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in saved.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
