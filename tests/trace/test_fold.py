"""What the fold makes of each kind of event, seen in the states of small runs."""

import pytest
from concurrency_tui.trace import fold
from concurrency_tui.trace.events import NONE, Event, Kind, WorkerFlag
from concurrency_tui.trace.fold import apply, apply_all
from concurrency_tui.trace.lanes import STATUSES
from concurrency_tui.trace.state import State, Status

from tests import canned
from tests.canned_script import Script


def after(trace, kind, *, worker=None, obj=None, nth=0):
    """Return the state just after the nth event of a kind, of one worker or object."""
    found = [
        index
        for index in range(len(trace))
        if (event := trace.event(index)).kind is kind and worker in (None, event.worker) and obj in (None, event.obj)
    ]
    return trace.state(found[nth] + 1)


def named(state, name):
    return next(record for record in (*state.workers, *state.things) if record.name == name)


def run_of(*events):
    """Fold events of steps from 4 on, after two workers, numbers 0 and 1, have begun in the first three."""
    script = Script("none", "def main(): pass")
    script.spawn("other")
    script.begin(1, "main")
    state = State()
    apply_all(state, [*script.events, *events])
    return state


def test_every_kind_has_a_handler():
    assert set(fold._HANDLERS) == set(Kind)


def test_a_spawned_worker_is_ready_and_has_not_begun():
    state = after(canned.deadlock(), Kind.SPAWN, obj=1)
    worker = state.workers[1]
    assert (worker.name, worker.status, worker.begun, worker.parent) == ("Thread-1", Status.READY, False, 0)
    assert state.workers[0].status is Status.RUNNING


def test_who_acts_runs_and_who_ran_is_ready():
    trace = canned.traffic_light(2)
    state = after(trace, Kind.BEGIN, worker=1)
    assert state.running == 1
    assert [worker.status for worker in state.workers[:2]] == [Status.READY, Status.RUNNING]
    assert state.workers[1].begun
    assert state.workers[1].function == "light"


@pytest.mark.parametrize(
    ("kind", "operation", "status"),
    [
        ("Lock", "acquire", Status.LOCK),
        ("RLock", "acquire", Status.LOCK),
        ("Semaphore", "acquire", Status.LOCK),
        ("BoundedSemaphore", "acquire", Status.LOCK),
        ("Event", "wait", Status.SIGNAL),
        ("Condition", "wait", Status.SIGNAL),
        ("Barrier", "wait", Status.SIGNAL),
        ("Future", "result", Status.SIGNAL),
        ("Queue", "get", Status.QUEUE),
        ("PriorityQueue", "put", Status.QUEUE),
        ("SimpleQueue", "get", Status.QUEUE),
        ("ThreadPoolExecutor", "get", Status.QUEUE),
        ("socket", "recv", Status.IO),
        ("Rendezvous", "acquire", Status.LOCK),
        ("Rendezvous", "meet", Status.SIGNAL),
    ],
)
def test_the_kind_of_object_tells_what_a_wait_is(kind, operation, status):
    thing = Event(Kind.OBJECT, 4, 0, 0, 0, text=kind)
    state = run_of(thing, Event(Kind.WAIT, 5, 5, 1, 0, 99, operation))
    worker = state.workers[1]
    assert (worker.status, worker.wants, worker.operation, worker.deadline) == (status, 0, operation, 99)
    assert (worker.since, worker.since_step) == (5, 5)
    assert state.things[0].waiters == (1,)


def test_a_wait_ends_with_the_next_act_of_the_worker():
    trace = canned.traffic_light(3)
    state = after(trace, Kind.SET)
    assert [worker.status for worker in state.workers[2:]] == [Status.SIGNAL] * 3
    assert named(state, "event").waiters == (2, 3, 4)
    state = after(trace, Kind.PASS)
    worker, event = state.workers[2], named(state, "event")
    assert (worker.status, worker.wants, worker.operation) == (Status.RUNNING, NONE, "")
    assert event.waiters == (3, 4)
    assert (event.flag, event.passed, event.longest) == (True, 1, 3_000_000_000)


def test_a_worker_that_is_made_to_wait_in_anothers_step_has_not_run():
    lock = Event(Kind.OBJECT, 4, 0, 0, 0, text="Lock")
    taken = Event(Kind.ACQUIRE, 4, 0, 0, 0, 1)
    state = run_of(lock, taken, Event(Kind.WAIT, 4, 0, 1, 0, text="acquire"))
    assert state.running == 0
    assert [worker.status for worker in state.workers] == [Status.RUNNING, Status.LOCK]
    assert state.workers[1].last_step == 3
    state = run_of(lock, taken, Event(Kind.WAIT, 5, 0, 1, 0, text="acquire"))
    assert state.running == 1
    assert state.workers[0].status is Status.READY


