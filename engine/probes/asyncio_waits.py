"""What an asyncio task waits for: told when its turn ends in an await, and when it has its next turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future as ConcurrentFuture
from types import FrameType
from typing import Any, Final, NamedTuple

from ...trace.events import NANOSECONDS, NONE, Kind
from ..kernel.kernel import Kernel
from ..kernel.strand import Strand
from ..record.frames import is_engine_file, is_user_file
from .asyncio_probe import Doing

FOLLOWED: Final = "_followed_in_simulated_run"
STANDS_FOR: Final = "_stands_for_in_simulated_run"
"""Attribute of a future: the future, of asyncio or of a pool, whose end it announces."""

_FOLLOWERS: Final = "_followers_in_simulated_run"
_LINKS: Final = (("cr_frame", "cr_await"), ("gi_frame", "gi_yieldfrom"), ("ag_frame", "ag_await"))
FIRST: Final = "first"
"""Operation of a wait for the first of several workers."""

_VERBS: Final = {"_wait_for_one": FIRST, "open_connection": "connect", "create_connection": "connect"}
"""What the library's functions wait for where that is no object, by their names."""


class Rest:
    """Futures that are all waited for, less those that have ended; they are looked through once, however many."""

    def __init__(self, members: Callable[[], Iterable[Any]]) -> None:
        self._members = members
        self._left: deque[Any] = deque()

    def first(self) -> Any:
        """Return the first that has not ended, or None."""
        if not self._left:
            self._left.extend(each for each in self._members() if not each.done())  # a task group may have grown
        while self._left:
            found = _pending(self._left[0])
            if found is not None:
                return found
            self._left.popleft()
        return None


class Awaited(NamedTuple):
    """What a task waits for."""

    waiter: Any
    """The future that its coroutine has handed to the loop."""
    target: Any = None
    """The task or future whose end the waiter announces; None in an operation on an object."""
    strand: Strand | None = None
    """The target's worker, if it is a task."""
    number: int = NONE
    verb: str = ""
    deadline: int = NONE
    rest: Rest | None = None
    """All that it waits for, the target among them; None in an operation on an object."""


class Followed:
    """What the trace knows of one asyncio task."""

    __slots__ = ("awaited", "begun", "strand", "timeouts")

    def __init__(self, strand: Strand) -> None:
        self.strand = strand
        self.begun = False
        self.awaited: Awaited | None = None
        self.timeouts: list[Any] = []
        """The `asyncio.timeout` blocks that it is inside of."""


def followed(task: Any) -> Followed | None:
    """Return what the trace knows of a task, or None of a future and of a task that no run has seen begin."""
    known = getattr(task, "__dict__", {}).get(FOLLOWED)
    return known if isinstance(known, Followed) else None


def moment(when: float) -> int:
    """Return a loop's time in virtual nanoseconds."""
    return round(when * NANOSECONDS)


def suspended(coroutine: Any) -> Iterator[FrameType]:
    """Yield the frames of a coroutine that waits, from its own to that of what it awaits in the end."""
    while coroutine is not None:
        for frame_of, next_of in _LINKS:
            frame = getattr(coroutine, frame_of, None)
            if frame is not None:
                yield frame
                coroutine = getattr(coroutine, next_of)
                break
        else:
            return


def place(coroutine: Any) -> FrameType | None:
    """Return the user's frame that a coroutine waits in, or None."""
    user = [frame for frame in suspended(coroutine) if is_user_file(frame.f_code.co_filename)]
    return user[-1] if user else None


def _entry(coroutine: Any) -> str:
    """Return the library's function that the user's code awaits, or "" if it awaits a future itself."""
    name = ""
    frames = list(suspended(coroutine))
    for frame in frames[:-1]:  # the last is the future's own
        filename = frame.f_code.co_filename
        if is_user_file(filename):
            name = ""
        elif not name and not is_engine_file(filename):
            name = frame.f_code.co_name
    return name


# A turn ends.


def pause(kernel: Kernel, task: Any, known: Followed) -> None:
    """Tell why the turn of a task that has not ended is over."""
    strand, waiter = known.strand, task._fut_waiter
    operation = strand.operations[-1] if strand.operations else None
    frame = place(task._coro)
    if waiter is None:
        kernel.recorder.emit(Kind.YIELD, worker=strand.id, frame=frame)
        return
    if not isinstance(operation, Doing):
        operation = Doing("")
    if operation.until != NONE:
        known.awaited = Awaited(waiter)
        kernel.recorder.emit(Kind.SLEEP, worker=strand.id, value=operation.until, frame=frame)
        return
    deadline = _deadline(known, operation)
    if operation.verb and operation.members is None:
        known.awaited = Awaited(waiter, number=operation.number, verb=operation.verb, deadline=deadline)
        strand.wait(number=operation.number, wanted=operation.wanted)
        _tell_wait(kernel, strand, known.awaited, frame)
        return
    members = operation.members or (lambda: [waiter])
    _wait_for(kernel, task, known, Awaited(waiter, deadline=deadline, rest=Rest(members)), frame)


