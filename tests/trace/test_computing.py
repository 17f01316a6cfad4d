"""Workers that compute beside each other, under one GIL or each on a core: states, lanes, marks, holders and words."""

import pytest
from concurrency_tui.trace.events import NONE, Kind, WorkerFlag
from concurrency_tui.trace.lanes import STATUSES
from concurrency_tui.trace.marks import Mark
from concurrency_tui.trace.narrate import why
from concurrency_tui.trace.state import COMPUTING, Status
from concurrency_tui.trace.waits import Edge, able, edges

from tests.canned_computing import TURN, computing
from tests.canned_script import Script

MILLISECOND = 1_000_000


def places(trace, kind, worker=None):
    """Return the cursors just after the events of a kind, of one worker."""
    events = ((index + 1, trace.event(index)) for index in range(len(trace)))
    return [at for at, event in events if event.kind is kind and worker in (None, event.worker)]


def at_ms(trace, milliseconds):
    """Return the state after everything that happens at a time."""
    return trace.state(trace.at_time(milliseconds * MILLISECOND))


def statuses(state):
    return [worker.status for worker in state.workers[1:]]


def thing(state, kind):
    return next(thing for thing in state.things if thing.kind == kind)


def test_workers_on_different_cores_run_at_the_same_time():
    trace = computing(3, gil=False)
    state = at_ms(trace, 0)
    assert statuses(state) == [Status.RUNNING] * 3
    assert [worker.deadline for worker in state.workers[1:]] == [20 * MILLISECOND] * 3
    assert (thing(state, "CPU").free, thing(state, "CPU").holders) == (1, (1, 2, 3))
    assert {worker.computing for worker in state.workers[1:]} == {"crunch"}
    assert at_ms(trace, 20).workers[1].computing == ""


def test_who_acts_beside_those_that_compute_is_ready_again_and_they_are_not():
    run = Script("beside", "def main(): pass")
    for name in ("a", "b", "c"):
        run.spawn(name)
    run.act(1, Kind.WORK, value=5, text="f")
    run.act(2, Kind.RUN)
    run.act(3, Kind.RUN)
    state = run.trace().state(len(run.events))
    assert statuses(state) == [Status.RUNNING, Status.READY, Status.RUNNING]


def test_a_thread_runs_as_long_as_the_coroutine_that_computes_in_it():
    run = Script("inside", "def main(): pass")
    task = run.spawn("task", flags=WorkerFlag.COROUTINE)
    other = run.spawn("other")
    run.act(task, Kind.WORK, value=5, text="f")
    run.act(other, Kind.RUN)
    trace = run.trace()
    state = trace.state(len(trace))
    assert [worker.status for worker in state.workers] == [Status.RUNNING] * 3
    assert [STATUSES[trace.lanes.segments(worker).status[-1]] for worker in range(3)] == [Status.RUNNING] * 3


def test_another_end_of_the_stretch_is_no_act_of_who_computes():
    trace = computing()
    waits = trace.state(places(trace, Kind.WAIT)[0])
    told = trace.state(places(trace, Kind.WORK)[1])
    assert (waits.running, told.running) == (2, 2)
    assert (waits.workers[1].deadline, told.workers[1].deadline) == (20 * MILLISECOND, TURN)
    assert told.workers[1].steps == waits.workers[1].steps
    assert told.workers[2].status is Status.GIL


def test_one_computes_and_the_others_wait_for_the_gil():
    trace = computing()
    for moment in range(0, 60, 5):
        found = statuses(at_ms(trace, moment))
        assert found.count(Status.RUNNING) == 1
        assert found.count(Status.GIL) == 2 - found.count(Status.FINISHED)


def test_what_is_left_is_known_while_a_worker_waits_for_its_next_turn():
    worker = at_ms(computing(), 5).workers[1]
    assert (worker.status, worker.left, worker.computing) == (Status.GIL, 15 * MILLISECOND, "crunch")


def test_hand_overs_are_counted_and_taking_it_again_is_none():
    trace = computing(2)
    assert thing(trace.state(len(trace)), "GIL").passed == 7
    alone = computing(1)
    found = thing(alone.state(len(alone)), "GIL")
    assert (found.uses, found.passed) == (1, 0)


def test_who_computes_cannot_be_chosen_before_the_stretch_is_over():
    trace = computing(1)
    assert 1 not in able(at_ms(trace, 0))
    worked = places(trace, Kind.WORKED)[0]
    assert able(trace.state(worked)) == [1]


