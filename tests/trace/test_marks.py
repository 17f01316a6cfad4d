"""The moments a person who skips through a run wants to stop at."""

from itertools import pairwise

from concurrency_tui.trace.events import Kind, WorkerFlag
from concurrency_tui.trace.marks import Mark
from hypothesis import given

from tests import canned
from tests.any_events import traces
from tests.canned_script import Script


def told(trace):
    """Return each mark with the last event before it."""
    marks = trace.marks
    return [(marks.kind_at(position).name, trace.event(position - 1).kind.name) for position in marks.positions]


def test_a_deadlock_is_blocked_first_and_then_for_good():
    assert told(canned.deadlock()) == [("BLOCK", "JOIN"), ("BLOCK", "WAIT"), ("DEADLOCK", "OUTCOME")]


def test_cars_block_and_the_light_lets_them_go():
    assert told(canned.traffic_light(2)) == [
        ("BLOCK", "WAIT"),
        ("BLOCK", "WAIT"),
        ("BLOCK", "JOIN"),
        ("LET_GO", "SET"),
        ("GO_ON", "PASS"),
        ("GO_ON", "PASS"),
        ("GO_ON", "JOINED"),
        ("OUTCOME", "OUTCOME"),
    ]


def test_tasks_are_done_in_a_pool():
    assert told(canned.pool(tasks=2, size=2)) == [
        ("BLOCK", "JOIN"),
        ("DONE", "RESOLVE"),
        ("DONE", "RESOLVE"),
        ("GO_ON", "JOINED"),
        ("OUTCOME", "OUTCOME"),
    ]


def test_time_outs_and_failures():
    assert told(canned.failure()) == [
        ("FAILURE", "FAIL"),
        ("BLOCK", "WAIT"),
        ("BLOCK", "JOIN"),
        ("TIMEOUT", "TIMEOUT"),
        ("TIMEOUT", "TIMEOUT"),
        ("OUTCOME", "OUTCOME"),
    ]


def test_a_notification_lets_go_and_a_release_that_nobody_awaits_is_dull():
    assert told(canned.condition()) == [
        ("BLOCK", "WAIT"),
        ("BLOCK", "WAIT"),
        ("TIMEOUT", "TIMEOUT"),
        ("LET_GO", "NOTIFY"),
        ("BLOCK", "WAIT"),
        ("LET_GO", "RELEASE"),
        ("GO_ON", "ACQUIRE"),
        ("OUTCOME", "OUTCOME"),
    ]


def test_it_is_marked_when_a_worker_is_asked_to_stop():
    run = Script("asked", "def main():\n    pass\n")
    task = run.spawn("Task-1", flags=WorkerFlag.COROUTINE)
    run.act(0, Kind.INTERRUPT, task)
    assert told(run.trace()) == [("KILL", "INTERRUPT")]


def test_data_lets_go_who_waits_at_the_other_end_and_a_reset_is_a_failure():
    marks = told(canned.ALL["echo"](1))
    assert marks[:4] == [("BLOCK", "WAIT"), ("LET_GO", "CONNECT"), ("GO_ON", "ACCEPT"), ("BLOCK", "WAIT")]
    assert marks[4:7] == [("LET_GO", "SEND"), ("BLOCK", "WAIT"), ("LET_GO", "SEND")]
    assert ("LET_GO", "CLOSE") in marks
    assert ("FAILURE", "CLOSE") in told(canned.ALL["backlog"]())


def test_a_step_has_at_most_one_mark():
    for make in canned.ALL.values():
        trace = make()
        steps = [trace.step_at(position) for position in trace.marks.positions]
        assert steps == sorted(set(steps))


@given(traces())
def test_next_and_before_walk_along_the_positions(trace):
    marks = trace.marks
    positions = list(marks.positions)
    assert len(marks) == len(positions) == len(marks.kinds)
    assert positions == sorted(set(positions))
    for position in range(-1, len(trace) + 2):
        assert marks.next_after(position) == next((mark for mark in positions if mark > position), None)
        assert marks.before(position) == next((mark for mark in reversed(positions) if mark < position), None)
        assert (marks.kind_at(position) is not None) is (position in positions)


@given(traces())
def test_a_bucket_shows_its_most_important_mark(trace):
    for width in (1, 3, 10, 1000):
        edges = [len(trace) * column // width for column in range(width + 1)]
        expected = [
            max((trace.marks.kind_at(mark) for mark in trace.marks.positions if low < mark <= high), default=None)
            for low, high in pairwise(edges)
        ]
        assert trace.marks.coalesced(edges) == expected


def test_deadlock_counts_most():
    trace = canned.deadlock()
    assert trace.marks.coalesced([0, len(trace)]) == [Mark.DEADLOCK]
    assert trace.event(trace.marks.positions[-1] - 1).kind is Kind.OUTCOME
