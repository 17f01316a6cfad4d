"""Events of every sort, valid one by one and senseless together: what the fold and all that draws must survive."""

from concurrency_tui.trace.events import NONE, Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace
from hypothesis import strategies as st

TYPES = (
    "Lock",
    "RLock",
    "Semaphore",
    "BoundedSemaphore",
    "Event",
    "Condition",
    "Barrier",
    "Queue",
    "LifoQueue",
    "PriorityQueue",
    "Future",
    "ThreadPoolExecutor",
    "socket",
    "GIL",
    "CPU",
    "Timer",
    "Frobnicator",
)
OPERATIONS = (
    "acquire",
    "wait",
    "get",
    "put",
    "result",
    "join",
    "run",
    "work",
    "cancelled",
    "accept",
    "recv",
    "send",
    "select",
    "",
)
HOSTILE = ("\x1b]0;x\x07", "a[/b]c", "{worker}", "%s", "\u202e", "two\nlines\n", "漢字", "\x9b31m")

_NUMBERS = (NONE, 0, 1, 2, 3, 4, 5, 2**31 - 1)
_VALUES = (NONE, 0, 1, 2, 3, 4, 10**9, 2**63 - 1, -(2**63))
_TEXTS = (*TYPES, *OPERATIONS, *HOSTILE)
_KINDS = (*Kind, *[Kind.WAIT, Kind.ACQUIRE, Kind.RELEASE, Kind.SPAWN, Kind.OBJECT] * 3)
_BYTES = 8


def event_lists(most: int = 80) -> st.SearchStrategy[list[Event]]:
    """Draw events whose steps and times rise, and whose declarations are mostly dense, as in a real trace.

    They are read from random bytes, a few an event: much faster than drawing each field, and it shrinks as well.
    """
    size = most * _BYTES
    whole = st.binary(min_size=size, max_size=size)
    return st.builds(lambda data, count: _from_bytes(data[: count * _BYTES]), whole, st.integers(0, most))


def _from_bytes(data: bytes) -> list[Event]:
    events: list[Event] = []
    step = time = 0
    declared = dict.fromkeys((Kind.FILE, Kind.SITE, Kind.OBJECT, Kind.SPAWN), 0)
    for start in range(0, len(data) - _BYTES + 1, _BYTES):
        sort, clock, worker, number, dense, value, words, site = data[start : start + _BYTES]
        kind = _KINDS[sort % len(_KINDS)]
        step += clock & 1
        time += (0, 0, 1, 10**9)[clock >> 1 & 3]
        obj = _NUMBERS[number % len(_NUMBERS)]
        if kind in declared and dense % 5:
            obj = declared[kind]
        if kind in declared and obj == declared[kind]:
            declared[kind] += 1
        texts = TYPES if kind is Kind.OBJECT else _TEXTS
        events.append(
            Event(
                kind,
                step,
                time,
                _NUMBERS[worker % len(_NUMBERS)],
                obj,
                _VALUES[value % len(_VALUES)],
                texts[words % len(texts)],
                _NUMBERS[site % len(_NUMBERS)],
            )
        )
    return events


def traces(most: int = 80) -> st.SearchStrategy[Trace]:
    """Draw such events as a trace."""
    return event_lists(most).map(as_trace)


def as_trace(events: list[Event]) -> Trace:
    """Return events as a trace."""
    trace = Trace(Header(target="any"))
    trace.extend(events)
    return trace
