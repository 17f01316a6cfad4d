"""What the lessons about the GIL and about starting workers claim, tried under many seeds."""

import re

import pytest
from concurrency_tui.trace.events import NANOSECONDS, NONE, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import COMPUTING, Status
from concurrency_tui.trace.store import Trace

from .here import SEEDS, every_seed, simulated

TURN = 5_000_000


def trace_of(run):
    """Return a run as a trace."""
    trace = Trace(Header(target="lesson"))
    trace.extend(run.events)
    return trace


def computing(state):
    return [worker.id for worker in state.workers if worker.operation == COMPUTING]


def slowest(run):
    (line,) = [line for line in run.lines if line.startswith("the slowest")]
    return float(re.search(r"took ([\d.]+) s", line)[1])


@every_seed
def test_with_the_gil_all_work_takes_as_long_as_one_after_the_other(seed):
    run = simulated("gil", seed)
    assert (run.outcome, run.seconds) == ("finished", pytest.approx(3 * 0.05 + 3 * 0.001))
    assert run.lines[-1] == "3 times 0.050 s of work took 0.153 s (cores: 4, GIL: yes)"


@every_seed
def test_without_it_all_work_takes_as_long_as_the_longest(seed):
    run = simulated("gil", seed, gil=False)
    assert run.seconds == pytest.approx(0.05)
    assert not [event for event in run.kinds(Kind.OBJECT) if event.text == "GIL"]
    assert max(len(computing(trace_of(run).state(at))) for at in range(len(run.events))) == 4


@every_seed
def test_one_worker_at_a_time_computes_and_nobody_is_idle_for_want_of_work(seed):
    run = simulated("gil", seed)
    trace = trace_of(run)
    for position in range(len(trace)):
        assert len(computing(trace.state(position))) <= 1
    (gil,) = trace.tenures.gils
    held = gil.held(len(trace), trace.duration)
    names = {run.workers[worker]: time for worker, time in held.items()}
    thread = NANOSECONDS // 20
    assert names == {"thread 0": thread, "thread 1": thread, "thread 2": thread, "window": 3_000_000}


@every_seed
def test_while_others_want_the_gil_a_turn_is_five_milliseconds(seed):
    run = simulated("gil", seed, frames=0)
    trace = trace_of(run)
    (gil,) = trace.tenures.gils
    first_end = min(event.time for event in run.kinds(Kind.WORKED) if event.value == 0)
    ends = [*gil.time[1:], trace.duration]
    turns = [
        end - time
        for time, end, holder in zip(gil.time, ends, gil.holder, strict=True)
        if holder != NONE and end <= first_end
    ]
    assert set(turns) == {TURN}
    assert len(turns) >= 10
    state = trace.state(len(trace))
    assert next(thing for thing in state.things if thing.kind == "GIL").passed >= 20


@every_seed
def test_the_window_waits_for_the_gil_and_never_without_one(seed):
    assert slowest(simulated("gil", seed)) >= 0.002
    assert slowest(simulated("gil", seed, gil=False)) == 0.001
    waits = [event for event in simulated("gil", seed).kinds(Kind.WAIT) if event.text == "run"]
    assert waits


@every_seed
def test_cores_count_only_without_the_gil(seed):
    for cores in (1, 2, 4):
        assert simulated("gil", seed, cores=cores).seconds == pytest.approx(0.153)
    two = simulated("gil", seed, gil=False, cores=2)
    assert 0.0765 <= two.seconds <= 0.082
    trace = trace_of(two)
    waiting = {worker.status for at in range(len(trace)) for worker in trace.state(at).workers if worker.wants != NONE}
    assert waiting == {Status.READY}


def test_alone_with_the_window_a_thread_still_lets_it_wait_for_a_whole_turn():
    assert {slowest(simulated("gil", seed, threads=1)) for seed in SEEDS} == {0.006}


@every_seed
def test_processes_speak_after_main_and_after_what_their_start_costs(seed):
    run = simulated("start-speed", seed)
    assert run.lines[0] == "declared: 0.0001 s a thread, 0.0500 s a process, 4 cores"
    assert run.lines[1] == "main has started them after 0.0000 s"
    assert sorted(run.lines[2:5]) == [f"worker {number} speaks after 0.0500 s" for number in range(3)]
    assert run.lines[5] == "all are over after 0.0500 s"


@every_seed
def test_threads_speak_within_a_millisecond(seed):
    run = simulated("start-speed", seed, model="thread")
    for number in range(3):
        ((said),) = run.when(f"worker {number} speaks")
        assert round((number + 1) * 0.0001, 6) <= round(said, 6) < 0.001
    assert run.seconds == pytest.approx(0.0003)


def test_a_thread_may_speak_before_main_or_after_it():
    places = {
        [line.split()[0] for line in simulated("start-speed", seed, model="thread", workers=1).lines[1:3]].index("main")
        for seed in SEEDS
    }
    assert places == {0, 1}


@every_seed
@pytest.mark.parametrize(
    ("workers", "cores", "least", "most"), [(3, 1, 0.15, 0.15), (8, 4, 0.1, 0.12), (4, 4, 0.05, 0.05)]
)
def test_cores_limit_how_many_processes_start_at_once(seed, workers, cores, least, most):
    run = simulated("start-speed", seed, workers=workers, cores=cores)
    assert least <= run.seconds <= most
    assert run.outcome == "finished"


def test_eight_threads_cost_eight_times_one():
    assert simulated("start-speed", workers=8, model="thread").seconds == pytest.approx(0.0008)


@pytest.mark.parametrize("model", ["thread", "process"])
def test_what_costs_nothing_takes_no_time(model):
    run = simulated("start-speed", model=model, thread_start=0, process_start=0)
    assert run.seconds == 0
    assert not run.kinds(Kind.WORK)
