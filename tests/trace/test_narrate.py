"""A run in words: each sentence true, whole and plain."""

import string

import pytest
from concurrency_tui.locales.language import speaking
from concurrency_tui.trace import narrate_english, narrate_words
from concurrency_tui.trace.events import NONE, Event, Kind, WorkerFlag
from concurrency_tui.trace.narrate import DECLARATIONS, ENDS, describe, ended, sentence, verb, why
from concurrency_tui.trace.narrate_clauses import _CLAUSES
from concurrency_tui.trace.narrate_outcomes import reason
from concurrency_tui.trace.narrate_words import duration, quoted, several
from concurrency_tui.trace.state import Status
from hypothesis import given

from tests import canned
from tests.any_events import traces
from tests.canned_net import Net
from tests.canned_script import Script

SOURCE = "def main():\n    lock.acquire()\n"


def told(*events, kind="Lock", capacity=NONE, name="thing"):
    """Return the sentence for the last of some events, by MainThread (0), Ann (1) and Ben (2), about one object (0)."""
    run = Script("told", SOURCE)
    run.spawn("Ann")
    run.spawn("Ben")
    run.thing(kind, name, capacity)
    for event in events:
        if event.time:
            run.time = event.time
        run.step += 1
        run.events.append(Event(event.kind, run.step, run.time, *[getattr(event, f) for f in FIELDS]))
    trace = run.trace()
    return sentence(trace, len(trace))


FIELDS = ("worker", "obj", "value", "text", "site")


def does(worker, kind, obj=0, value=NONE, text="", time=0):
    return Event(kind, 0, time, worker, obj, value, text)


