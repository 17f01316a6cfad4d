"""What the lessons on shared variables and processes claim, tried in the simulator."""

import pytest
from concurrency_tui.trace.events import Kind

from .here import every_seed, simulated


@every_seed
def test_all_updates_but_one_are_lost_without_a_lock(seed):
    run = simulated("mutex", seed)
    assert (run.out, run.seconds) == ("99 of 100 coins are left\n", 0.1)


@every_seed
@pytest.mark.parametrize("guard", ["lock", "join after each start"])
def test_none_is_lost_under_a_guard(seed, guard):
    run = simulated("mutex", seed, guard=guard, workers=20)
    assert (run.out, run.seconds) == ("0 of 20 coins are left\n", 2.0)


def test_two_threads_can_get_past_each_other_without_a_lock():
    results = {simulated("mutex", seed, workers=2, pause=0).out for seed in range(20)}
    assert results == {"0 of 2 coins are left\n", "1 of 2 coins are left\n"}


@every_seed
@pytest.mark.parametrize(("model", "left"), [("thread", 666), ("process", 100)])
def test_whose_variable_is_changed(seed, model, left):
    run = simulated("shared-data", seed, model=model)
    assert run.lines == ["worker: n is 100", "worker: n is 666 now", f"main: n is {left}"]


@every_seed
@pytest.mark.parametrize(("model", "numbers"), [("thread", 1), ("process", 5)])
def test_one_number_or_one_each(seed, model, numbers):
    run = simulated("pids", seed, model=model)
    assert len({line.partition("pid ")[2] for line in run.lines}) == numbers
    assert len(run.kinds(Kind.PROCESS)) == (5 if model == "process" else 0)
    assert run.lines[-1].startswith("main")
