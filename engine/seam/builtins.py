"""Functions that behave like those in C, in whose place they are put.

A function in C that a class has as an attribute does not become a method: with `clock = time.monotonic` in a class,
`self.clock()` works. A function in Python would be called with `self`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any


def stand_in(owner: object, original: object, value: Any) -> Any:
    """Return what to put in the place of `original`: `value`, as a built-in function if `original` is one."""
    if isinstance(original, BuiltinFunctionType) and isinstance(value, FunctionType) and isinstance(owner, ModuleType):
        # One that is made for a run is no part of a module, and would be kept for ever.
        return value if value.__closure__ else _builtin(value, original.__name__, original.__module__)
    return value


@functools.cache
def _builtin(function: Callable[..., Any], name: str, module: str) -> Any:
    """Return an object that calls `function`, without a frame of its own, and is pickled by its name."""
    kind = type(
        "builtin_function_or_method",
        (),
        {
            "__module__": module,
            "__doc__": function.__doc__,
            "__call__": staticmethod(function),
            "__reduce__": lambda _self: name,
            "__repr__": lambda _self: f"<built-in function {name}>",
        },
    )
    made = kind()
    made.__name__ = made.__qualname__ = name
    return made
