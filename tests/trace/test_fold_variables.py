"""Shared variables and processes in the state."""

from concurrency_tui.trace.fold_variables import LEDGER
from concurrency_tui.trace.narrate import sentence

from .. import canned


def test_all_but_the_first_update_are_lost():
    trace = canned.lost_update(workers=4)
    money = trace.state(len(trace)).things[0]
    assert (money.kind, money.name, money.result) == ("variable", "money", "99")
    assert money.lost == 3
    assert [access.stale for access in money.ledger if access.write] == [False, False, True, True, True]


def test_the_ledger_tells_who_read_and_wrote_in_order():
    money = canned.lost_update(workers=2).state(10**6).things[0]
    assert [(access.worker, access.write, access.value) for access in money.ledger] == [
        (0, True, "100"),
        (1, False, "100"),
        (2, False, "100"),
        (1, True, "99"),
        (2, True, "99"),
        (0, False, "99"),
    ]


def test_a_lost_update_is_told():
    trace = canned.lost_update(workers=2)
    told = [sentence(trace, position) for position in range(1, len(trace) + 1)]
    assert "Thread-2 sets money to 99, and so undoes what Thread-1 wrote since Thread-2 read it (line 11)." in told
    assert "Thread-1 sets money to 99 (line 11)." in told


def test_workers_belong_to_the_process_that_started_them():
    trace = canned.processes()
    state = trace.state(len(trace))
    assert [worker.process for worker in state.workers] == [0, 1, 1]
    assert [worker.pid for worker in state.workers] == [4000, 5000, -1]
    assert [thing.result for thing in state.things] == ["100", "0"]


def test_updates_are_lost_in_a_crowd_too():
    trace = canned.lost_update(workers=200)
    money = trace.state(len(trace)).things[0]
    assert money.lost == 199
    assert len(money.ledger) == LEDGER
    assert (money.aware, money.behind) == ((0,), ())
