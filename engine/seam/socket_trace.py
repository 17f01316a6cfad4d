"""What the trace tells of sockets, and where a worker waits at one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final, NamedTuple

from ...trace.events import NONE, Kind
from ..kernel.kernel import BUSY, LOOKS, Kernel
from ..kernel.running import current_kernel
from ..record.frames import is_engine_file, is_user_file
from . import network
from .doors import Door
from .ends import End
from .waiting import wait_at

LENGTH: Final = 120
"""Characters of what was sent that a trace keeps."""


class Doing(NamedTuple):
    """An operation that a worker is inside of, by which its wait is explained."""

    verb: str
    number: int


def acting_kernel() -> Kernel:
    """Return the kernel of the run that a simulated socket is part of. Raises RuntimeError outside of it."""
    kernel = current_kernel()
    if kernel is None or kernel.current is None:
        message = "this socket belongs to a simulated run, which is over"
        raise RuntimeError(message)
    return kernel


def is_for_library(frame: FrameType | None) -> bool:
    """Tell whether the standard library makes sockets for its own use at `frame`, as an event loop does to be woken."""
    while frame is not None:
        name = frame.f_code.co_filename
        if not is_engine_file(name) and frame.f_globals.get("__name__") != "socket":
            return not is_user_file(name)
        frame = frame.f_back
    return False


def point(end: End) -> None:
    """Come to a schedule point before an operation on `end`, unless nobody is to know of it.

    A worker inside a thread that has had its turn for this very operation is at one.
    """
    kernel = acting_kernel()
    assert kernel.current is not None
    if not end.hidden and (kernel.current.strand is None or kernel.recorder.told):
        kernel.point()


def number(end: End, face: object = None) -> int:
    """Return the end's number in the trace, declaring it and the one it is connected to; NONE if it is hidden."""
    if end.hidden:
        return NONE
    kernel = acting_kernel()
    objects = kernel.recorder.objects
    end.number = objects.declare(end, "socket")
    other = end.other
    if other is not None and not end.paired:
        end.paired = other.paired = True
        other.number = objects.declare(other, "socket")
        kernel.recorder.emit(Kind.PEER, obj=other.number, value=end.number, worker=NONE)
    if face is not None:
        objects.look_for_name(end.number, sys._getframe(1), face)
    return end.number


def tell(
    kind: Kind, end: End, face: object = None, *, value: int = NONE, text: str = "", worker: int | None = None
) -> None:
    """Record what the current worker, or nobody, has done with `end`; `face` is what the program has of it."""
    about = number(end, face)
    if about != NONE:
        acting_kernel().recorder.emit(kind, obj=about, value=value, text=text, worker=worker)


def told(data: bytes | bytearray | memoryview) -> str:
    """Return data as the trace shows it."""
    text = repr(bytes(data[:LENGTH]))
    return text if len(data) <= LENGTH >= len(text) else text[: LENGTH - 1] + "…"


@contextmanager
def doing(verb: str, about: int) -> Iterator[None]:
    """Explain the waits inside by an operation on the object of that number."""
    operations = acting_kernel().current.acting.operations  # type: ignore[union-attr]
    operations.append(Doing(verb, about))
    try:
        yield
    finally:
        operations.pop()


@contextmanager
def lent(end: End) -> Iterator[None]:
    """Keep an end open until a call on it is over, whoever closes its descriptor meanwhile: so does Linux."""
    loan = network.current.borrow(end)
    try:
        yield
    finally:
        network.current.give_back(loan)


def wait(verb: str, end: End, condition: Callable[[], bool], patience: int | None, at: End | None = None) -> bool:
    """Wait at `end` until `condition()`, at most `patience` nanoseconds; return whether it holds.

    Where it is another end that makes the condition true, the wait is `at` that one, and told as one for `end`.
    """
    if condition() or patience == 0:
        return condition()
    with doing(verb, number(end)):
        return wait_at([(at or end).gate], condition, patience)


def wait_for_any(ends: list[End], condition: Callable[[], bool], patience: int | None, *, gives_up: bool) -> bool:
    """Wait at several ends at once, as `wait` does at one; with `gives_up`, tell it when that was in vain."""
    first = next((each for each in ends if not each.hidden), None)
    with doing("select", NONE if first is None else number(first)):
        return wait_at([each.gate for each in ends] or [Door()], condition, patience, gives_up=gives_up)


def refused(verb: str, end: End, face: Any) -> None:
    """Record that an operation could not be done, and does not wait; not what an event loop tries by itself."""
    if not is_for_library(sys._getframe(1)):
        tell(Kind.REFUSE, end, face, text=verb)
        looked_in_vain()


def looked_in_vain() -> None:
    """Note that user code has asked without waiting, and found nothing. Who keeps doing that is taken to be waiting."""
    kernel = acting_kernel()
    assert kernel.current is not None
    worker, vain = kernel.current.id, network.current.vain
    moment, times = vain.get(worker, (kernel.now, 0))
    vain[worker] = (kernel.now, times + 1 if moment == kernel.now else 1)
    if times >= LOOKS and not (kernel.closing or kernel.frozen):
        kernel.sleep(BUSY)


def hang_up(descriptor: int, face: object = None, worker: int | None = None) -> None:
    """Give a descriptor up, and tell of it if it was the last one for its end."""
    end = network.current.find(descriptor)
    if end.references == 1 and (end.is_connected or end.listens or end.number != NONE):
        tell(Kind.CLOSE, end, face, text="reset" if end.resets() else "", worker=worker)
    network.current.close(descriptor)


def leave(space: object) -> None:
    """A process has ended: the system closes what it had open, and ends what it was about to do."""
    net = network.current
    numbers = set(net.of(space))
    for each in net.sockets.values():
        if each.descriptor in numbers:
            each.descriptor = -1
    for loan in [each for each in net.loans.values() if each.space is space]:
        net.give_back(loan)
    for descriptor in sorted(numbers):
        hang_up(descriptor, worker=NONE)
