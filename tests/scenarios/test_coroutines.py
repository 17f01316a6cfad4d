"""What the lessons claim about coroutines: turns in one thread, what holds them up, and what they are good for."""

import re

import pytest
from concurrency_tui.trace.events import NANOSECONDS, NESTED, Kind

from .here import every_seed, simulated

SECONDS = {"serial": 4.0, "threads": 1.0, "processes": 1.0, "pool": 2.0, "coroutines": 1.0}
COMPUTING = {"serial": 4.0, "threads": 4.0, "processes": 2.0, "pool": 4.0, "coroutines": 4.0}


def nested(run):
    """Return the names of the workers that live inside a thread."""
    return [event.text for event in run.kinds(Kind.SPAWN) if event.value & NESTED]


@pytest.mark.parametrize(
    ("style", "wait", "seconds"),
    [
        ("together", "await", 4.0),
        ("together", "time.sleep", 10.0),
        ("one by one", "await", 10.0),
        ("one by one", "time.sleep", 10.0),
    ],
)
def test_only_tasks_that_await_wait_together(style, wait, seconds):
    run = simulated("asyncio-tasks", style=style, wait=wait)
    assert (run.outcome, run.seconds) == ("finished", seconds)
    assert run.lines[-1] == f"4 of 4 dishes in {seconds} s"


def test_all_tasks_live_in_one_thread():
    run = simulated("asyncio-tasks")
    assert nested(run) == ["Task-1", "dish 1", "dish 2", "dish 3", "dish 4"]
    assert set(run.workers.values()) - set(nested(run)) == {"MainThread"}
    asleep = [event.time / NANOSECONDS for event in run.kinds(Kind.WAIT) if event.text == "select"]
    assert asleep == [0.0, 1.0, 2.0, 3.0]


def test_the_main_task_waits_for_each_that_is_left():
    run = simulated("asyncio-tasks")
    assert [run.workers[event.obj] for event in run.kinds(Kind.JOIN)] == ["dish 1", "dish 2", "dish 3", "dish 4"]


def test_a_coroutine_that_is_awaited_is_no_task():
    assert nested(simulated("asyncio-tasks", style="one by one")) == ["Task-1"]


def test_a_task_that_sleeps_for_its_thread_lets_no_other_move():
    run = simulated("asyncio-tasks", wait="time.sleep")
    assert run.when("is on the stove") == [0.0, 1.0, 3.0, 6.0]
    assert [run.workers[event.worker] for event in run.kinds(Kind.SLEEP)] == ["MainThread"] * 4


def test_what_is_not_ready_in_time_is_called_off():
    run = simulated("asyncio-tasks", patience=2.5)
    assert (run.when("is ready"), run.when("is taken off"), run.seconds) == ([1.0, 2.0], [2.5, 2.5], 2.5)
    asked = [run.workers[event.obj] for event in run.kinds(Kind.INTERRUPT)]
    assert asked == ["Task-1", "dish 3", "dish 4"]
    ended = [run.workers[event.worker] for event in run.kinds(Kind.END) if event.text == "cancelled"]
    assert ended == ["dish 3", "dish 4"]


def test_a_time_out_comes_late_where_the_loop_has_no_turn():
    run = simulated("asyncio-tasks", patience=2.5, wait="time.sleep")
    assert len(run.when("is ready")) == 4
    assert run.when("the guests have left") == [10.0]


@every_seed
def test_another_seed_changes_nothing_in_one_loop(seed):
    kinds = (Kind.BEGIN, Kind.SLEEP, Kind.WAKE, Kind.JOIN, Kind.JOINED, Kind.OUTPUT, Kind.END)
    assert simulated("asyncio-tasks", seed).kinds(*kinds) == simulated("asyncio-tasks").kinds(*kinds)


def totals(run):
    """Return the seconds that each way took, by its name."""
    found = re.findall(r"(\w+): \d+ jobs in (\d+\.\d) s", run.out)
    return {name: float(seconds) for name, seconds in found}


@every_seed
def test_jobs_that_wait_take_as_long_as_their_model_says(seed):
    run = simulated("five-models", seed)
    assert (run.outcome, totals(run)) == ("finished", SECONDS)


@pytest.mark.parametrize("seed", range(4))
def test_jobs_that_compute_are_faster_only_in_processes(seed):
    assert totals(simulated("five-models", seed, work="cpu")) == COMPUTING


def test_more_cores_help_processes_alone():
    assert totals(simulated("five-models", work="cpu", cores=4)) == {**COMPUTING, "processes": 1.0}


@pytest.mark.parametrize(
    ("model", "threads", "coroutines", "processes"),
    [
        ("serial", 1, 0, 1),
        ("threads", 101, 0, 1),
        ("processes", 101, 0, 101),
        ("pool", 3, 0, 1),
        ("coroutines", 1, 101, 1),
    ],
)
def test_each_model_has_workers_of_its_own(model, threads, coroutines, processes):
    run = simulated("five-models", model=model, jobs=100)
    inside = len(nested(run))
    assert (len(run.workers) - inside, inside) == (threads, coroutines)
    assert len(run.kinds(Kind.PROCESS)) + (processes == 1) == processes


def test_a_coroutine_that_computes_gives_way_to_nobody():
    run = simulated("five-models", model="coroutines", work="cpu")
    began = [event.time / NANOSECONDS for event in run.kinds(Kind.BEGIN) if run.workers[event.worker].startswith("co")]
    assert began == [0.0, 1.0, 2.0, 3.0]
