"""Simulated processes as address spaces: each has its own modules and its own books on threads and children.

All tasks live in one real process. What a process has for itself is therefore kept in a `Space` and put in place
whenever control passes to one of its tasks: the program's own modules in `sys.modules`, and the module-level variables
in which `threading`, `concurrent.futures` and `multiprocessing` keep their state. Modules of the standard library and
of installed packages are shared, as their code is; what a program stores in them is shared too, which it would not be
between real processes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..record.frames import is_own_file
from .threads import PID

if TYPE_CHECKING:
    from ..kernel.task import Task

_PACKAGE = __name__.partition(".")[0]

Variable = tuple[Any, str, Any]
"""A module or class, the name of a variable in it, and its value in a new process."""


class Space:
    """One simulated process."""

    def __init__(
        self, number: int, parent: Space | None, root: str, variables: Iterable[Variable], shared: dict[str, object]
    ) -> None:
        self.number = number
        self.parent = parent
        self.main: Task | None = None
        """The task of its main thread."""
        self.status: int | None = None
        """How it ended: an exit status, or minus the number of the signal that ended it."""
        self.switch_interval: int | None = None
        """Nanoseconds that a thread may keep the GIL from others, where the program has set it."""
        self.started: list[Task] = []
        """Tasks that were started in it: its threads, but for the main one, and its children's main threads."""
        self.bereaved = False
        """Whether a child of it has ended since it last asked which ones have."""
        self._root = root
        self._shared = shared
        """Modules that all processes share, as far as they are known."""
        self._values = {(owner, name): value for owner, name, value in variables}
        self._modules: dict[str, ModuleType] = {}
        self._seen = 0

    @property
    def pid(self) -> int:
        """Its process number."""
        return PID + 1000 * self.number

    def own(self, variables: Iterable[Variable]) -> None:
        """Count the variables as this process's; `leave` takes their values as they are."""
        self._values = dict.fromkeys((owner, name) for owner, name, _ in variables)

    def leave(self) -> None:
        """Another process runs next: keep what is this one's."""
        for owner, name in self._values:
            self._values[owner, name] = getattr(owner, name)
        if len(sys.modules) != self._seen:
            shared = self._shared
            self._modules = {
                name: module
                for name, module in sys.modules.items()
                if shared.get(name) is not module and self._owns(name, module)
            }
        for name in self._modules:
            sys.modules.pop(name, None)

    def enter(self) -> None:
        """This process runs next: put in place what is its own."""
        for (owner, name), value in self._values.items():
            setattr(owner, name, value)
        sys.modules.update(self._modules)
        self._seen = len(sys.modules)

    def _owns(self, name: str, module: object) -> bool:
        if name in {"__main__", "__mp_main__"}:
            return True
        if self._is_the_programs(name, getattr(module, "__file__", None)):
            return True
        self._shared[name] = module
        return False

    def _is_the_programs(self, name: str, path: object) -> bool:
        if not isinstance(path, str) or not self._root:
            return False
        if name.partition(".")[0] == _PACKAGE or not path.startswith(self._root + os.sep):
            return False
        return is_own_file(path)  # the library too may lie somewhere below the program's folder


class Spaces:
    """All processes of one run. The first is the program's own; `root` is the folder of its own modules."""

    def __init__(self, root: str, variables: Callable[[], Iterable[Variable]]) -> None:
        self._root = root
        self._variables = variables
        self._shared: dict[str, object] = {}
        self.current = Space(0, None, root, (), self._shared)
        self.all = [self.current]

    def new(self) -> Space:
        """Make a process that is a child of the current one."""
        variables = list(self._variables())
        self.all[0].own(variables)
        space = Space(len(self.all), self.current, self._root, variables, self._shared)
        self.all.append(space)
        return space

    def switch(self, space: Space) -> None:
        """Have the interpreter be in that process from now on."""
        self.current.leave()
        self.current = space
        space.enter()

    def by_pid(self, pid: int) -> Space | None:
        """Return the process of that number, or None if it is none of this run's."""
        return next((space for space in self.all if space.pid == pid), None)