def test_a_lock_has_an_owner_and_its_owner_holds_it():
    trace = canned.deadlock()
    state = after(trace, Kind.ACQUIRE, worker=1)
    lock, worker = named(state, "mutexA"), named(state, "Thread-1")
    assert (lock.owner, lock.depth, lock.uses, lock.since_step) == (1, 1, 1, 6)
    assert worker.holds == (lock.id,)


def test_an_rlock_counts_its_depth_and_is_held_once():
    trace = canned.reentrant()
    depths = [after(trace, Kind.ACQUIRE, worker=1, nth=n).things[0].depth for n in range(3)]
    depths += [after(trace, Kind.RELEASE, worker=1, nth=n).things[0].depth for n in range(3)]
    assert depths == [1, 2, 3, 2, 1, 0]
    assert after(trace, Kind.ACQUIRE, worker=1, nth=2).workers[1].holds == (0,)
    state = after(trace, Kind.RELEASE, worker=1, nth=2)
    assert (state.things[0].owner, state.workers[1].holds) == (NONE, ())
    assert state.things[0].waiters == (2,)


def test_a_lock_may_be_released_by_somebody_else():
    lock = Event(Kind.OBJECT, 4, 0, 0, 0, text="Lock")
    state = run_of(lock, Event(Kind.ACQUIRE, 4, 0, 0, 0, 1), Event(Kind.RELEASE, 5, 7, 1, 0, 0))
    assert (state.things[0].owner, state.things[0].since) == (NONE, 7)
    assert [worker.holds for worker in state.workers] == [(), ()]


def test_a_semaphore_has_holders_and_free_permits():
    trace = canned.semaphore(workers=8, permits=3)
    for position in range(len(trace) + 1):
        state = trace.state(position)
        if state.things:
            stalls = state.things[0]
            assert stalls.free + len(stalls.holders) == stalls.capacity == 3
            assert all(0 in state.workers[holder].holds for holder in stalls.holders)
    assert trace.state(len(trace)).things[0].uses == 8


def test_a_permit_given_back_by_one_who_has_none_is_the_oldest():
    semaphore = Event(Kind.OBJECT, 4, 0, 0, 0, 1, "Semaphore")
    state = run_of(semaphore, Event(Kind.ACQUIRE, 4, 0, 0, 0, 0), Event(Kind.RELEASE, 5, 0, 1, 0, 1))
    assert (state.things[0].holders, state.things[0].free) == ((), 1)
    assert state.workers[0].holds == ()


def test_several_permits_can_be_given_back_at_once():
    semaphore = Event(Kind.OBJECT, 4, 0, 0, 0, 3, "Semaphore")
    taken = [Event(Kind.ACQUIRE, 4, 0, 0, 0, left) for left in (2, 1, 0)]
    state = run_of(semaphore, *taken, Event(Kind.RELEASE, 5, 0, 0, 0, 2))
    assert (state.things[0].holders, state.things[0].free, state.workers[0].holds) == ((0,), 2, (0,))


@pytest.mark.parametrize(
    ("kind", "inside"),
    [
        ("Queue", ("0", "1", "2", "3")),
        ("LifoQueue", ("3", "2", "1", "0")),
        ("PriorityQueue", ("0", "1", "2", "3")),
    ],
)
def test_items_stand_in_the_order_of_leaving(kind, inside):
    trace = canned.queue(kind)
    state = after(trace, Kind.PUT, nth=3)
    items = {"Queue": ("0", "1", "2", "3"), "LifoQueue": ("3", "2", "1", "0")}.get(kind, inside)
    assert state.things[0].items == items
    assert state.things[0].size == state.things[0].free == 4
    for position in range(len(trace) + 1):
        event = trace.event(position - 1) if position else None
        if event is not None and event.kind is Kind.GET:
            assert trace.state(position - 1).things[0].items[0] == event.text
    assert trace.state(len(trace)).things[0].passed == 6


def test_a_long_queue_keeps_its_count_and_its_first_items():
    queue = Event(Kind.OBJECT, 4, 0, 0, 0, 0, "Queue")
    puts = [Event(Kind.PUT, 4, 0, 0, 0, n, str(n)) for n in range(fold.ITEMS_SHOWN + 50)]
    state = run_of(queue, *puts, Event(Kind.GET, 5, 0, 1, 0, text="0"))
    thing = state.things[0]
    assert thing.size == fold.ITEMS_SHOWN + 49
    assert thing.items == tuple(str(n) for n in range(1, fold.ITEMS_SHOWN))
    apply(state, Event(Kind.PUT, 6, 0, 0, 0, 0, "first"))
    apply(state, Event(Kind.PUT, 6, 0, 0, 0, fold.ITEMS_SHOWN + 50, "last"))
    assert (state.things[0].items[0], state.things[0].items[-1]) == ("first", str(fold.ITEMS_SHOWN - 1))


