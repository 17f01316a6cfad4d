"""Looking ahead in a trace: near things are found, far ones are not promised, and a growing trace is followed."""

from concurrency_tui.trace.events import Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.drawings import foresight
from concurrency_tui.widgets.drawings.foresight import AHEAD, STRETCH, between, upcoming

from .. import canned


def _event(kind: Kind, step: int, obj: int = 0) -> Event:
    return Event(kind, step, step * 1000, 0, obj)


def _trace(*events: Event) -> Trace:
    trace = Trace(Header(target="x"))
    trace.extend(events)
    return trace


def test_the_next_event_of_a_kind_is_found_from_anywhere_before_it() -> None:
    trace = canned.traffic_light()
    place = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.SET)
    for position in range(place + 1):
        assert upcoming(trace, position, 0, Kind.SET) == trace.event(place)
    assert upcoming(trace, place + 1, 0, Kind.SET) is None
    assert upcoming(trace, 0, 1, Kind.SET) is None


def test_what_is_far_off_is_not_promised() -> None:
    far = STRETCH * (AHEAD + 1)
    trace = _trace(*(_event(Kind.LOOK, step, 1) for step in range(far)), _event(Kind.SET, far))
    assert upcoming(trace, 0, 0, Kind.SET) is None
    assert upcoming(trace, far - STRETCH, 0, Kind.SET) == trace.event(far)


def test_a_growing_trace_is_followed() -> None:
    trace = _trace(_event(Kind.LOOK, 1))
    assert upcoming(trace, 0, 0, Kind.SET) is None
    for step in range(2, STRETCH + 40):
        trace.extend([_event(Kind.LOOK, step)])
    assert len(list(between(trace, 0, len(trace), 0))) == len(trace)
    trace.extend([_event(Kind.SET, STRETCH + 41)])
    found = upcoming(trace, 0, 0, Kind.SET)
    assert found is not None
    assert found.step == STRETCH + 41


def test_events_that_number_something_else_are_passed_over() -> None:
    trace = _trace(_event(Kind.JOIN, 1), _event(Kind.SPAWN, 2), Event(Kind.TIMEOUT, 3, 3, 0, 0, -1, "join"))
    assert list(between(trace, 0, 9, 0)) == []


def test_no_more_is_kept_than_was_meant(monkeypatch) -> None:
    monkeypatch.setattr(foresight, "_KEPT", 3)
    trace = _trace(*(_event(Kind.LOOK, step) for step in range(STRETCH * 6)))
    assert sum(1 for _ in between(trace, 0, len(trace), 0)) == len(trace)
    assert len(foresight._known[trace]) == 3
