"""`threading.local` for tasks. The one in C belongs to the operating system's thread, which all tasks share."""

from __future__ import annotations

from typing import Any, Self
from weakref import WeakSet, ref

from ..kernel.running import current_kernel
from ..kernel.task import Task


class _Identity:
    """What a `local` knows: how to initialise it, and each task's dictionary.

    It is this side that has the dictionaries, and tasks have only weak references to it: so a value that refers to its
    own `local` is ordinary garbage.
    """

    __slots__ = ("__weakref__", "args", "dictionaries", "kwargs", "owner")

    def __init__(self, owner: local, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.owner = ref(owner)
        self.args = args
        self.kwargs = kwargs
        self.dictionaries: dict[Task | None, dict[str, Any]] = {}

    def of(self, task: Task | None) -> dict[str, Any] | None:
        """Return the task's dictionary, if it has one."""
        return self.dictionaries.get(task)

    def begin(self, task: Task | None) -> dict[str, Any]:
        """Give the task a new dictionary."""
        if task is not None:
            if task.locals is None:
                task.locals = WeakSet()
            task.locals.add(self)
        own = self.dictionaries[task] = {}
        return own

    def end(self, task: Task) -> None:
        """The task ends, and its values with it."""
        self.dictionaries.pop(task, None)
        owner = self.owner()
        if owner is not None:
            object.__setattr__(owner, "__dict__", {})  # it may still hold the one that has been in place last


def _task() -> Task | None:
    kernel = current_kernel()
    return None if kernel is None else kernel.current


class local:  # noqa: N801 - its name in `_thread`
    """Attributes that every task has for itself.

    Each access first puts the current task's dictionary in place. No lock is needed for that: tasks change places only
    at schedule points, and there is none between that and the look-up.
    """

    __slots__ = ("__dict__", "__weakref__", "_local__identity")

    def __new__(cls, /, *args: Any, **kwargs: Any) -> Self:
        """Make one; a subclass's `__init__` is called with the same arguments again in every task that uses it."""
        if (args or kwargs) and cls.__init__ is object.__init__:
            message = "Initialization arguments are not supported"
            raise TypeError(message)
        self = object.__new__(cls)
        identity = _Identity(self, args, kwargs)
        object.__setattr__(self, "_local__identity", identity)
        identity.begin(_task())
        return self

    def __getattribute__(self, name: str) -> Any:
        _enter(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _refuse_dictionary(self, name)
        _enter(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        _refuse_dictionary(self, name)
        _enter(self)
        object.__delattr__(self, name)


def _enter(self: local) -> None:
    identity = object.__getattribute__(self, "_local__identity")
    task = _task()
    own = identity.of(task)
    if own is None:
        own = identity.begin(task)
        object.__setattr__(self, "__dict__", own)
        type(self).__init__(self, *identity.args, **identity.kwargs)
    object.__setattr__(self, "__dict__", own)


def _refuse_dictionary(self: local, name: str) -> None:
    if name == "__dict__":
        message = f"{type(self).__name__!r} object attribute '__dict__' is read-only"
        raise AttributeError(message)


# CPython's messages name a C type with its module, and an AttributeError is what most people see of this one.
local.__module__, local.__qualname__, local.__name__ = "_thread", "_local", "_thread._local"
