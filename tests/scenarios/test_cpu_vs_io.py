"""The lesson on work that computes and work that waits: its four cases, what decides them, and that crowds are no trouble."""

import pytest
from concurrency_tui.trace.events import Kind
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..engine.computing import computed, followed
from .here import every_seed, simulated

CALL = 475_000_000
START = 20_000_000


@every_seed
def test_threads_that_compute_take_as_long_as_one_that_does_everything(seed):
    run = simulated("cpu-vs-io", seed)
    assert run.out == "12 threads (cpu) on 4 cores took 5.7 s\n"
    done = computed(run)
    assert [done[worker] for worker in range(1, 13)] == [CALL] * 12
    assert most_at_once(run) == 1


@every_seed
def test_processes_that_compute_share_the_cores(seed):
    run = simulated("cpu-vs-io", seed, model="processes")
    assert run.out == "12 processes (cpu) on 4 cores took 1.5 s\n"
    done = computed(run)
    assert [done[worker] for worker in range(1, 13)] == [CALL + START] * 12
    assert most_at_once(run) == 4


@every_seed
def test_on_one_core_processes_only_cost_more(seed):
    assert simulated("cpu-vs-io", seed, cores=1).seconds == 5.703
    assert simulated("cpu-vs-io", seed, cores=1, model="processes").seconds == 5.94


@every_seed
def test_workers_that_wait_take_hardly_longer_than_one_of_them(seed):
    assert simulated("cpu-vs-io", seed, work="io").seconds == 2.003
    assert 2.06 <= simulated("cpu-vs-io", seed, work="io", model="processes").seconds <= 2.08


@pytest.mark.parametrize(
    ("values", "out"),
    [
        ({"work": "io"}, "4000 threads (io) on 4 cores took 3.0 s\n"),
        ({"work": "io", "model": "processes"}, "4000 processes (io) on 4 cores took 22.0 s\n"),
        ({}, "4000 threads (cpu) on 4 cores took 1901.0 s\n"),
        ({"model": "processes"}, "4000 processes (cpu) on 4 cores took 495.0 s\n"),
    ],
)
def test_four_thousand_workers(values, out):
    run = simulated("cpu-vs-io", workers=4000, **values)
    assert run.out == out
    assert run.outcome == "finished"
    assert len(run.events) < 100_000


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 40), st.integers(1, 8), st.sampled_from(["threads", "processes"]), st.integers(0, 1000))
def test_no_core_is_idle_while_somebody_could_compute(workers, cores, model, seed):
    """All that is declared is computed, on as many cores as there are, in no more time than that takes."""
    run = simulated("cpu-vs-io", seed, workers=workers, cores=cores, model=model)
    assert most_at_once(run) == (1 if model == "threads" else min(cores, workers))
    total = sum(computed(run).values())
    if model == "threads":
        assert total == run.events[-1].time == workers * (CALL + 250_000)
    else:
        assert total == workers * (CALL + START)
        assert total / cores <= run.events[-1].time


def most_at_once(run):
    """Return how many computed at the same time, at most."""
    return max(len(machine.computing) for machine, event in followed(run.events) if event.kind is Kind.WORKED)