def _deadline(known: Followed, operation: Doing) -> int:
    """Return when a task gives up what it waits for: by itself, or because an `asyncio.timeout` ends it."""
    ends = [moment(each._when) for each in known.timeouts if each._when is not None and each._state.value == "active"]
    return min([*ends, operation.deadline]) if operation.deadline != NONE else min(ends, default=NONE)


def _wait_for(kernel: Kernel, task: Any, known: Followed, awaited: Awaited, frame: FrameType | None) -> None:
    """Tell a wait for the first of the futures that has not ended; when it has, another one follows."""
    assert awaited.rest is not None
    target = awaited.rest.first()
    if target is None:
        known.awaited = awaited  # what it waits for has ended, and its turn will come
        return
    other = followed(target)
    strand = known.strand
    if other is not None:
        strand.wait(awaited=other.strand)
        known.awaited = awaited._replace(target=target, strand=other.strand)
        kernel.recorder.emit(Kind.JOIN, worker=strand.id, obj=other.strand.id, value=awaited.deadline, frame=frame)
    else:
        number, verb = _number(kernel, task, target)
        strand.wait(number=number)
        known.awaited = awaited._replace(target=target, number=number, verb=verb)
        _tell_wait(kernel, strand, known.awaited, frame)
    target.__dict__.setdefault(_FOLLOWERS, []).append(task)


def _pending(future: Any) -> Any:
    """Return the future unless it has ended, or None. One that `gather` or `shield` made stands for those behind it."""
    if future.done():
        return None
    behind = future.__dict__.get(STANDS_FOR)
    if isinstance(behind, Rest):
        return behind.first()
    return future


def _number(kernel: Kernel, task: Any, future: Any) -> tuple[int, str]:
    """Return the object that stands for a future that is no task, and the operation; NONE for the library's own."""
    objects = kernel.recorder.objects
    behind = future.__dict__.get(STANDS_FOR)
    if isinstance(behind, ConcurrentFuture):
        return objects.declare(behind, "Future", named=False), "result"
    name = _entry(task._coro)
    number = objects.number(future)
    if name and number == NONE:
        return NONE, _VERBS.get(name, name)
    if number == NONE:
        number = objects.declare(future, "Future")
    objects.look_for_name(number, place(task._coro))
    return number, "result"


def _tell_wait(kernel: Kernel, strand: Strand, awaited: Awaited, frame: FrameType | None) -> None:
    kernel.recorder.emit(
        Kind.WAIT, worker=strand.id, obj=awaited.number, value=awaited.deadline, text=awaited.verb, frame=frame
    )


def move_on(kernel: Kernel, future: Any) -> None:
    """`future` has ended: whoever waits for it and for others waits for the next of them now."""
    for task in future.__dict__.pop(_FOLLOWERS, ()):
        known = followed(task)
        awaited = known.awaited if known is not None else None
        if known is not None and awaited is not None and awaited.target is future and awaited.rest is not None:
            _wait_for(kernel, task, known, awaited, known.strand.frame())


# The next turn begins.


def resume(kernel: Kernel, known: Followed, frame: FrameType | None) -> None:
    """Tell what has come of the wait of a task that has its turn, where no operation will tell."""
    strand, awaited = known.strand, known.awaited
    strand.go_on()
    known.awaited = None
    if awaited is None:
        return
    worker, emit = strand.id, kernel.recorder.emit
    overdue = awaited.deadline != NONE and kernel.now >= awaited.deadline
    if awaited.strand is not None:
        if awaited.strand.done:
            emit(Kind.JOINED, worker=worker, obj=awaited.strand.id, frame=frame)
        elif overdue:
            emit(Kind.TIMEOUT, worker=worker, obj=awaited.strand.id, text="join", frame=frame)
    elif overdue and (awaited.waiter.cancelled() or (awaited.target is not None and not awaited.target.done())):
        emit(Kind.TIMEOUT, worker=worker, obj=awaited.number, text=awaited.verb, frame=frame)
    elif awaited.target is not None and awaited.number != NONE and _has_result(awaited.target):
        emit(Kind.RESULT, worker=worker, obj=awaited.number, frame=frame)


def _has_result(future: Any) -> bool:
    return bool(future.done() and not future.cancelled())
