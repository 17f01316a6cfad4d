"""Events of every sort, valid one by one and senseless together: what the fold and all that draws must survive."""

from hypothesis import strategies as st

from concurrency_tui.trace.events import NONE, Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace

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
    "Timer",
    "Frobnicator",
)
OPERATIONS = ("acquire", "wait", "get", "put", "result", "join", "")
HOSTILE = ("\x1b]0;x\x07", "a[/b]c", "{worker}", "%s", "\u202e", "two\nlines\n", "漢字", "\x9b31m")

_numbers = st.sampled_from((NONE, 0, 1, 2, 3, 4, 5, 2**31 - 1))
_values = st.sampled_from((NONE, 0, 1, 2, 3, 10**9, 2**63 - 1, -(2**63)))
_texts = st.sampled_from((*TYPES, *OPERATIONS, *HOSTILE))
_weighted = (*Kind, *[Kind.WAIT, Kind.ACQUIRE, Kind.RELEASE, Kind.SPAWN, Kind.OBJECT] * 3)


@st.composite
def event_lists(draw: st.DrawFn, most: int = 80) -> list[Event]:
    """Draw events whose steps and times rise, and whose declarations are mostly dense, as in a real trace."""
    count = draw(st.integers(0, most))
    events: list[Event] = []
    step = time = 0
    declared = dict.fromkeys((Kind.FILE, Kind.SITE, Kind.OBJECT, Kind.SPAWN), 0)
    for _ in range(count):
        kind = draw(st.sampled_from(_weighted))
        step += draw(st.integers(0, 1))
        time += draw(st.sampled_from((0, 0, 1, 10**9)))
        obj = draw(_numbers)
        if kind in declared and draw(st.integers(0, 4)):
            obj = declared[kind]
        if kind in declared and obj == declared[kind]:
            declared[kind] += 1
        text = draw(st.sampled_from(TYPES)) if kind is Kind.OBJECT else draw(_texts)
        events.append(Event(kind, step, time, draw(_numbers), obj, draw(_values), text, draw(_numbers)))
    return events


def traces(most: int = 80) -> st.SearchStrategy[Trace]:
    """Draw such events as a trace."""
    return event_lists(most).map(as_trace)


def as_trace(events: list[Event]) -> Trace:
    """Return events as a trace."""
    trace = Trace(Header(target="any"))
    trace.extend(events)
    return trace
