"""`atexit` for one run: what the program registers is called at the end of the run, and nothing else is."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from greenlet import GreenletExit

from ..record.tracebacks import clean

Callback = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Exits:
    """The run's own list of callbacks. The real one belongs to the process, and cannot be set aside and put back."""

    def __init__(self) -> None:
        self._callbacks: list[Callback | None] = []

    def register(self, function: object, /, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        """Call `function` at the end. Raises TypeError, with CPython's words, if it cannot be called."""
        if not callable(function):
            message = "the first argument must be callable"
            raise TypeError(message)
        self._callbacks.append((function, args, kwargs))
        return function

    def unregister(self, function: Callable[..., Any], /) -> None:
        """Forget every registration of `function`."""
        self._callbacks = [each if each is None or each[0] != function else None for each in self._callbacks]

    def clear(self) -> None:
        """Forget everything that was registered."""
        self._callbacks.clear()

    def count(self) -> int:
        """Return how many calls are registered."""
        return sum(each is not None for each in self._callbacks)

    def run(self) -> None:
        """Make the calls, last one first. What they register in turn is forgotten, as in CPython."""
        for index in reversed(range(len(self._callbacks))):
            callback = self._callbacks[index]
            if callback is None:
                continue
            function, args, kwargs = callback
            try:
                function(*args, **kwargs)
            except GreenletExit:  # the run is being cleared away
                raise
            except BaseException as error:  # noqa: BLE001 - SystemExit too, as in CPython
                _report(function, error)
        self._callbacks.clear()


def _report(function: Callable[..., Any], error: BaseException) -> None:
    """Say that a callback failed, through the program's own hook if it has one."""
    clean(error)
    if sys.unraisablehook is not sys.__unraisablehook__:
        reason = "Exception ignored in atexit callback"
        error_of_callback: Any = SimpleNamespace(
            exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__, err_msg=reason, object=function
        )
        sys.unraisablehook(error_of_callback)
        return
    where = f" {function!r}:" if sys.version_info >= (3, 13) else f": {function!r}"
    lines = traceback.format_exception(error)
    print(f"Exception ignored in atexit callback{where}\n", *lines, sep="", end="", file=sys.stderr)
