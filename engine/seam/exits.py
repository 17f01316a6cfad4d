"""`atexit` for one run: what the program registers is called at the end of the run, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from greenlet import GreenletExit

from .unraisable import report

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
                report(error, "in atexit callback", function)
        self._callbacks.clear()
