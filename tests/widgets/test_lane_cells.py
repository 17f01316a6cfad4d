"""A cell of a lane shows the state at its end, a turn to run, or an end; the fold agrees."""

from concurrency_tui.trace.lanes import STATUSES
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.lane_cells import BLANK, HERE, RUNNING, UNBORN, cells, codes
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.worker_strip import grain, strip_bounds, strip_segments
from hypothesis import given
from hypothesis import strategies as st

from .. import canned

TRACES = {name: make() for name, make in canned.ALL.items()}
CODES = st.lists(st.sampled_from([*range(len(STATUSES)), UNBORN, BLANK, STATUSES.index(Status.FAILED) + HERE]))


def text(segments) -> str:
    return "".join(segment.text for segment in segments)


@given(st.sampled_from(sorted(TRACES)), st.data())
def test_a_cell_tells_what_the_fold_says(name, data):
    """Unless the worker ran or ended in it, a cell shows the status at its upper bound."""
    trace = TRACES[name]
    bounds = sorted(data.draw(st.lists(st.integers(0, len(trace)), min_size=2, max_size=12)))
    worker = data.draw(st.integers(0, len(trace.state(len(trace)).workers) - 1))
    for code, low, high in zip(codes(trace.lanes.segments(worker), bounds), bounds, bounds[1:], strict=False):
        workers = trace.state(high).workers
        if worker >= len(workers):
            assert code == UNBORN
            continue
        now = STATUSES.index(workers[worker].status)
        seen = {
            trace.state(at).workers[worker].status
            for at in range(low, high + 1)
            if worker < len(trace.state(at).workers)
        }
        if code & HERE and code < BLANK:
            assert code - HERE == now
        elif code == RUNNING:
            assert Status.RUNNING in seen
        else:
            assert code == now


def test_a_turn_to_run_outshines_what_it_is_surrounded_by():
    trace = canned.deadlock()
    whole = codes(trace.lanes.segments(1), (0, trace.end_of_step(7)))
    assert trace.state(trace.end_of_step(7)).workers[1].status is Status.SLEEPING
    assert whole == bytes([RUNNING])


def test_an_end_and_a_deadlock_outshine_a_turn():
    trace = canned.traffic_light(2)
    assert codes(trace.lanes.segments(2), (0, len(trace))) == bytes([STATUSES.index(Status.FINISHED) + HERE])
    trace = canned.deadlock()
    assert codes(trace.lanes.segments(2), (0, len(trace))) == bytes([STATUSES.index(Status.DEADLOCKED)])


@given(CODES)
def test_every_code_is_one_cell(shown):
    assert len(text(cells(shown, DARK_PAINT, "pane"))) == len(shown)
    assert text(cells(shown, DARK_PAINT, "pane", faded=True)) == text(cells(shown, DARK_PAINT, "pane"))


@given(st.sampled_from(sorted(TRACES)), st.integers(1, 30), st.data())
def test_a_strip_ends_at_the_cursor_and_stands_still_in_between(name, length, data):
    trace = TRACES[name]
    position = data.draw(st.integers(0, len(trace)))
    bounds = strip_bounds(trace, position, length, 4)
    assert bounds[-1] == position
    assert 2 <= len(bounds) <= length + 1
    assert list(bounds) == sorted(bounds)
    again = strip_bounds(trace, trace.end_of_step(trace.step_at(position)), length, 4)
    assert again[:-1] == bounds[:-1]


def test_a_strip_is_filled_up_at_the_left():
    assert text(strip_segments(bytes([RUNNING]), 4, DARK_PAINT, "pane")) == "···▇"
    assert grain(3) == 1
    assert grain(500) == 125
