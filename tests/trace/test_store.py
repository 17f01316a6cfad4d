"""The trace gives back every event, and the state at any cursor, in whatever order they are asked for."""

import pytest
from concurrency_tui.trace.columns import Columns
from concurrency_tui.trace.events import NONE, Event, Kind
from concurrency_tui.trace.fold import apply_all
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import State
from concurrency_tui.trace.store import Site, Trace
from hypothesis import given
from hypothesis import strategies as st

from tests import canned
from tests.any_events import as_trace, event_lists


def folded(trace, position):
    """Return the state at a position, folded from the start."""
    state = State()
    apply_all(state, (trace.event(index) for index in range(position)))
    return state


@given(event_lists())
def test_every_event_comes_back_as_it_was(events):
    trace = as_trace(events)
    assert [trace.event(index) for index in range(len(trace))] == events
    assert [event for batch in trace.batches() for event in batch] == events


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_values_of_any_size_come_back(values):
    columns = Columns()
    columns.extend([Event(Kind.LOOK, 0, 0, value=value) for value in values[: len(values) // 2]])
    columns.extend([Event(Kind.LOOK, 0, 0, value=value) for value in values[len(values) // 2 :]])
    assert [event.value for event in columns.events(0, len(values))] == values


def test_an_event_beyond_the_end_is_an_error():
    trace = canned.deadlock()
    for index in (-1, len(trace)):
        with pytest.raises(IndexError):
            trace.event(index)


def test_texts_are_kept_once():
    columns = Columns()
    columns.extend([Event(Kind.WAIT, 0, 0, text="acquire") for _ in range(1000)])
    assert columns.texts == ["acquire"]


def test_many_different_texts_stay_right():
    columns = Columns()
    events = [Event(Kind.OUTPUT, 0, 0, text=str(number % 70_000)) for number in range(140_000)]
    columns.extend(events)
    assert list(columns.events(0, len(events))) == events


@pytest.mark.parametrize("name", canned.ALL)
def test_states_in_any_order_are_those_folded_from_the_start(name):
    trace = canned.ALL[name]()
    expected = [folded(trace, position) for position in range(len(trace) + 1)] if len(trace) < 300 else None
    positions = [*range(0, len(trace) + 1, 7), *range(len(trace), -1, -11), 3, 2, 3, 4, len(trace), 0]
    for position in positions:
        assert trace.state(position) == (expected[position] if expected else folded(trace, position))


def test_far_seeks_and_steps_agree_with_the_fold():
    trace = canned.crowd(workers=200, rounds=20, locks=7)
    assert len(trace) > 15_000
    positions = [len(trace), 9_000, 8_999, 9_001, 513, 512, 511, 14_999, 1, 14_998, 0]
    for position in positions:
        assert trace.state(position) == folded(trace, position)


def test_positions_beyond_the_ends_are_the_ends():
    trace = canned.deadlock()
    assert trace.state(-5) == trace.state(0) == State()
    assert trace.state(10**9) == trace.state(len(trace))


def test_a_state_once_given_never_changes():
    trace = canned.crowd(workers=20, rounds=10)
    given_out = {position: trace.state(position) for position in range(0, len(trace), 97)}
    for position in range(len(trace) + 1):
        trace.state(position)
    for position, state in given_out.items():
        assert state == folded(trace, position)


def test_a_trace_that_grows_is_followed():
    whole = canned.traffic_light(10)
    trace = Trace(whole.header)
    for start in range(0, len(whole), 13):
        trace.extend(whole.event(index) for index in range(start, min(start + 13, len(whole))))
        assert trace.state(len(trace)) == folded(whole, len(trace))
        assert len(trace.lanes) == len(trace.state(len(trace)).workers)
        assert trace.complete is (len(trace) == len(whole))
    assert list(trace.marks.positions) == list(whole.marks.positions)


def test_looking_ahead_ends_and_changes_nothing():
    trace = canned.crowd(workers=300, rounds=10, locks=9)
    calls = 1
    while not trace.look_ahead(700):
        calls += 1
        assert calls < len(trace)
    assert trace.look_ahead()
    for position in (len(trace), 5000, 4999):
        assert trace.state(position) == folded(trace, position)


def test_steps_and_times_find_positions():
    trace = canned.deadlock()
    assert (trace.step_at(0), trace.step_at(len(trace)), trace.last_step) == (0, 12, 12)
    assert trace.duration == 1_000_000_000
    for step in range(14):
        position = trace.end_of_step(step)
        assert all((trace.event(index).step <= step) is (index < position) for index in range(len(trace)))
    assert trace.end_of_step(-1) == 0
    for time in (0, 999_999_999, 1_000_000_000, 2_000_000_000):
        position = trace.at_time(time)
        assert all((trace.event(index).time <= time) is (index < position) for index in range(len(trace)))


def test_an_empty_trace_has_one_state():
    trace = Trace(Header(target="nothing"))
    assert (len(trace), trace.duration, trace.last_step, trace.complete, trace.notice) == (0, 0, 0, False, "")
    assert trace.state(0) == State()
    assert trace.look_ahead()
    assert trace.marks.next_after(0) is None


def test_sites_sources_and_outputs_are_at_hand():
    trace = canned.deadlock()
    event = next(trace.event(index) for index in range(len(trace)) if trace.event(index).kind is Kind.ACQUIRE)
    assert trace.site(event.site) == Site("program.py", 9, "forward")
    assert trace.source_line(event.site) == "    with mutexA:"
    assert trace.site(NONE) == trace.site(10**9) == Site("", 0, "")
    assert trace.source_line(NONE) == ""
    assert list(trace.sources) == ["program.py"]
    assert [trace.event(index).text for index in trace.outputs] == ["Thread-1 has A\n", "Thread-2 has B\n"]
    assert trace.path(0) == "program.py"
    assert trace.path(7) == ""


def test_the_next_event_of_a_worker_or_object_is_found():
    trace = canned.deadlock()
    index = trace.next_index("worker", 2, 0, len(trace))
    assert trace.event(index).kind is Kind.BEGIN
    assert trace.next_index("worker", 99, 0, len(trace)) is None
    assert trace.next_index("worker", 2, 0, index) is None