def test_a_future_goes_from_pending_to_done_and_its_pool_counts():
    trace = canned.pool(tasks=3, size=2)
    pool = after(trace, Kind.SUBMIT, nth=2).things[0]
    assert (pool.uses, len(pool.parts), pool.capacity) == (3, 3, 2)
    future = pool.parts[0]
    assert after(trace, Kind.SUBMIT).things[future].phase == "pending"
    state = after(trace, Kind.TAKE)
    assert (state.things[future].phase, state.things[future].worker) == ("running", 1)
    assert state.workers[1].task == future
    state = after(trace, Kind.RESOLVE)
    assert (state.things[future].phase, state.things[future].result, state.things[future].flag) == ("done", "1", True)
    assert (state.workers[1].task, state.things[0].passed) == (NONE, 1)
    state = trace.state(len(trace))
    assert state.things[future].callbacks == (("show", 1),)
    assert state.things[0].flag


def test_a_task_can_fail_or_be_cancelled():
    trace = canned.idle_pool()
    state = trace.state(len(trace))
    assert [state.things[number].phase for number in (1, 2, 3)] == ["done", "failed", "cancelled"]
    assert state.things[2].result == "ValueError: no power"
    assert state.things[1].passed == 1
    assert state.workers[1].status is Status.QUEUE


def test_a_barrier_opens_for_all_that_wait():
    trace = canned.barrier(4)
    left = [after(trace, Kind.PASS, nth=n).things[0].free for n in range(4)]
    assert left == [3, 2, 1, 0]
    assert trace.state(len(trace)).things[0].passed == 4


def test_a_broken_barrier_is_flagged_until_it_is_reset():
    barrier = Event(Kind.OBJECT, 4, 0, 0, 0, 2, "Barrier")
    state = run_of(barrier, Event(Kind.BREAK, 4, 0, 0, 0))
    assert state.things[0].flag
    apply(state, Event(Kind.RESET, 5, 0, 1, 0))
    assert not state.things[0].flag


def test_an_event_is_set_and_cleared():
    event = Event(Kind.OBJECT, 4, 0, 0, 0, text="Event")
    state = run_of(event, Event(Kind.SET, 4, 8, 1, 0))
    assert (state.things[0].flag, state.things[0].worker, state.things[0].since) == (True, 1, 8)
    apply(state, Event(Kind.CLEAR, 5, 9, 0, 0))
    assert (state.things[0].flag, state.things[0].since, state.things[0].uses) == (False, 9, 1)


def test_a_condition_remembers_who_notified_it():
    state = after(canned.condition(), Kind.NOTIFY)
    ready = named(state, "ready")
    assert (ready.worker, ready.uses, ready.waiters, ready.parts) == (0, 1, (1,), (0,))


def test_a_queue_joined_is_not_an_item_got():
    queue = Event(Kind.OBJECT, 4, 0, 0, 0, 0, "Queue")
    state = run_of(queue, Event(Kind.PASS, 4, 0, 0, 0))
    assert state.things[0].passed == 0


def test_sleep_and_wake():
    trace = canned.daemon()
    state = after(trace, Kind.SLEEP, worker=0)
    assert (state.workers[0].status, state.workers[0].deadline) == (Status.SLEEPING, 1_000_000_000)
    state = after(trace, Kind.WAKE)
    assert (state.workers[0].status, state.workers[0].deadline) == (Status.RUNNING, NONE)


def test_a_daemon_is_killed_in_its_sleep():
    trace = canned.daemon()
    worker = trace.state(len(trace)).workers[1]
    assert (worker.status, worker.operation, worker.deadline) == (Status.KILLED, "", NONE)


def test_a_daemon_that_waits_when_it_is_killed_waits_no_longer():
    queue = Event(Kind.OBJECT, 4, 0, 0, 0, 0, "Queue")
    state = run_of(queue, Event(Kind.WAIT, 5, 0, 1, 0, text="get"), Event(Kind.KILL, 6, 0, 1))
    assert (state.workers[1].status, state.workers[1].wants) == (Status.KILLED, NONE)
    assert state.things[0].waiters == ()


def test_what_a_worker_holds_is_listed_up_to_a_limit_and_counted_beyond():
    many = fold.ITEMS_SHOWN + 30
    semaphore = Event(Kind.OBJECT, 4, 0, 0, 0, many, "Semaphore")
    taken = [Event(Kind.ACQUIRE, 4, 0, 1, 0, many - number - 1) for number in range(many)]
    state = run_of(semaphore, *taken)
    assert len(state.things[0].holders) == len(state.workers[1].holds) == fold.ITEMS_SHOWN
    assert (state.things[0].free, state.things[0].uses) == (0, many)
    apply_all(state, [Event(Kind.RELEASE, 5, 0, 1, 0, number + 1) for number in range(many)])
    assert (state.things[0].holders, state.workers[1].holds, state.things[0].free) == ((), (), many)


