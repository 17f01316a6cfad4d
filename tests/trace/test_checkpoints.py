"""Checkpoints give back exactly the states they were offered, and share what did not change."""

import pytest
from concurrency_tui.trace.checkpoints import SPACING, Checkpoints
from concurrency_tui.trace.fold import apply, apply_all
from concurrency_tui.trace.state import State

from tests import canned


@pytest.mark.parametrize("name", ["crowd", "pool", "semaphore", "traffic_light", "condition"])
def test_a_state_comes_back_as_it_was(name):
    trace = canned.ALL[name]()
    for position in range(0, len(trace) + 1, 5):
        state = trace.state(position).copy()
        state.position = SPACING
        checkpoints = Checkpoints()
        checkpoints.offer(state)
        assert checkpoints.before(SPACING) == state
        assert checkpoints.before(SPACING - 1) == State()


def test_hostile_texts_and_large_numbers_come_back():
    trace = canned.failure()
    state = trace.state(len(trace)).copy()
    state.position, state.time = SPACING, 2**63 - 1
    state.workers = [type(worker)(id=worker.id, name="\x1b]0;\u202e漢", since=2**63 - 1) for worker in state.workers]
    checkpoints = Checkpoints()
    checkpoints.offer(state)
    assert checkpoints.before(SPACING) == state


def test_a_checkpoint_does_not_follow_what_happens_later():
    trace = canned.crowd()
    state = State()
    apply_all(state, (trace.event(index) for index in range(SPACING)))
    checkpoints = Checkpoints()
    checkpoints.offer(state)
    kept = state.copy()
    apply(state, trace.event(SPACING))
    assert checkpoints.before(SPACING) == kept
    first = checkpoints.before(SPACING)
    apply(first, trace.event(SPACING))
    assert checkpoints.before(SPACING) == kept


def test_they_stand_apart_and_farther_where_states_are_large():
    counts = []
    for workers in (10, 3000):
        trace = canned.crowd(workers=workers, rounds=9000 // workers, locks=workers)
        checkpoints, state = Checkpoints(), State()
        for index in range(len(trace)):
            apply(state, trace.event(index))
            checkpoints.offer(state)
        counts.append(len(trace) / (len(checkpoints) - 1))
    assert SPACING <= counts[0] < 2 * SPACING
    assert counts[1] > 1.5 * counts[0]


def test_what_did_not_change_is_kept_once():
    trace = canned.crowd(workers=1000, rounds=1, locks=1000)
    state = trace.state(len(trace)).copy()
    checkpoints = Checkpoints()
    state.position = 100 * SPACING
    checkpoints.offer(state)
    state.position = 200 * SPACING
    checkpoints.offer(state)
    *_, first, second = checkpoints._checkpoints
    assert all(before is after for before, after in zip(first.workers, second.workers, strict=True))
    assert all(before is after for before, after in zip(first.things, second.things, strict=True))