SECOND = 10**9
TAKEN = does(2, Kind.ACQUIRE, value=1)
SENTENCES = [
    ("Lock", [does(1, Kind.ACQUIRE, value=1)], "Ann acquires thing."),
    ("Lock", [TAKEN, does(1, Kind.WAIT, text="acquire")], "Ann waits for thing, held by Ben."),
    (
        "Lock",
        [TAKEN, does(1, Kind.WAIT, value=2 * SECOND, text="acquire")],
        "Ann waits for thing, held by Ben, until 2.0 s at the latest.",
    ),
    ("Lock", [TAKEN, does(2, Kind.WAIT, text="acquire")], "Ben waits for thing, which it holds itself."),
    (
        "Lock",
        [TAKEN, does(1, Kind.WAIT, text="acquire"), does(2, Kind.RELEASE, value=0)],
        "Ben releases thing, awaited by Ann.",
    ),
    ("Lock", [TAKEN, does(2, Kind.RELEASE, value=0)], "Ben releases thing."),
    ("Lock", [TAKEN, does(1, Kind.RELEASE, value=0)], "Ann releases thing, which Ben acquired."),
    (
        "Lock",
        [TAKEN, does(1, Kind.WAIT, text="acquire"), does(1, Kind.ACQUIRE, value=1, time=SECOND // 4)],
        "Ann acquires thing after waiting 0.25 s.",
    ),
    (
        "Lock",
        [TAKEN, does(1, Kind.WAIT, text="acquire"), does(1, Kind.TIMEOUT, text="acquire", time=SECOND)],
        "Ann gives up waiting for thing after 1.0 s.",
    ),
    ("Lock", [does(1, Kind.TIMEOUT, text="acquire")], "Ann gives up waiting for thing."),
    (
        "Lock",
        [TAKEN, does(1, Kind.REFUSE, text="acquire")],
        "Ann does not get thing, held by Ben, and does not wait.",
    ),
    ("Lock", [does(1, Kind.REFUSE, text="acquire")], "Ann cannot go on with thing, and does not wait."),
    ("Lock", [does(1, Kind.LOOK, text="locked → True")], "Ann looks at thing: locked → True."),
    ("Lock", [does(1, Kind.LOOK, NONE, text="is_alive → True")], "Ann looks: is_alive → True."),
    ("Lock", [TAKEN, does(2, Kind.END, NONE)], "Ben ends while it still holds thing."),
    ("Lock", [does(2, Kind.END, NONE, text="cancelled")], "Ben ends, as it was asked to."),
    (
        "Lock",
        [TAKEN, does(2, Kind.END, NONE, text="cancelled")],
        "Ben ends, as it was asked to, while it still holds thing.",
    ),
    ("Lock", [does(1, Kind.YIELD, NONE)], "Ann gives way."),
    ("Lock", [does(1, Kind.YIELD, NONE, text="7")], "Ann hands over 7 and gives way."),
    ("Lock", [does(1, Kind.INTERRUPT, 2)], "Ann asks Ben to stop."),
    ("Lock", [does(1, Kind.INTERRUPT, 1)], "Ann asks itself to stop."),
    ("Lock", [does(2, Kind.FAIL, NONE, text="KeyError: 3")], "Ben fails with KeyError: 3."),
    ("Lock", [does(2, Kind.DEADLOCK, 0, 1)], "Ben is deadlocked: it waits for thing, held by Ann."),
    ("Lock", [does(2, Kind.DEADLOCK, 0, 2)], "Ben is deadlocked: it waits for thing, which it holds itself."),
    ("Event", [does(2, Kind.DEADLOCK)], "Ben is deadlocked: nobody is left who could end its wait for thing."),
    ("Lock", [does(2, Kind.DEADLOCK, NONE, 1)], "Ben is deadlocked: it waits for Ann to end."),
    ("Lock", [does(2, Kind.DEADLOCK, NONE)], "Ben is deadlocked."),
    ("RLock", [does(1, Kind.ACQUIRE, value=3)], "Ann acquires thing again, now 3 deep."),
    ("RLock", [does(1, Kind.RELEASE, value=2)], "Ann releases thing once, still 2 deep."),
    ("Semaphore", [does(1, Kind.ACQUIRE, value=2)], "Ann takes a permit of thing, leaving 2."),
    ("Semaphore", [does(1, Kind.ACQUIRE, value=0)], "Ann takes the last free permit of thing."),
    ("Semaphore", [does(1, Kind.WAIT, text="acquire")], "Ann waits for a permit of thing, as none is free."),
    ("Semaphore", [does(1, Kind.RELEASE, value=1)], "Ann gives back a permit of thing, making 1 free."),
    ("Semaphore", [does(1, Kind.REFUSE, text="acquire")], "Ann finds no free permit of thing, and does not wait."),
    ("Event", [does(1, Kind.WAIT, text="wait")], "Ann waits until thing is set."),
    ("Event", [does(1, Kind.SET)], "Ann sets thing."),
    ("Event", [does(1, Kind.WAIT, text="wait"), does(2, Kind.SET)], "Ben sets thing and lets Ann go on."),
    ("Event", [does(1, Kind.PASS)], "Ann gets past thing, as it is set."),
    ("Event", [does(1, Kind.CLEAR)], "Ann clears thing."),
    ("Event", [does(1, Kind.REFUSE, text="wait")], "Ann finds thing not set, and does not wait."),
    ("Condition", [does(1, Kind.WAIT, text="wait")], "Ann waits until thing is notified."),
    ("Condition", [does(1, Kind.NOTIFY, value=0)], "Ann notifies thing, but nobody waits there."),
    ("Condition", [does(1, Kind.NOTIFY, value=1)], "Ann notifies thing and wakes one waiter."),
    ("Condition", [does(1, Kind.NOTIFY, value=3)], "Ann notifies thing and wakes 3 waiters."),
    ("Condition", [does(1, Kind.PASS)], "Ann goes on, as thing was notified."),
    ("Barrier", [does(1, Kind.WAIT, text="wait")], "Ann waits at thing, as number 1 of 3 to come."),
    ("Barrier", [does(1, Kind.PASS, value=2)], "Ann gets past thing, as all have come."),
    ("Barrier", [does(1, Kind.BREAK)], "Ann breaks thing."),
    ("Barrier", [does(1, Kind.BREAK), does(2, Kind.BREAK)], "Ben turns back from thing, which is broken."),
    ("Barrier", [does(1, Kind.RESET)], "Ann resets thing."),
    ("Queue", [does(1, Kind.WAIT, text="get")], "Ann waits for an item, as thing is empty."),
    ("Queue", [does(1, Kind.WAIT, text="put")], "Ann waits for room, as thing is full."),
    ("Queue", [does(1, Kind.WAIT, text="join")], "Ann waits until every item of thing is done."),
    ("Queue", [does(1, Kind.PASS)], "Ann goes on, as every item of thing is done."),
    ("Queue", [does(1, Kind.PUT, value=0, text="'x'")], "Ann puts 'x' into thing, which now holds 1."),
    ("Queue", [does(1, Kind.PUT), does(1, Kind.GET, text="9")], "Ann gets 9 from thing, which is empty now."),
    (
        "Queue",
        [does(1, Kind.PUT), does(1, Kind.PUT), does(1, Kind.GET, text="9")],
        "Ann gets 9 from thing, which now holds 1.",
    ),
    ("Queue", [does(1, Kind.DONE, value=2)], "Ann reports an item of thing done, with 2 to go."),
    ("Queue", [does(1, Kind.DONE, value=0)], "Ann reports the last item of thing done."),
    ("Queue", [does(1, Kind.REFUSE, text="get")], "Ann finds thing empty, and does not wait."),
    ("Queue", [does(1, Kind.REFUSE, text="put")], "Ann finds thing full, and does not wait."),
    ("Timer", [does(1, Kind.WAIT, text="wait")], "Ann waits for its time to come."),
    ("Door", [does(1, Kind.WAIT, text="knock")], "Ann waits for thing."),
    ("Door", [does(1, Kind.PASS)], "Ann gets past thing."),
    ("Lock", [does(1, Kind.WAIT, NONE, text="wait")], "Ann waits."),
    ("Lock", [does(1, Kind.WAIT, NONE, text="select")], "Ann waits, as nothing in it can go on."),
    ("Lock", [does(1, Kind.WAIT, NONE, text="first")], "Ann waits for the first of several to end."),
    ("Lock", [does(1, Kind.JOIN, 2)], "Ann waits for Ben to end."),
    ("Lock", [does(1, Kind.JOINED, 2)], "Ann sees that Ben has ended."),
    ("Lock", [does(1, Kind.JOIN, 2), does(1, Kind.JOINED, 2)], "Ann goes on, as Ben has ended."),
    ("Lock", [does(1, Kind.TIMEOUT, 2, text="join")], "Ann gives up waiting for Ben to end."),
    ("Lock", [does(1, Kind.TIMEOUT, NONE, text="sleep")], "A time-out wakes Ann from its sleep."),
    ("Lock", [does(1, Kind.SLEEP, NONE, 3 * SECOND)], "Ann goes to sleep for 3.0 s, until 3.0 s."),
    ("Lock", [does(1, Kind.WAKE, NONE)], "Ann wakes up."),
    ("Lock", [does(1, Kind.RUN, NONE)], "Ann runs on."),
    (
        "GIL",
        [does(1, Kind.WORK, NONE, 3 * SECOND, "burn")],
        "Ann computes in burn, until 3.0 s if nothing interrupts it.",
    ),
    ("GIL", [does(1, Kind.WORK, NONE, 3 * SECOND)], "Ann computes until 3.0 s, if nothing interrupts it."),
    (
        "GIL",
        [does(1, Kind.WORK, NONE, 3 * SECOND), does(1, Kind.WORK, NONE, SECOND)],
        "Ann computes on, and has to stop at 1.0 s now.",
    ),
    ("GIL", [does(1, Kind.WORKED, NONE, SECOND)], "Ann stops computing, with 1.0 s of work left."),
    ("GIL", [does(1, Kind.WORKED, NONE, 0)], "Ann has computed to the end."),
    ("GIL", [does(1, Kind.WAIT, text="run")], "Ann waits for the GIL."),
    ("GIL", [TAKEN, does(1, Kind.WAIT, text="run")], "Ann waits for the GIL, held by Ben."),
    ("CPU", [does(1, Kind.WAIT, text="run")], "Ann waits for a core, as all of them are busy."),
    ("CPU", [does(1, Kind.ACQUIRE, value=3)], "Ann takes a core, leaving 3."),
    ("CPU", [does(1, Kind.ACQUIRE, value=0)], "Ann takes the last free core."),
    ("CPU", [does(1, Kind.RELEASE, value=1)], "Ann leaves its core, making 1 free."),
    ("Lock", [does(1, Kind.LINE, NONE)], "Ann comes to line 0."),
    ("Lock", [does(1, Kind.BEGIN, NONE)], "Ann begins."),
    ("Lock", [does(1, Kind.BEGIN, NONE, text="<module>")], "Ann begins to run the program."),
    ("Lock", [does(1, Kind.RENAME, 2, text="Benjamin")], "Ben is called Benjamin from now on."),
    ("Lock", [does(1, Kind.KILL, NONE)], "Ann is a daemon, so it is cut off as the program ends."),
    ("Lock", [does(1, Kind.SPAWN, 3, 0, "Cid")], "Ann starts Cid."),
    ("Lock", [does(1, Kind.SPAWN, 3, WorkerFlag.DAEMON, "Cid")], "Ann starts the daemon Cid."),
    ("Lock", [does(1, Kind.SPAWN, 3, WorkerFlag.POOL, "Cid")], "Ann starts Cid, a worker of the pool."),
    ("Lock", [does(1, Kind.SPAWN, 3, WorkerFlag.COROUTINE, "Cid")], "Ann starts the coroutine Cid inside Ann."),
    ("Lock", [does(1, Kind.SPAWN, 3, WorkerFlag.GREENLET, "Cid")], "Ann starts the greenlet Cid inside Ann."),
    ("Lock", [does(1, Kind.SPAWN, 3, WorkerFlag.GENERATOR, "Cid")], "Ann starts the generator Cid inside Ann."),
    (
        "Lock",
        [does(1, Kind.SPAWN, 3, WorkerFlag.COROUTINE, "Cid"), does(3, Kind.KILL, NONE)],
        "Cid has not ended, and is cut off as the program ends.",
    ),
    ("Lock", [does(1, Kind.OUTPUT, NONE, 1, "hello\n")], 'Ann prints "hello".'),
    ("Lock", [does(1, Kind.OUTPUT, NONE, 1, "\n")], "Ann prints an empty line."),
    ("Lock", [does(1, Kind.OUTPUT, NONE, 2, "oh\n")], 'Ann writes "oh" to standard error.'),
    ("Lock", [does(NONE, Kind.OUTPUT, NONE, 1, "from C\n")], 'The program prints "from C".'),
    ("Future", [does(1, Kind.SUBMIT, 0, NONE, "task(3)")], "Ann submits task(3) to something."),
    ("Future", [does(1, Kind.TAKE)], "Ann takes up thing."),
    ("Future", [does(1, Kind.RESULT)], "Ann gets the result of thing."),
    ("socket", [does(1, Kind.LISTEN, 0, 5, "127.0.0.1:80")], "Ann makes thing listen at 127.0.0.1:80."),
    ("socket", [does(NONE, Kind.PEER, 0, 1)], "thing and something are the ends of one connection."),
    ("socket", [does(1, Kind.CONNECT, 0, NONE, "127.0.0.1:80")], "Ann connects thing to 127.0.0.1:80."),
    (
        "socket",
        [does(1, Kind.CONNECT, 0, 0, "127.0.0.1:80")],
        "Ann connects thing to thing at 127.0.0.1:80, where it waits to be accepted.",
    ),
    (
        "socket",
        [does(1, Kind.ACCEPT, 0, 7, "127.0.0.1:9")],
        "Ann accepts the connection of 127.0.0.1:9 at thing: its end here is something.",
    ),
    ("socket", [does(1, Kind.SEND, 0, 2, "b'hi'")], "Ann sends 2 bytes from thing: b'hi'."),
    ("socket", [does(1, Kind.SEND, 0, 1, "b'h'")], "Ann sends one byte from thing: b'h'."),
    ("socket", [does(1, Kind.RECV, 0, 2, "b'hi'")], "Ann receives 2 bytes at thing: b'hi'."),
    ("socket", [does(1, Kind.RECV, 0, 1, "b'h'")], "Ann receives one byte at thing: b'h'."),
    ("socket", [does(1, Kind.RECV, 0, 0, "b''")], "Ann finds at thing that the other end has finished."),
    ("socket", [does(1, Kind.SHUT, 0, 0)], "Ann shuts thing down for receiving."),
    (
        "socket",
        [does(1, Kind.SHUT, 0, 1)],
        "Ann shuts thing down for sending: the other end will see that no more comes.",
    ),
    ("socket", [does(1, Kind.SHUT, 0, 2)], "Ann shuts thing down: it neither sends nor receives from now on."),
    ("socket", [does(1, Kind.CLOSE)], "Ann closes thing."),
    (
        "socket",
        [does(1, Kind.CLOSE, text="reset")],
        "Ann closes thing, and throws away what it had not received: the connection is reset.",
    ),
    ("socket", [does(1, Kind.WAIT, text="accept")], "Ann waits until a client connects to thing."),
    ("socket", [does(1, Kind.WAIT, text="recv")], "Ann waits until something arrives at thing."),
    ("socket", [does(1, Kind.WAIT, text="send")], "Ann waits until the other end makes room, to send more from thing."),
    ("socket", [does(1, Kind.WAIT, text="connect")], "Ann waits until thing is connected."),
    ("socket", [does(1, Kind.WAIT, text="select")], "Ann waits until one of its sockets is ready."),
    (
        "socket",
        [does(1, Kind.WAIT, NONE, 2 * SECOND, "select")],
        "Ann waits, as nothing in it can go on, until 2.0 s at the latest.",
    ),
    (
        "socket",
        [does(1, Kind.WAIT, text="select"), does(1, Kind.TIMEOUT, text="select")],
        "Ann has waited for its sockets as long as it would, and goes on.",
    ),
    ("socket", [does(1, Kind.WAIT, text="wait")], "Ann waits for thing."),
    ("Lock", [does(1, Kind.REFUSE, text="release")], "Ann tries to release thing, which nobody holds."),
    (
        "RLock",
        [does(2, Kind.ACQUIRE, value=1), does(1, Kind.REFUSE, text="release")],
        "Ann tries to release thing, which only Ben may release.",
    ),
    (
        "BoundedSemaphore",
        [does(1, Kind.REFUSE, text="release")],
        "Ann tries to give back a permit of thing, and none has been taken.",
    ),
    ("socket", [does(1, Kind.REFUSE, text="accept")], "Ann finds nobody to accept at thing, and does not wait."),
    ("socket", [does(1, Kind.REFUSE, text="recv")], "Ann finds that nothing has arrived at thing, and does not wait."),
    ("socket", [does(1, Kind.REFUSE, text="send")], "Ann finds no room to send from thing, and does not wait."),
    ("socket", [does(1, Kind.REFUSE, text="connect")], "Ann does not get thing connected."),
    ("Lock", [does(NONE, Kind.OUTCOME, NONE, 0, "finished")], "The program has finished."),
    ("Lock", [does(NONE, Kind.OUTCOME, NONE, 1, "failed")], "The program has failed, with exit status 1."),
    ("Lock", [does(NONE, Kind.OUTCOME, NONE, 9, "failed: killed")], "The program has failed: killed."),
    ("Lock", [does(NONE, Kind.OUTCOME, NONE, 0, "limit: 9 steps")], "The run was stopped at a limit: 9 steps."),
    ("Lock", [does(NONE, Kind.OUTCOME, NONE, 0, "mismatch: x")], "The schedule does not fit the program: x."),
    ("Lock", [does(NONE, Kind.OUTCOME, NONE, 0, "odd")], "The run is over: odd."),
]


@pytest.mark.parametrize(("kind", "events", "expected"), SENTENCES)
def test_an_event_in_one_sentence(kind, events, expected):
    assert told(*events, kind=kind, capacity=3 if kind == "Barrier" else NONE) == expected


def test_the_place_is_told_by_its_line():
    run = Script("told", SOURCE)
    lock = run.thing("Lock", "lock")
    run.act(0, Kind.ACQUIRE, lock, 1, at="lock.acquire")
    run.act(0, Kind.LINE, at="lock.acquire")
    trace = run.trace()
    assert sentence(trace, len(trace) - 1) == "MainThread acquires lock (line 2)."
    assert sentence(trace, len(trace)) == "MainThread comes to line 2: lock.acquire()."


def test_a_place_in_another_file_is_told_with_its_path():
    run = Script("told", SOURCE)
    run.note(Kind.FILE, obj=1, text="pkg/helper.py")
    run.events.append(Event(Kind.SITE, run.step, 0, obj=1, site=1, value=40, text="help"))
    run.note(Kind.SOURCE, obj=1, text="\n" * 39 + "    nap()\n")
    run.events.append(Event(Kind.WAKE, run.step, 0, 0, site=1))
    run.events.append(Event(Kind.LINE, run.step, 0, 0, site=1))
    trace = run.trace()
    assert sentence(trace, len(trace) - 1) == "MainThread wakes up (pkg/helper.py, line 40)."
    assert sentence(trace, len(trace)) == "MainThread comes to line 40 of pkg/helper.py: nap()."


def test_tasks_are_called_by_their_calls():
    trace = canned.idle_pool()
    sentences = [sentence(trace, position) for position in range(1, len(trace) + 1)]
    for expected in (
        "MainThread submits power(1) to pool (line 17).",
        "ThreadPoolExecutor-0_0 takes up power(0) (line 5).",
        "ThreadPoolExecutor-0_0 finishes power(0) with the result 1 (line 7).",
        "ThreadPoolExecutor-0_0 fails in power(1) with ValueError: no power (line 7).",
        "MainThread cancels power(2) (line 17).",
        "MainThread waits for the result of power(0) (line 17).",
        "ThreadPoolExecutor-0_0 has no task and waits for one from pool (line 7).",
        "MainThread gets the result of power(0), which is 1 (line 17).",
    ):
        assert expected in sentences


def test_a_nameless_lock_is_called_by_what_it_belongs_to():
    trace = canned.condition()
    assert "patient acquires the RLock of ready (line 8)." in [sentence(trace, at) for at in range(len(trace))]


def test_a_nameless_socket_is_the_other_end_of_one_with_a_name():
    run = Net()
    ours = run.connect(run.client("Ann"))
    theirs = run.thing("socket", "")
    run.note(Kind.PEER, obj=theirs, value=ours)
    run.act(0, Kind.ACCEPT, run.listener, theirs, "127.0.0.1:9", at="accept")
    trace = run.trace()
    expected = (
        "MainThread accepts the connection of 127.0.0.1:9 at server: its end here is the other end of phone (line 23)."
    )
    assert sentence(trace, len(trace)) == expected


# Why.


def at(trace, kind, nth=0, *, worker=None):
    """Return the position just after the nth event of a kind."""
    found = [
        index
        for index in range(len(trace))
        if trace.event(index).kind is kind and worker in (None, trace.event(index).worker)
    ]
    return found[nth] + 1


def test_a_blocked_step_tells_who_has_the_lock_and_what_that_one_does():
    trace = canned.deadlock()
    assert why(trace, at(trace, Kind.WAIT)) == [
        "Thread-1 wakes up (line 11).",
        "Thread-1 waits for mutexB, held by Thread-2 (line 12).",
        "Thread-2 has held mutexB since step 9 (line 17).",
        "Thread-2 has slept long enough, and waits only for its turn (line 19).",
        "In this run Thread-1 never goes on.",
        "Only Thread-2 can go on now.",
    ]


DEADLOCK = [
    "Deadlock: whatever the order from here, none of these can go on.",
    "Thread-1 holds mutexA since step 6 and waits for mutexB, held by Thread-2 (line 12).",
    "Thread-2 holds mutexB since step 9 and waits for mutexA, held by Thread-1 (line 20).",
    "Each of the two waits for the other.",
    "Stuck behind them: MainThread.",
]


def test_a_deadlock_is_told_whole_before_the_verdict_and_after():
    trace = canned.deadlock()
    step = ["Thread-2 wakes up (line 19).", "Thread-2 waits for mutexA, held by Thread-1 (line 20)."]
    assert why(trace, at(trace, Kind.WAIT, 1)) == step + DEADLOCK
    assert why(trace, len(trace)) == [*step, "The program is deadlocked: nothing can move again.", *DEADLOCK]


def test_a_car_is_told_who_sets_the_light_and_when():
    trace = canned.traffic_light(3)
    assert why(trace, at(trace, Kind.JOIN), 2) == [
        "car 0 waits until event is set (line 15).",
        "In this run light sets event at 3.0 s, in step 15.",
        "light sleeps until 3.0 s, 3.0 s from now.",
    ]
    assert why(trace, at(trace, Kind.SET), 2) == [
        "car 0 waits until event is set (line 15).",
        "Nothing is in its way any more: car 0 can go on.",
        "car 0 has waited for 3.0 s, since step 9.",
    ]
    assert why(trace, at(trace, Kind.JOIN))[-1] == "Nobody can go on before 3.0 s, when light wakes up."


def test_a_queue_for_permits_tells_who_has_them_and_the_place_in_it():
    trace = canned.semaphore(workers=8, permits=2)
    lines = why(trace, at(trace, Kind.WAIT, -1))
    assert lines[0] == "worker 7 waits for a permit of stalls, as none is free (line 8)."
    assert "The permits of stalls are held by worker 0 and worker 1." in lines
    assert "6 workers wait for stalls, and worker 7 is number 6 of them." in lines


def test_a_released_lock_is_handed_to_nobody():
    trace = canned.reentrant()
    lines = why(trace, at(trace, Kind.RELEASE, 2))
    assert lines == [
        "Thread-1 releases lock, awaited by Thread-2 (line 7).",
        "A lock that is released is handed to nobody: whoever runs first takes it.",
        "MainThread, Thread-1 and Thread-2 can go on now, in any order.",
    ]
    assert why(trace, at(trace, Kind.RELEASE, 2), 2)[1] == (
        "lock is free now: Thread-2 can take it, if no other worker is first."
    )


def test_a_runner_at_a_barrier_is_told_how_many_are_missing():
    trace = canned.barrier(4)
    assert "2 more must come before gate opens." in why(trace, at(trace, Kind.WAIT, 1), 1)
    lines = why(trace, at(trace, Kind.WAIT, 2), 1)
    assert "One more must come before gate opens." in lines
    assert "In this run runner 3 opens gate at 3.0 s, in step 21." in lines


def test_a_wait_that_runs_out_is_foretold():
    trace = canned.condition()
    assert "In this run hasty gives up at 1.0 s, in step 9." in why(trace, at(trace, Kind.WAIT, 1))
    lines = why(trace, at(trace, Kind.WAIT, 0), 1)
    assert "In this run MainThread notifies ready at 2.0 s, in step 15." in lines


def test_a_receiver_is_told_who_is_at_the_other_end():
    trace = canned.ALL["echo"]()
    lines = why(trace, at(trace, Kind.WAIT, worker=3))
    assert lines[0] == "talk 0 waits until something arrives at conn (line 6)."
    assert lines[1] == "Nothing has come from client 0, at the other end of conn."
    assert "client 0 could run, and waits only for its turn (line 12)." in lines
    assert "In this run client 0 sends to conn at 0.0 s, in step 18." in lines


def test_a_server_is_told_who_will_connect():
    trace = canned.ALL["echo"]()
    lines = why(trace, at(trace, Kind.WAIT))
    assert "No client has connected to server." in lines
    assert "In this run client 0 connects to server at 0.0 s, in step 8." in lines


def test_a_sender_is_told_that_the_other_end_has_not_received():
    trace = canned.ALL["backlog"]()
    lines = why(trace, at(trace, Kind.WAIT))
    assert "23 bytes are on their way from phone: the other end has not received them." in lines
    assert "In this run talk 0 receives what phone has sent at 0.0 s, in step 17." in lines


def test_ends_are_told_for_each_kind_of_wait():
    trace = canned.queue()
    assert "In this run producer puts an item into line at 0.0 s, in step 7." in why(trace, at(trace, Kind.WAIT))
    assert "In this run consumer makes room in line at 0.0 s, in step 12." in why(trace, at(trace, Kind.WAIT, 1))
    trace = canned.idle_pool()
    lines = why(trace, at(trace, Kind.WAIT))
    assert "Nobody has taken up power(0) yet." in lines
    assert "In this run ThreadPoolExecutor-0_0 settles the future of power(0) at 0.0 s, in step 10." in lines
    assert "ThreadPoolExecutor-0_0 is at work on power(0)." in why(trace, at(trace, Kind.TAKE), 0)
    trace = canned.traffic_light(2)
    assert "In this run light ends at 3.0 s, in step 13." in why(trace, at(trace, Kind.JOIN))


def test_each_state_of_a_worker_is_told():
    trace = canned.failure()
    end = len(trace)
    assert why(trace, 0) == ["Nothing has happened yet."]
    assert why(trace, at(trace, Kind.SPAWN, 1), 1)[0] == "breaker has been started, and waits for its first turn."
    assert why(trace, at(trace, Kind.ACQUIRE), 1) == ["breaker is running (line 7)."]
    assert why(trace, at(trace, Kind.ACQUIRE), 0) == ["MainThread could run, and waits only for its turn (line 20)."]
    assert why(trace, end, 1) == ["breaker has failed with ZeroDivisionError: division by zero."]
    assert why(trace, end, 2) == ["finder has ended."]
    assert why(trace, end, 99) == []
    trace = canned.daemon()
    assert why(trace, len(trace), 1) == ["clock was cut off when the program ended."]


def test_who_ended_because_it_was_asked_to_is_told_so():
    run = Script("asked", SOURCE)
    run.spawn("Ann")
    run.act(1, Kind.END, text="cancelled")
    trace = run.trace()
    assert why(trace, len(trace), 1) == ["Ann was asked to stop, and has ended."]


def test_the_gil_of_another_process_is_told_with_its_name():
    run = Script("processes", "def main(): pass")
    child = run.spawn("Process-1", flags=WorkerFlag.PROCESS)
    gil = run.thing("GIL", "", worker=child)
    run.act(child, Kind.ACQUIRE, gil, 1)
    run.act(child, Kind.END)
    trace = run.trace()
    assert "Process-1 acquires the GIL of Process-1." in why(trace, len(trace) - 1)
    assert why(trace, len(trace))[0] == "Process-1 ends while it still holds the GIL of Process-1."


def test_the_chain_of_who_waits_for_whom_is_followed():
    trace = canned.deadlock()
    assert why(trace, at(trace, Kind.WAIT, 1), 0) == [
        "MainThread waits for Thread-1 to end (line 29).",
        "Thread-1 waits for mutexB, held by Thread-2 (line 12).",
        "Thread-2 has held mutexB since step 9 (line 17).",
        "Thread-2 waits for mutexA, held by Thread-1 (line 20).",
        "Thread-1 has held mutexA since step 6 (line 9).",
        "MainThread has waited for 1.0 s, since step 4.",
        "In this run MainThread never goes on.",
    ]


def test_a_larger_ring_and_one_that_waits_for_itself():
    run = Script("ring", SOURCE)
    workers = [run.spawn(f"P{number}") for number in range(3)]
    forks = [run.thing("Lock", f"forks[{number}]") for number in range(3)]
    for worker, fork in zip(workers, forks, strict=True):
        run.act(worker, Kind.ACQUIRE, fork, 1)
    for worker, fork in zip(workers, (*forks[1:], forks[0]), strict=True):
        run.act(worker, Kind.WAIT, fork, text="acquire")
    trace = run.trace()
    assert why(trace, len(trace))[1:6] == [
        "Deadlock: whatever the order from here, none of these can go on.",
        "P0 holds forks[0] since step 5 and waits for forks[1], held by P1.",
        "P1 holds forks[1] since step 6 and waits for forks[2], held by P2.",
        "P2 holds forks[2] since step 7 and waits for forks[0], held by P0.",
        "Each of these 3 waits for the next, and the last for the first.",
    ]
    run = Script("self", SOURCE)
    lock = run.thing("Lock", "lock")
    run.act(0, Kind.ACQUIRE, lock, 1)
    run.act(0, Kind.WAIT, lock, text="acquire")
    trace = run.trace()
    assert why(trace, len(trace))[1:] == [
        "Deadlock: whatever the order from here, none of these can go on.",
        "MainThread waits for lock, which it holds itself and will not release while it waits (line 1).",
    ]


def test_deadlocks_of_other_shapes():
    run = Script("shapes", SOURCE)
    event = run.thing("Event", "event")
    lock = run.thing("Lock", "lock")
    keeper, taker, dreamer = (run.spawn(name) for name in ("keeper", "taker", "dreamer"))
    run.act(keeper, Kind.ACQUIRE, lock, 1)
    run.act(keeper, Kind.JOIN, taker)
    run.act(taker, Kind.WAIT, lock, text="acquire")
    trace = run.trace()
    assert why(trace, len(trace))[1:5] == [
        "Deadlock: whatever the order from here, none of these can go on.",
        "keeper waits for taker to end.",
        "taker waits for lock, held by keeper.",
        "Each of the two waits for the other.",
    ]
    run.act(dreamer, Kind.WAIT, event, text="wait")
    run.note(Kind.DEADLOCK, dreamer, event)
    trace = run.trace()
    assert why(trace, len(trace), dreamer)[-1] == "dreamer waits for event, and nobody is left who could end that."


def test_a_ring_of_many_is_told_in_part():
    run = Script("crowd", SOURCE)
    workers = [run.spawn(f"P{number}") for number in range(40)]
    for worker, other in zip(workers, (*workers[1:], workers[0]), strict=True):
        run.act(worker, Kind.JOIN, other)
    trace = run.trace()
    lines = why(trace, len(trace))
    assert lines[2:4] == ["P0 waits for P1 to end.", "P1 waits for P2 to end."]
    assert lines[14:16] == ["So do 28 more.", "Each of these 40 waits for the next, and the last for the first."]


def test_the_end_of_a_queue_is_foretold():
    run = Script("join", SOURCE)
    line = run.thing("Queue", "line")
    helper = run.spawn("helper")
    run.act(0, Kind.PUT, line, 0, "1")
    run.act(0, Kind.WAIT, line, text="join")
    run.act(helper, Kind.GET, line, text="1")
    run.act(helper, Kind.DONE, line, 0)
    run.act(0, Kind.PASS, line)
    trace = run.trace()
    assert "In this run helper reports the last item of line done at 0.0 s, in step 6." in why(
        trace, at(trace, Kind.WAIT)
    )


# The words themselves.


def test_every_kind_and_status_has_its_words():
    assert set(_CLAUSES) == set(Kind)
    assert len({verb(kind) for kind in Kind}) == len(Kind)
    assert {describe(status) for status in Status} >= {"ready", "deadlocked", "waits for a lock"}
    assert all(describe(status) for status in Status)


def test_reasons_are_told_in_words_and_strangers_as_they_stand():
    for text in (
        "100 steps",
        "20 bytes of output",
        "1e+06 virtual seconds",
        "no sign of life for 2.5 s",
        "10 s without reaching a schedule point",
        "the process ended with status 3 before the run was over",
        "the process was killed by SIGKILL",
        "step 3 asks for worker 12, which cannot run there",
        "the program wrote into its own trace",
    ):
        assert reason(text) == text
        with speaking("zh"):
            assert reason(text) != text
            assert reason(text).isprintable()
    assert reason("of a stranger's: 3 steps") == "of a stranger's: 3 steps"


def test_an_end_is_a_word_whatever_its_reason():
    assert ended("limit: no more than 10 steps") == "limit"
    assert ended("as a stranger\nsays: so") == "as a stranger␊says"


def test_templates_have_named_fields_only():
    for key, template in narrate_english.WORDS.items():
        for _, field, spec, conversion in string.Formatter().parse(template):
            assert field is None or field.isidentifier(), key
            assert not spec, key
            assert conversion is None, key


def test_clauses_end_without_a_full_stop_and_begin_large_or_with_a_field():
    tables = (narrate_english._WORKERS, narrate_english._WAITS, narrate_english._OBJECTS, narrate_english._SOCKETS)
    for words in (*tables, narrate_english._REASONS):
        for template in words.values():
            assert not template.endswith((".", " "))
            assert template[0] == "{" or template[0].isupper()


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [
        (0, "0.0 s"),
        (2_000_000_000, "2.0 s"),
        (1_250_000_000, "1.25 s"),
        (5_000_000, "0.005 s"),
        (1_000_000, "0.001 s"),
        (20_000, "20 µs"),
        (1_500, "1.5 µs"),
        (3_600_000_000_000, "3600.0 s"),
    ],
)
def test_times_are_told_in_seconds(nanoseconds, text):
    assert duration(nanoseconds) == text


def test_lists_name_a_few_and_count_the_rest():
    names = ["a", "b", "c", "d", "e"]
    assert [several(names[:count]) for count in range(1, 6)] == [
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and 1 more",
        "a, b, c and 2 more",
    ]
    assert several(names[:3], 20) == "a, b, c and 17 more"
    assert several([]) == "somebody"


def test_quoted_text_is_safe_and_bounded():
    assert quoted("a\x1b[31m\n") == "a␛[31m␊"
    assert len(quoted("x" * 10_000)) == 200
    assert quoted("x" * 10_000, 5) == "xxxx…"


def test_names_of_strangers_are_told_as_text():
    lines = told(does(1, Kind.RENAME, 2, text="\x1b]0;{worker}\x07[/b]"))
    assert lines == "Ben is called ␛]0;{worker}␇[/b] from now on."


@given(traces(40))
def test_any_trace_can_be_told(trace):
    for position in range(len(trace) + 1):
        lines = [sentence(trace, position), *why(trace, position)]
        for worker in range(len(trace.state(position).workers)):
            lines += why(trace, position, worker)
        for line in lines:
            assert line.isprintable()
            assert line.endswith(".")


def test_every_sentence_of_the_table_can_be_told(monkeypatch):
    """Between them, the runs and examples of these tests use every template."""
    used = set()

    class Watched(dict):
        def __getitem__(self, key):
            used.add(key)
            return super().__getitem__(key)

    monkeypatch.setattr(narrate_words, "WORDS", Watched(narrate_english.WORDS))
    for kind, events, _ in SENTENCES:
        told(*events, kind=kind, capacity=3)
    for name, make in canned.ALL.items():
        trace = make()
        if name != "crowd":
            for position in range(len(trace) + 1):
                sentence(trace, position)
                why(trace, position)
                for worker in range(len(trace.state(position).workers)):
                    why(trace, position, worker)
    test_who_ended_because_it_was_asked_to_is_told_so()
    test_the_gil_of_another_process_is_told_with_its_name()
    test_a_larger_ring_and_one_that_waits_for_itself()
    test_deadlocks_of_other_shapes()
    test_the_end_of_a_queue_is_foretold()
    test_a_ring_of_many_is_told_in_part()
    test_a_place_in_another_file_is_told_with_its_path()
    test_the_place_is_told_by_its_line()
    test_a_nameless_socket_is_the_other_end_of_one_with_a_name()
    for kind in Kind:
        verb(kind)
    for status in Status:
        describe(status)
    for end in ENDS:
        ended(end)
    test_reasons_are_told_in_words_and_strangers_as_they_stand()
    duration(1000)
    left = {key for key in narrate_english.WORDS if key not in used and not key.startswith("plain.")}
    assert left == set()
    assert {kind for kind in DECLARATIONS if f"verb.{kind.value}" in used} == DECLARATIONS
