"""What a probe is: a method of the standard library, wrapped to be one step and to tell what it did."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

from ...trace.events import NONE, Kind
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from ..kernel.task import Task
from ..record.callers import is_users_call


class InProgress(NamedTuple):
    """An operation that a task is inside of and that is no call of a probed method."""

    verb: str
    number: int


class Call:
    """One call of a probed method, for the functions that label its object and tell its end.

    It is also the operation that the worker is inside of while the method runs.
    """

    __slots__ = ("args", "frame", "kernel", "kwargs", "number", "task", "thing", "verb")

    def __init__(
        self,
        kernel: Kernel,
        thing: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        frame: FrameType,
        *,
        verb: str = "",
    ) -> None:
        self.kernel = kernel
        self.verb = verb
        self.thing = thing
        self.args = args
        self.kwargs = kwargs
        self.frame = frame
        assert kernel.current is not None
        self.task: Task = kernel.current
        self.number = NONE

    def emit(self, kind: Kind, *, obj: int | None = None, value: int = NONE, text: str = "") -> None:
        """Record an event about this call's object, at the line that called it."""
        self.kernel.recorder.emit(
            kind, obj=self.number if obj is None else obj, value=value, text=text, frame=self.frame
        )

    def argument(self, position: int, name: str, default: Any = None) -> Any:
        """Return an argument, however it was passed."""
        if len(self.args) > position:
            return self.args[position]
        return self.kwargs.get(name, default)


Label = Callable[[Call], int]
Told = Callable[[Call, Any], None]
Failed = Callable[[Call, BaseException], None]


class Probe(NamedTuple):
    """Which method to wrap, and how."""

    owner: type
    method: str
    verb: str
    label: Label
    """Number the object that the trace speaks of."""
    told: Told | None = None
    """Tell the result."""
    failed: Failed | None = None
    """Tell the exception."""
    point: bool = True
    """Whether a schedule point stands before it."""
    forced: bool = False
    """Whether it also counts when the library calls it, outside any other operation."""
    before: Callable[[Call], None] | None = None
    """Called after the schedule point, before the method."""

    def wrap(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return the method that takes the place of `original`."""
        verb, label, told, failed = self.verb, self.label, self.told, self.failed
        point, forced, before = self.point, self.forced, self.before

        @functools.wraps(original)
        def method(thing: Any, /, *args: Any, **kwargs: Any) -> Any:
            kernel = current_kernel()
            if kernel is None or kernel.current is None or kernel.closing or kernel.frozen:
                return original(thing, *args, **kwargs)
            frame = sys._getframe(1)
            task = kernel.current
            if not is_users_call(frame, thing) and not (forced and not task.acting.operations):
                return original(thing, *args, **kwargs)
            call = Call(kernel, thing, args, kwargs, frame, verb=verb)
            call.number = label(call)
            if point:
                kernel.point()
            if before is not None:
                before(call)
            task.began_wait = False
            operations = task.acting.operations
            operations.append(call)
            try:
                result = original(thing, *args, **kwargs)
            except BaseException as error:
                operations.pop()
                if failed is not None:
                    failed(call, error)
                raise
            operations.pop()
            if told is not None:
                told(call, result)
            return result

        return method


def labelled(kind: str, capacity: Callable[[Any], int] | None = None) -> Label:
    """Return a label for objects of one kind, named as the program names them."""

    def label(call: Call) -> int:
        objects = call.kernel.recorder.objects
        number = objects.number(call.thing)
        if number == NONE:
            number = objects.declare(call.thing, kind, capacity=NONE if capacity is None else capacity(call.thing))
        objects.look_for_name(number, call.frame)
        return number

    return label


def looked(verb: str) -> Told:
    """Return what tells an operation that only reads."""

    def told(call: Call, result: object) -> None:
        call.emit(Kind.LOOK, text=f"{verb} → {result!r}")

    return told


def tells(kind: Kind) -> Told:
    """Return what tells an operation by its kind alone."""
    return lambda call, _result: call.emit(kind)
