"""Who waits for whom, and when that is a deadlock."""

import pytest
from concurrency_tui.trace import waits
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.waits import Edge, cycle, edges, is_able, is_choosable

from tests import canned
from tests.canned_script import Script


def waiting(*steps, kinds=("Lock",) * 3, workers=3, capacity=NONE):
    """Return the state after some workers, from number 1, did (worker, kind, object or worker, value, text)."""
    run = Script("waits", "def main(): pass")
    for number, kind in enumerate(kinds):
        run.thing(kind, f"thing{number}", capacity)
    for number in range(workers):
        run.spawn(f"w{number + 1}")
    for worker, kind, obj, value, text in steps:
        run.act(worker, kind, obj, value, text)
    trace = run.trace()
    return trace.state(len(trace))


def takes(worker, obj):
    return (worker, Kind.ACQUIRE, obj, 1, "")


def awaits(worker, obj, operation="acquire", deadline=NONE):
    return (worker, Kind.WAIT, obj, deadline, operation)


def joins(worker, other, deadline=NONE):
    return (worker, Kind.JOIN, other, deadline, "")


def test_an_edge_names_the_object_and_its_holder():
    state = waiting(takes(1, 0), awaits(2, 0), joins(0, 2))
    assert edges(state) == [Edge(0, NONE, 2), Edge(2, 0, 1)]


def test_the_cycle_of_a_deadlock_is_found_before_the_verdict():
    trace = canned.deadlock()
    verdict = next(index for index in range(len(trace)) if trace.event(index).kind is Kind.DEADLOCK)
    assert cycle(trace.state(verdict)) == [Edge(1, 1, 2), Edge(2, 0, 1)]
    assert cycle(trace.state(verdict - 1)) == []
    assert cycle(trace.state(len(trace))) == [Edge(1, 1, 2), Edge(2, 0, 1)]


def test_three_in_a_ring():
    state = waiting(takes(1, 0), takes(2, 1), takes(3, 2), awaits(1, 1), awaits(2, 2), awaits(3, 0))
    assert cycle(state) == [Edge(1, 1, 2), Edge(2, 2, 3), Edge(3, 0, 1)]


def test_who_leads_into_a_ring_is_not_in_it():
    state = waiting(takes(1, 0), takes(2, 1), awaits(1, 1), awaits(2, 0), awaits(3, 0), joins(0, 3))
    assert [wait.worker for wait in cycle(state)] == [1, 2]


def test_one_that_waits_for_its_own_lock():
    assert cycle(waiting(takes(1, 0), awaits(1, 0))) == [Edge(1, 0, 1)]


def test_two_that_join_each_other():
    assert cycle(waiting(joins(1, 2), joins(2, 1))) == [Edge(1, NONE, 2), Edge(2, NONE, 1)]


def test_one_that_joins_a_worker_which_wants_its_lock():
    assert cycle(waiting(takes(1, 0), joins(1, 2), awaits(2, 0))) == [Edge(1, NONE, 2), Edge(2, 0, 1)]


def test_a_wait_that_runs_out_makes_no_deadlock():
    assert cycle(waiting(takes(1, 0), takes(2, 1), awaits(1, 1, deadline=10**9), awaits(2, 0))) == []
    assert cycle(waiting(joins(1, 2, deadline=10**9), joins(2, 1))) == []


def test_a_future_is_awaited_from_whoever_works_on_it():
    steps = [(1, Kind.TAKE, 0, NONE, ""), awaits(2, 0, "result"), joins(1, 2)]
    state = waiting(*steps, kinds=("Future",))
    assert edges(state) == [Edge(1, NONE, 2), Edge(2, 0, 1)]
    assert [wait.worker for wait in cycle(state)] == [1, 2]


