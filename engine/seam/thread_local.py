"""`threading.local` for tasks. The one in C belongs to the operating system's thread, which all tasks share."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Self
from weakref import WeakKeyDictionary

from ..kernel.running import current_kernel


class _Identity:
    """Stands for one `local` among a task's dictionaries, and dies with it."""

    __slots__ = ("__weakref__", "args", "kwargs")

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.args = args
        self.kwargs = kwargs


_outside: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()
"""What is set while no run goes on."""


def _dictionaries() -> MutableMapping[Any, dict[str, Any]]:
    kernel = current_kernel()
    if kernel is None or kernel.current is None:
        return _outside
    task = kernel.current
    if task.locals is None:
        task.locals = WeakKeyDictionary()
    return task.locals


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
        identity = _Identity(args, kwargs)
        object.__setattr__(self, "_local__identity", identity)
        _dictionaries()[identity] = {}
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
    dictionaries = _dictionaries()
    own = dictionaries.get(identity)
    if own is None:
        own = dictionaries[identity] = {}
        object.__setattr__(self, "__dict__", own)
        type(self).__init__(self, *identity.args, **identity.kwargs)
    object.__setattr__(self, "__dict__", own)


def _refuse_dictionary(self: local, name: str) -> None:
    if name == "__dict__":
        message = f"{type(self).__name__!r} object attribute '__dict__' is read-only"
        raise AttributeError(message)


# CPython's messages name a C type with its module, and an AttributeError is what most people see of this one.
local.__module__, local.__qualname__, local.__name__ = "_thread", "_local", "_thread._local"
