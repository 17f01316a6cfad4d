"""What `switch-cost` claims: where switching between two loops pays, what it costs, and who acts when."""

import pytest
from concurrency_tui.trace.events import NANOSECONDS, NONE, Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace

from .here import every_seed, simulated

SERIAL, TURNS = "one after the other", "switch at each step"
STEP, SWITCH = 0.1, 0.02
"""Seconds that the lesson declares for a step of computing, and for resuming a generator."""


def switches(steps):
    """Return how often the two loops are resumed: once more than they have steps, to see that they are over."""
    return 2 * (steps + 1)


@every_seed
def test_ten_steps_of_computing_take_a_second_and_switching_comes_on_top(seed):
    serial, turns = (simulated("switch-cost", seed, work="cpu", order=order) for order in (SERIAL, TURNS))
    assert serial.seconds == pytest.approx(10 * STEP)
    assert turns.seconds == pytest.approx(10 * STEP + switches(5) * SWITCH)
    assert turns.lines[-1] == "both loops took 1.24 s"


@every_seed
def test_waiting_five_seconds_becomes_about_half_of_that(seed):
    serial, turns = (simulated("switch-cost", seed, work="io", order=order) for order in (SERIAL, TURNS))
    assert serial.seconds == pytest.approx(5.0)
    assert 2.5 < turns.seconds < 2.5 + switches(5) * SWITCH
    assert turns.lines[-1] == "both loops took 2.64 s"


@pytest.mark.parametrize("steps", [1, 10, 40])
def test_the_loss_grows_with_each_step(steps):
    serial, turns = (simulated("switch-cost", work="cpu", order=order, steps=steps) for order in (SERIAL, TURNS))
    assert turns.seconds - serial.seconds == pytest.approx(switches(steps) * SWITCH)


def test_the_shorter_the_wait_the_smaller_the_gain():
    gains = []
    for answer in (0.1, 0.5, 2.0):
        serial, turns = (simulated("switch-cost", work="io", order=order, answer=answer) for order in (SERIAL, TURNS))
        gains.append(serial.seconds / turns.seconds)
    assert gains == sorted(gains)
    assert gains[0] < 1.7 < 1.9 < gains[-1] < 2


@pytest.mark.parametrize("work", ["cpu", "io"])
def test_the_loops_take_turns_step_by_step(work):
    run = simulated("switch-cost", work=work)
    assert run.lines[:-1] == [f"{name}: step {step}" for step in range(1, 6) for name in "AB"]
    generators = [event for event in run.kinds(Kind.SPAWN) if event.value == WorkerFlag.GENERATOR]
    assert [event.text for event in generators] == ["in_steps", "in_steps 2"]
    assert {event.worker for event in generators} == {0}
    handed = [(event.worker, event.text) for event in run.kinds(Kind.YIELD)]
    assert handed == [(number, "0.0" if work == "cpu" else "0.5") for _ in range(5) for number in (1, 2)]
    assert [event.worker for event in run.kinds(Kind.END)] == [1, 2, 0]


def test_switching_is_paid_by_the_thread_and_the_steps_by_the_generators():
    run = simulated("switch-cost", work="cpu")
    paid = [(event.worker, event.text) for event in run.kinds(Kind.WORK)]
    assert paid.count((0, "resume")) == switches(5)
    assert paid.count((1, "compute")) == paid.count((2, "compute")) == 5
    assert len(paid) == switches(5) + 10


def test_one_after_the_other_there_is_only_the_thread():
    for work in ("cpu", "io"):
        run = simulated("switch-cost", work=work, order=SERIAL)
        assert run.workers == {0: "MainThread"}
        assert run.lines[:-1] == [f"{name}: step {step}" for name in "AB" for step in range(1, 6)]


def test_nothing_is_ever_done_at_once():
    run = simulated("switch-cost", work="cpu")
    trace = Trace(Header(target="switch-cost"))
    trace.extend(run.events)
    state = trace.state(len(trace))
    assert state.nested == 2
    working = NONE
    for event in run.kinds(Kind.WORK, Kind.WORKED):
        if event.kind is Kind.WORK:
            assert working in (NONE, event.worker)
            working = event.worker
        elif event.value <= 0:
            assert working == event.worker
            working = NONE


def test_no_order_is_left_to_chance():
    first = simulated("switch-cost", 0)
    for seed in range(1, 10):
        other = simulated("switch-cost", seed)
        assert (other.out, other.seconds) == (first.out, first.seconds)
    assert first.events[-1].time == round(1.24 * NANOSECONDS)
