"""A worker's changes of status, for the timeline."""

from bisect import bisect_left

from concurrency_tui.trace.lanes import STATUSES
from concurrency_tui.trace.state import Status

from tests import canned


def words(segments):
    return [STATUSES[number].name for number in segments.status]


def test_the_lane_of_a_car():
    trace = canned.traffic_light(2)
    lane = trace.lanes.segments(2)
    assert words(lane) == ["READY", "RUNNING", "SIGNAL", "RUNNING", "FINISHED"]
    assert [time // 10**9 for time in lane.time] == [0, 0, 0, 3, 3]
    assert len(lane) == len(lane.position) == len(lane.time) == len(lane.step) == 5


def test_the_arrays_are_parallel_and_rise():
    trace = canned.semaphore()
    for worker in range(len(trace.lanes)):
        lane = trace.lanes.segments(worker)
        for place, position in enumerate(lane.position):
            event = trace.event(position - 1)
            assert (lane.time[place], lane.step[place]) == (event.time, event.step)
        assert list(lane.position) == sorted(set(lane.position))
        assert list(lane.time) == sorted(lane.time)
        assert all(before != after for before, after in zip(lane.status, lane.status[1:], strict=False))


def test_a_moment_is_found_by_position_time_and_step():
    trace = canned.deadlock()
    lane = trace.lanes.segments(1)
    assert lane.at(0) == -1
    assert lane.at(lane.position[0] - 1) == -1
    assert lane.at(lane.position[0]) == 0
    assert lane.at(len(trace)) == len(lane) - 1
    assert bisect_left(lane.time, 10**9) == next(place for place, time in enumerate(lane.time) if time >= 10**9)
    assert lane.step[1:3] == [lane.step[1], lane.step[2]]


def test_a_worker_that_is_not_there_has_an_empty_lane():
    lanes = canned.deadlock().lanes
    assert len(lanes) == 3
    for worker in (-1, 3, 10**9):
        assert len(lanes.segments(worker)) == 0
        assert lanes.segments(worker).at(5) == -1


def test_every_status_that_the_canned_runs_have_is_drawn():
    seen = set()
    for make in canned.ALL.values():
        lanes = make().lanes
        seen |= {STATUSES[number] for worker in range(len(lanes)) for number in lanes.segments(worker).status}
    assert seen == set(Status)