def test_the_wait_for_graph_leads_to_the_holder_of_the_gil():
    assert edges(at_ms(computing(), 0))[-2:] == [Edge(2, 1, 1), Edge(3, 1, 1)]


def test_the_gil_has_a_lane_of_its_holders():
    (gil,) = computing(2).tenures.gils
    held = [(time // MILLISECOND, holder) for time, holder in zip(gil.time, gil.holder, strict=True) if holder != NONE]
    assert held == [(5 * turn, 1 + turn % 2) for turn in range(8)]
    assert gil.users == [1, 2]
    assert gil.holder[gil.at(len(computing(2)))] == NONE
    assert gil.at(0) == NONE


def test_a_worker_keeps_its_core_while_others_come_and_go():
    trace = computing(3, gil=False, cores=4)
    assert trace.tenures.gils == []
    assert [core.users or list(core.holder) for core in trace.tenures.cores] == [[1, NONE], [2, NONE], [3, NONE], []]
    busy = computing(6, gil=False, cores=2)
    for moment in range(0, 60, 5):
        state = at_ms(busy, moment)
        now = {core.holder[core.at(state.position)] for core in busy.tenures.cores} - {NONE}
        assert now == set(thing(state, "CPU").holders)


def test_holders_are_followed_as_the_trace_grows():
    whole = computing()
    growing = type(whole)(whole.header)
    for batch in range(0, len(whole), 7):
        growing.extend([whole.event(at) for at in range(batch, min(batch + 7, len(whole)))])
        assert len(growing.tenures.gils) <= 1
    assert [list(gil.holder) for gil in growing.tenures.gils] == [list(gil.holder) for gil in whole.tenures.gils]


def test_more_cores_than_anybody_draws_are_counted_but_not_followed():
    run = Script("many", "def main(): pass")
    cpu = run.thing("CPU", "", 2**31 - 1)
    run.act(0, Kind.ACQUIRE, cpu, 2**31 - 2)
    trace = run.trace()
    assert 1 < len(trace.tenures.cores) < 100
    assert trace.tenures.cores[0].holder[-1] == 0


def test_only_the_first_wait_for_the_gil_and_the_end_of_the_work_are_interesting():
    trace = computing(threads=2)
    marks = trace.marks
    told = [(marks.kind_at(at), trace.event(at - 1).worker) for at in marks.positions if trace.event(at - 1).worker]
    assert told == [
        (Mark.BLOCK, 2),
        (Mark.GO_ON, 2),
        (Mark.DONE, 1),
        (Mark.DONE, 2),
        (Mark.OUTCOME, NONE),
    ]


def test_the_wait_for_the_gil_is_explained():
    trace = computing()
    lines = why(trace, places(trace, Kind.WAIT)[1])
    assert lines == [
        "thread 2 waits for the GIL, held by thread 0 (line 10).",
        "thread 0 has held the GIL since step 7 (line 10).",
        "2 workers wait for the GIL, and nobody knows which of them gets it next.",
        "thread 0 computes, and drops the GIL at 0.005 s at the latest (line 10).",
        "In this run thread 1 releases the GIL at 0.01 s, in step 14.",
        "Nobody can go on before 0.005 s, when thread 0 stops computing.",
    ]


def test_who_has_dropped_the_gil_must_let_another_have_it_first():
    trace = computing()
    dropped = places(trace, Kind.WAIT)[2]
    assert "thread 0 has dropped the GIL because others want it, and one of them must have it first." in why(
        trace, dropped
    )
    assert why(trace, dropped)[-1] == "thread 1 and thread 2 can go on now, in any order."
    assert "the GIL is free now: thread 1 can take it, if no other worker is first." in why(trace, dropped, 2)


def test_the_wait_for_a_core_is_explained():
    trace = computing(3, gil=False, cores=2)
    lines = why(trace, places(trace, Kind.WAIT)[0], 3)
    assert lines[0] == "thread 2 waits for a core, as all of them are busy (line 10)."
    assert "The cores are taken by thread 0 and thread 1." in lines
    assert "In this run thread 0 leaves its core at 0.005 s, in step 12." in lines
    assert why(trace, places(trace, Kind.WAIT)[0], 1) == ["thread 0 computes, until 0.02 s at the latest (line 10)."]


@pytest.mark.parametrize("name", ["work", ""])
def test_a_wait_is_never_taken_for_computing(name):
    run = Script("odd", "def main(): pass")
    lock = run.thing("Lock", "lock")
    run.spawn("a")
    run.act(1, Kind.WAIT, lock, text=name)
    state = run.trace().state(len(run.events))
    assert state.workers[1].operation not in (COMPUTING, "")