def test_a_join_names_the_worker_and_a_timeout_ends_it():
    trace = canned.failure()
    state = after(trace, Kind.JOIN)
    worker = state.workers[0]
    assert (worker.status, worker.joins, worker.deadline) == (Status.JOIN, 2, 1_000_000_000)
    state = after(trace, Kind.TIMEOUT)
    assert (state.workers[0].status, state.workers[0].joins) == (Status.RUNNING, NONE)


def test_a_failed_worker_keeps_its_error_and_what_it_holds():
    worker = after(canned.failure(), Kind.FAIL).workers[1]
    assert worker.status is Status.FAILED
    assert worker.error == "ZeroDivisionError: division by zero"
    assert worker.holds == (0,)


def test_a_deadlock_is_told_in_the_order_of_the_cycle():
    trace = canned.deadlock()
    state = trace.state(len(trace))
    assert state.stuck == ((1, 1, 2), (2, 0, 1))
    assert [worker.status for worker in state.workers] == [Status.JOIN, Status.DEADLOCKED, Status.DEADLOCKED]
    assert state.workers[1].wants == 1
    assert (state.outcome, state.exit_status) == ("deadlock", 3)


@pytest.mark.parametrize(
    ("pieces", "shown", "unfinished"),
    [
        (["whole\n"], "whole", False),
        (["one\ntwo\n"], "two", False),
        (["half"], "half", True),
        (["ha", "lf", "\n"], "half", False),
        (["done\n", "new"], "new", True),
        (["a\nb"], "b", True),
        (["\n"], "", False),
        (["text\n", ""], "text", False),
    ],
)
def test_the_last_line_of_output_is_kept(pieces, shown, unfinished):
    state = run_of(*[Event(Kind.OUTPUT, 4, 0, 1, value=1, text=piece) for piece in pieces])
    assert (state.workers[1].output, state.workers[1].unfinished) == (shown, unfinished)


def test_a_worker_knows_where_it_is_and_how_often_it_ran():
    trace = canned.deadlock()
    worker = trace.state(len(trace)).workers[1]
    assert trace.site(worker.site).line == 12
    assert (worker.steps, worker.last_step) == (4, 11)


def test_objects_are_named_and_belong_to_each_other():
    script = Script("none", "def main(): pass")
    lock = script.thing("Lock", "")
    script.thing("Condition", "ready")
    script.note(Kind.PART, obj=lock, value=1)
    state = State()
    apply_all(state, script.events)
    assert [thing.name for thing in state.things] == ["Lock 0", "ready"]
    assert (state.things[0].whole, state.things[1].parts) == (1, (0,))


def test_a_worker_may_be_renamed():
    state = run_of(Event(Kind.RENAME, 4, 0, 1, 0, text="chief"))
    assert state.workers[0].name == "chief"


def test_a_worker_that_has_failed_has_failed_whatever_follows():
    run = Script("failing", "def main():\n    pass\n")
    worker = run.spawn("Thread-1")
    run.begin(worker, "main")
    run.act(worker, Kind.FAIL, text="ValueError: no")
    run.act(worker, Kind.OUTPUT, value=2, text="Traceback\n")
    run.act(0, Kind.END)
    trace = run.trace()
    assert trace.state(len(trace)).workers[worker].status is Status.FAILED
    assert STATUSES[trace.lanes.segments(worker).status[-1]] is Status.FAILED


def nested_run():
    """Return a run in which a coroutine gives way, is asked to stop, and ends for that."""
    run = Script("nested", "def main():\n    pass\n")
    task = run.spawn("Task-1", flags=WorkerFlag.COROUTINE)
    run.begin(task, "main")
    run.act(task, Kind.YIELD, text="7")
    run.act(0, Kind.LOOK, text="round")
    run.act(task, Kind.SLEEP, value=5)
    run.act(0, Kind.INTERRUPT, task)
    run.act(task, Kind.END, text="cancelled")
    return run.trace()


def test_who_gives_way_is_ready_while_its_thread_runs():
    trace = nested_run()
    state = after(trace, Kind.YIELD)
    assert [worker.status for worker in state.workers] == [Status.RUNNING, Status.READY]
    lane = trace.lanes.segments(1)
    assert STATUSES[lane.status[lane.at(state.position)]] is Status.READY


def test_who_is_asked_to_stop_waits_on_until_its_turn():
    trace = nested_run()
    assert after(trace, Kind.INTERRUPT).workers[1].status is Status.SLEEPING
    ended = after(trace, Kind.END).workers[1]
    assert (ended.status, ended.cancelled) == (Status.FINISHED, True)
    assert not after(canned.deadlock(), Kind.BEGIN).workers[0].cancelled