def test_a_semaphore_of_one_permit_is_like_a_lock():
    steps = [(1, Kind.ACQUIRE, 0, 0, ""), (2, Kind.ACQUIRE, 1, 0, ""), awaits(1, 1), awaits(2, 0)]
    assert [wait.worker for wait in cycle(waiting(*steps, kinds=("Semaphore",) * 2, capacity=1))] == [1, 2]
    assert cycle(waiting(*steps, kinds=("Semaphore",) * 2, capacity=2)) == []
    assert waiting(*steps, kinds=("Semaphore",) * 2, capacity=2).things[0].holders == (1,)


def test_a_verdict_without_a_cycle_is_given_as_it_is():
    state = waiting(awaits(1, 0, "wait"), (1, Kind.DEADLOCK, 0, NONE, ""), kinds=("Event",))
    assert cycle(state) == [Edge(1, 0, NONE)]


def able(state, number):
    return is_able(state, state.workers[number])


@pytest.mark.parametrize(
    ("kinds", "before", "wait", "after"),
    [
        (("Lock",), [takes(1, 0)], awaits(2, 0), (1, Kind.RELEASE, 0, 0, "")),
        (("Semaphore",), [(1, Kind.ACQUIRE, 0, 0, "")], awaits(2, 0), (1, Kind.RELEASE, 0, 1, "")),
        (("Event",), [], awaits(2, 0, "wait"), (1, Kind.SET, 0, NONE, "")),
        (("Future",), [], awaits(2, 0, "result"), (1, Kind.RESOLVE, 0, NONE, "7")),
        (("Queue",), [], awaits(2, 0, "get"), (1, Kind.PUT, 0, 0, "7")),
        (("Queue",), [(1, Kind.PUT, 0, 0, "7")], awaits(2, 0, "put"), (1, Kind.GET, 0, NONE, "7")),
        (("Barrier",), [], awaits(2, 0, "wait"), (1, Kind.PASS, 0, 1, "")),
        ((), [], joins(2, 1), (1, Kind.END, NONE, NONE, "")),
    ],
)
def test_a_worker_is_able_once_what_it_waits_for_is_there(kinds, before, wait, after):
    assert not able(waiting(*before, wait, kinds=kinds, capacity=1), 2)
    assert able(waiting(*before, wait, after, kinds=kinds, capacity=1), 2)


def test_a_sleeper_is_able_when_its_time_has_come():
    trace = canned.daemon()
    sleeping = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.WAKE)
    assert not able(trace.state(sleeping), 0)
    assert able(trace.state(sleeping + 1), 0)


@pytest.mark.parametrize("name", canned.ALL)
def test_all_that_are_able_are_found_at_once(name):
    trace = canned.ALL[name]()
    for position in range(0, len(trace) + 1, 3):
        state = trace.state(position)
        assert waits.able(state) == [worker.id for worker in state.workers if is_choosable(state, worker)]


def test_the_dead_are_not_able():
    trace = canned.failure()
    state = trace.state(len(trace))
    assert not any(able(state, worker) for worker in range(3))


RUN = "run"


@pytest.mark.parametrize("kind", ["GIL", "CPU"])
def test_whoever_has_just_dropped_the_gil_or_a_core_lets_another_go_first(kind):
    free = 1 if kind == "CPU" else 0
    taken = (1, Kind.ACQUIRE, 0, 1 - free, "")
    dropped = [(1, Kind.RELEASE, 0, free, ""), awaits(1, 0, RUN)]
    alone = waiting(taken, *dropped, kinds=(kind,), capacity=1)
    assert waits.able(alone) == [0, 1, 2, 3]
    both = waiting(taken, awaits(2, 0, RUN), *dropped, kinds=(kind,), capacity=1)
    assert waits.able(both) == [0, 2, 3]
    later = waiting(taken, awaits(2, 0, RUN), *dropped, (2, Kind.ACQUIRE, 0, 1 - free, ""), kinds=(kind,), capacity=1)
    assert waits.able(later) == [0, 2, 3]
    again = (2, Kind.RELEASE, 0, free, "")
    assert waits.able(
        waiting(
            taken, awaits(2, 0, RUN), *dropped, (2, Kind.ACQUIRE, 0, 1 - free, ""), again, kinds=(kind,), capacity=1
        )
    ) == [0, 1, 2, 3]
