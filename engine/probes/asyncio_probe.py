"""Probes for asyncio: its operations wait inside a task, so what a task is doing outlives any one turn of it.

Between two of its awaits nobody comes between a coroutine and the loop, and so none of these is a schedule point.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from types import CodeType, FrameType
from typing import Any, Final, NamedTuple

from ...trace.events import NONE
from ..kernel.running import current_kernel
from ..kernel.strand import Owned
from ..record.callers import is_users_call
from .probe import Call, Failed, Label, Told


class Doing(NamedTuple):
    """An operation that a task is inside of, and what is needed to tell its wait."""

    verb: str
    number: int = NONE
    closed: bool = False
    """Whether the library works with its own locks inside it, of which the trace does not speak."""
    wanted: Owned | None = None
    """The object, where somebody may have it."""
    until: int = NONE
    """Of a sleep: virtual nanoseconds when it ends."""
    deadline: int = NONE
    """When it gives up by itself."""
    members: Callable[[], Iterable[Any]] | None = None
    """Returns the futures that it waits for, all of them."""


class Callers:
    """Code of the library that uses its own primitives on the user's behalf, by identity."""

    def __init__(self) -> None:
        self._codes: dict[int, CodeType] = {}

    def add(self, function: Callable[..., Any]) -> None:
        """Have what this function calls count as the user's."""
        code = function.__code__
        self._codes[id(code)] = code

    def __contains__(self, frame: FrameType) -> bool:
        return id(frame.f_code) in self._codes


HELPERS: Final = Callers()
"""`async with lock`, and a condition that gives its lock back and takes it again."""

AWAITERS: Final = Callers()
"""What awaits the coroutines that the user has made: tasks, and time-outs."""


def entered(
    thing: Any, args: tuple[Any, ...], kwargs: dict[str, Any], frame: FrameType, *, awaits: bool
) -> Call | None:
    """Return the call as one to tell, or None: it is the library's own, or no run goes on."""
    kernel = current_kernel()
    if kernel is None or kernel.current is None or kernel.closing or kernel.frozen:
        return None
    if not (is_users_call(frame) or frame in HELPERS or (awaits and frame in AWAITERS)):
        return None
    if any(getattr(each, "closed", False) for each in kernel.current.acting.operations):
        return None
    return Call(kernel, thing, args, kwargs, frame)


class doing:  # noqa: N801 - a context manager
    """Have the worker that acts be inside of an operation."""

    def __init__(self, operation: Doing) -> None:
        self._operation = operation
        kernel = current_kernel()
        assert kernel is not None
        assert kernel.current is not None
        self._operations = kernel.current.acting.operations

    def __enter__(self) -> None:
        self._operations.append(self._operation)

    def __exit__(self, *_: object) -> None:
        self._operations.remove(self._operation)


class Step(NamedTuple):
    """A method that does not wait."""

    owner: type
    method: str
    label: Label
    told: Told
    failed: Failed | None = None
    before: Callable[[Call], None] | None = None

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method that takes the place of `original`."""
        label, told, failed, before = self.label, self.told, self.failed, self.before

        @functools.wraps(original)
        def method(thing: Any, /, *args: Any, **kwargs: Any) -> Any:
            call = entered(thing, args, kwargs, sys._getframe(1), awaits=False)
            if call is None:
                return original(thing, *args, **kwargs)
            call.number = label(call)
            if before is not None:
                before(call)
            try:
                result = original(thing, *args, **kwargs)
            except BaseException as error:
                if failed is not None:
                    failed(call, error)
                raise
            told(call, result)
            return result

        return method


class Await(NamedTuple):
    """A coroutine method, which may wait."""

    owner: type
    method: str
    verb: str
    label: Label
    told: Told
    failed: Failed | None = None
    closed: bool = False
    wanted: Callable[[Any], Owned] | None = None

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method that takes the place of `original`."""
        verb, label, told, failed, closed, wanted = self[2:]

        @functools.wraps(original)
        async def method(thing: Any, /, *args: Any, **kwargs: Any) -> Any:
            call = entered(thing, args, kwargs, sys._getframe(1), awaits=True)
            if call is None:
                return await original(thing, *args, **kwargs)
            call.number = label(call)
            operation = Doing(verb, call.number, closed, None if wanted is None else wanted(thing))
            del call.frame  # it would keep itself alive while this waits
            try:
                with doing(operation):
                    result = await original(thing, *args, **kwargs)
            except BaseException as error:
                call.frame = sys._getframe(1)
                if failed is not None and not call.kernel.closing:
                    failed(call, error)
                raise
            call.frame = sys._getframe(1)
            told(call, result)
            return result

        return method
