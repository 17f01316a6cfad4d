"""A program's values as short text, without addresses and without giving its code a chance to run for long."""

from __future__ import annotations

import contextvars
import functools
import re
import reprlib
from collections.abc import Sequence
from typing import Final

from ..kernel.kernel import Kernel

LENGTH: Final = 120
"""Characters of a value that a trace keeps."""

_ADDRESS: Final = re.compile(r" at 0x[0-9a-fA-F]+")
_short: Final = reprlib.Repr()
_short.maxstring = _short.maxother = _short.maxlong = LENGTH
_short.maxlist = _short.maxtuple = _short.maxdict = _short.maxset = _short.maxdeque = 8


def shown(kernel: Kernel, value: object) -> str:
    """Return `repr(value)`, shortened. Addresses are left out, because they differ from run to run.

    A `__repr__` of the program's own runs without schedule points, and one that fails is named instead.
    """
    kernel.frozen += 1
    try:
        text = _short.repr(value)
    except Exception:  # noqa: BLE001 - a stranger's __repr__
        text = f"<{type(value).__qualname__}>"
    finally:
        kernel.frozen -= 1
    text = _ADDRESS.sub("", text)
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def _inner(
    function: object, args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[object, tuple[object, ...], dict[str, object]]:
    """Look through `functools.partial` and `Context.run`, which `asyncio.to_thread` wraps a call in."""
    while True:
        if isinstance(function, functools.partial):
            args, kwargs, function = (*function.args, *args), {**function.keywords, **kwargs}, function.func
        elif isinstance(getattr(function, "__self__", None), contextvars.Context) and args:
            function, *rest = args
            args = tuple(rest)
        else:
            return function, args, kwargs


def call_text(kernel: Kernel, function: object, args: tuple[object, ...], kwargs: dict[str, object]) -> str:
    """Return a call as a program would write it: "task(3, size=2)"."""
    function, args, kwargs = _inner(function, args, kwargs)
    name = str(getattr(function, "__name__", None) or type(function).__name__)
    parts = [shown(kernel, value) for value in args]
    parts += [f"{key}={shown(kernel, value)}" for key, value in kwargs.items()]
    text = f"{name}({', '.join(parts)})"
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def chunk_text(kernel: Kernel, function: object, chunk: Sequence[tuple[object, ...]]) -> str:
    """Return the calls of a function that `map` hands over together: the only one, or the first and the last."""
    first, last = (call_text(kernel, function, chunk[place], {}) for place in (0, -1))
    return first if len(chunk) == 1 else f"{first} … {last}"
