"""gevent in a simulated run: its greenlets as workers, its waits told, and nothing left of it afterwards."""

import logging
import os
import queue
import select
import selectors
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import ModuleType

import pytest
from concurrency_tui.trace.events import CANCELLED, NANOSECONDS, NONE, Event, Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import Status
from concurrency_tui.trace.store import Trace

from .runs import PROGRAMS, Run, call_here, run_child, run_here

PROGRAM = PROGRAMS / "same" / "gevent_objects.py"
MONKEY = PROGRAMS / "same" / "gevent_monkey.py"
IDLE = PROGRAMS / "same" / "join.py"
BEFORE = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "gevent"}


def run(function: Callable[[], object], **options: int) -> Run:
    result, outcome = call_here(function, **options)
    assert outcome.name == result.outcome
    return result


def workers(result: Run) -> dict[int, str]:
    return {event.obj: event.text for event in result.kinds(Kind.SPAWN)}


def told(result: Run, *kinds: Kind) -> list[tuple[str, Kind, int, str]]:
    """Who did what, with which object, and the text."""
    names = workers(result)
    return [(names[event.worker], event.kind, event.obj, event.text) for event in result.kinds(*kinds)]


def seconds(events: list[Event]) -> list[float]:
    return [event.time / NANOSECONDS for event in events]


def sleepers() -> None:
    import gevent

    jobs = [gevent.spawn(gevent.sleep, each) for each in (3, 1)]
    gevent.joinall(jobs)


def test_a_greenlet_is_a_worker_inside_its_thread():
    result = run(sleepers)
    assert workers(result) == {0: "MainThread", 1: "Greenlet-0", 2: "Greenlet-1"}
    assert [event.value for event in result.kinds(Kind.SPAWN)] == [0, WorkerFlag.GREENLET, WorkerFlag.GREENLET]
    assert [event.worker for event in result.kinds(Kind.BEGIN)] == [0, 1, 2]
    assert [event.worker for event in result.kinds(Kind.END)] == [2, 1, 0]
    assert seconds(result.kinds(Kind.WAKE)) == [1.0, 3.0]
    assert result.outcome == "finished"


def test_the_thread_waits_while_all_its_greenlets_do_and_runs_while_one_does():
    trace = Trace(Header(target="gevent"))
    trace.extend(run(sleepers).events)
    seen = set()
    for position in range(len(trace) + 1):
        state = trace.state(position)
        statuses = [worker.status for worker in state.workers]
        if statuses[1:] == [Status.SLEEPING, Status.SLEEPING] and statuses[0] is Status.JOIN:
            seen.add("all wait")
        if len(statuses) > 1 and Status.RUNNING in statuses[1:]:
            assert statuses[0] is Status.RUNNING
            seen.add("one runs")
        assert [worker.host for worker in state.workers[1:]] == [0] * (len(statuses) - 1)
    assert seen == {"all wait", "one runs"}


def test_the_first_worker_named_in_a_step_is_a_thread():
    chosen: dict[int, int] = {}
    for event in run(sleepers).events:
        if event.worker != NONE:
            chosen.setdefault(event.step, event.worker)
    assert set(chosen.values()) == {0}


def test_joinall_tells_whose_end_it_waits_for_and_every_end():
    result = run(sleepers)
    joins = [event for event in result.kinds(Kind.JOIN) if event.worker == 0]
    assert {event.obj for event in joins} == {1}
    assert [event.obj for event in result.kinds(Kind.JOINED)] == [2, 1]


def yielding() -> None:
    import gevent

    def step() -> None:
        gevent.sleep(0)

    gevent.joinall([gevent.spawn(step), gevent.spawn(step)])


def test_a_sleep_of_nothing_is_giving_way():
    result = run(yielding)
    assert [event.worker for event in result.kinds(Kind.YIELD)] == [1, 2, 0]  # gevent hands over two ends one by one
    assert not result.kinds(Kind.SLEEP)
    assert result.events[-1].time == 0


def polling() -> None:
    import gevent

    done = []
    gevent.spawn_later(0.5, done.append, 1)
    while not done:
        gevent.sleep(0)


def test_time_passes_for_a_greenlet_that_only_gives_way():
    result = run(polling)
    assert result.outcome == "finished"
    assert 0.5 <= result.events[-1].time / NANOSECONDS < 0.6


def killing() -> None:
    import gevent

    def victim() -> None:
        try:
            gevent.sleep(9)
        finally:
            gevent.sleep(1)

    job = gevent.spawn(victim)
    gevent.sleep(1)
    job.kill()
    gevent.spawn(victim).kill()


def test_who_asks_to_stop_and_who_ends_for_it():
    result = run(killing)
    assert [(event.worker, event.obj) for event in result.kinds(Kind.INTERRUPT)] == [(0, 1), (0, 2)]
    assert [event.text for event in result.kinds(Kind.END)] == [CANCELLED, CANCELLED, ""]
    assert [event.worker for event in result.kinds(Kind.BEGIN)] == [0, 1]  # the other one never began


def impatient() -> None:
    import gevent
    from gevent.event import Event

    door = Event()
    with gevent.Timeout(2, False):
        door.wait()
    with gevent.Timeout(1, False):
        gevent.sleep(5)
    gevent.spawn(gevent.sleep, 5).join(timeout=1)


def test_time_outs_are_told_with_what_was_waited_for():
    result = run(impatient)
    (door,) = [number for number, name in result.names.items() if name == "door"]
    assert [(event.obj, event.text) for event in result.kinds(Kind.TIMEOUT)] == [
        (door, "wait"),
        (NONE, "sleep"),
        (1, "join"),
    ]
    assert seconds(result.kinds(Kind.TIMEOUT)) == [2.0, 3.0, 4.0]
    (wait,) = result.kinds(Kind.WAIT)
    assert (wait.obj, wait.value) == (door, 2 * NANOSECONDS)


def stuck() -> None:
    import gevent
    from gevent.lock import RLock

    left, right = RLock(), RLock()

    def cross(first: RLock, second: RLock) -> None:
        with first:
            gevent.sleep(1)
            with second:
                pass

    jobs = [gevent.spawn(cross, left, right), gevent.spawn(cross, right, left)]
    gevent.joinall(jobs)


def test_gevent_finds_a_deadlock_by_itself_and_the_trace_names_the_stuck():
    result = run(stuck)
    assert result.outcome == "failed"
    (failure,) = result.kinds(Kind.FAIL)
    assert failure.worker == 0
    assert failure.text.startswith("LoopExit: This operation would block forever")
    names = result.names
    deadlocked = {(event.worker, names.get(event.obj), event.value) for event in result.kinds(Kind.DEADLOCK)}
    assert deadlocked == {(0, None, 1), (1, "first", 2), (2, "first", 1)}


def waits_for_a_thread() -> None:
    import gevent
    from gevent.event import Event

    never = threading.Event()
    here = Event()
    threading.Thread(target=never.wait).start()
    gevent.get_hub().threadpool.spawn(never.wait)
    here.wait()


def test_a_loop_that_another_thread_could_wake_waits_with_all_the_others():
    result = run(waits_for_a_thread)
    assert result.outcome == "deadlock"
    names = workers(result)
    waiting = {names[event.worker]: result.names.get(event.obj) for event in result.kinds(Kind.DEADLOCK)}
    assert waiting == {"MainThread": "here", "Thread-1 (wait)": None}


def failing() -> None:
    import gevent

    def fails() -> None:
        raise ValueError("as it must")

    gevent.spawn(fails).join()


def test_a_failing_greenlet_is_told_at_its_line_and_the_program_goes_on():
    result = run(failing)
    assert [(event.worker, event.text) for event in result.kinds(Kind.FAIL)] == [(1, "ValueError: as it must")]
    assert [event.worker for event in result.kinds(Kind.END)] == [0]
    assert result.outcome == "failed"


def named() -> None:
    import gevent
    from gevent.pool import Pool

    pool = Pool(2)
    for _ in range(3):
        pool.spawn(gevent.sleep, 1)
    pool.join()
    job = gevent.spawn(gevent.sleep, 0)
    job.name = "painter"
    job.join()


def test_a_pool_gives_its_permits_to_greenlets_and_names_can_change():
    result = run(named)
    (pool,) = [number for number, name in result.names.items() if name == "pool"]
    about = [event for event in result.events if event.obj == pool]
    assert [event.text for event in about if event.kind is Kind.OBJECT] == ["Semaphore"]
    assert [event.worker for event in about if event.kind is Kind.ACQUIRE] == [1, 2, 3]
    assert [event.worker for event in about if event.kind is Kind.WAIT] == [0, 0]
    assert [event.text for event in result.kinds(Kind.RENAME)] == ["painter"]


def threads_with_greenlets() -> None:
    import gevent

    def main() -> None:
        gevent.joinall([gevent.spawn(gevent.sleep, 1) for _ in range(2)])

    threads = [threading.Thread(target=main, name=name) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("seed", range(10))
def test_each_thread_has_a_loop_of_its_own(seed: int):
    trace = Trace(Header(target="gevent"))
    result = run(threads_with_greenlets, seed=seed)
    trace.extend(result.events)
    assert result.events[-1].time == NANOSECONDS
    state = trace.state(len(trace))
    names = {worker.id: worker.name for worker in state.workers}
    assert sorted(names[worker.host] for worker in state.workers if worker.host != NONE) == ["a", "a", "b", "b"]


def cleaning(left: list[str]) -> None:
    import gevent

    def tidy() -> None:
        try:
            gevent.sleep(100)
        finally:
            left.append("tidied")

    gevent.spawn(tidy)
    try:
        gevent.sleep(1)
        raise SystemExit(3)
    finally:
        left.append("left")


def test_nothing_is_left_running_when_a_run_is_over():
    left: list[str] = []
    result = run(lambda: cleaning(left))
    assert left == ["left", "tidied"]
    assert result.status == 3
    assert [event.worker for event in result.kinds(Kind.KILL)] == [1]


def gevent_modules() -> dict[str, ModuleType]:
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "gevent"}


PATCHED = (os, time, threading, socket, select, selectors, ssl, subprocess, queue, logging, sys.modules["_thread"])


@pytest.mark.parametrize("seed", range(2))
def test_monkey_patching_ends_with_the_run(seed: int):
    def books() -> list[dict[str, object]]:
        return [dict(vars(module)) for module in PATCHED]

    before, loaded = books(), gevent_modules()
    locks = [reference().lock for reference in logging._handlerList]
    assert "main ends" in run_here(MONKEY, seed=seed).out
    assert gevent_modules() == loaded
    for was, now in zip(before, books(), strict=True):
        assert {name: now.get(name) for name in was} == was
    assert [reference().lock for reference in logging._handlerList] == locks


def test_a_gevent_from_before_the_run_is_put_back():
    mine = ModuleType("gevent")
    sys.modules["gevent"] = mine
    try:
        assert run(sleepers).outcome == "finished"
        assert sys.modules["gevent"] is mine
    finally:
        del sys.modules["gevent"]


def test_a_program_without_gevent_does_not_import_it():
    assert run_child(PROGRAMS / "ends" / "without_gevent.py").out == "False\n"


@pytest.mark.parametrize("path", [PROGRAM, MONKEY], ids=lambda path: path.stem)
def test_equal_runs_are_equal_here_and_in_a_child(path):
    events = run_here(path, seed=3).events
    assert run_here(path, seed=3).events == events
    assert run_child(path, seed=3).events == run_child(path, seed=3).events


def test_five_hundred_greenlets_are_quick():
    began = time.process_time()
    result = run_here(PROGRAMS / "same" / "gevent_many.py")
    assert len(workers(result)) == 1 + 500 + 500 + 1
    assert time.process_time() - began < 10


def echoing() -> None:
    from gevent import monkey, sleep, spawn

    monkey.patch_all()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(connection.recv(10))

    with socket.socket() as listener, socket.socket() as client:
        listener.bind(("127.0.0.1", 8000))
        listener.listen()
        server = spawn(serve, listener)
        sleep(0)
        client.connect(("127.0.0.1", 8000))
        client.sendall(b"hello")
        client.recv(10)
        server.join()


def test_a_greenlet_waits_at_a_socket_and_the_others_go_on():
    result = run(echoing)
    names = result.names
    waits = [(event.worker, names[event.obj], event.text) for event in result.kinds(Kind.WAIT) if event.obj in names]
    assert {(1, "listener", "accept"), (0, "client", "connect"), (0, "client", "recv")} <= set(waits)
    assert [(event.worker, event.text) for event in result.kinds(Kind.SEND)] == [(0, "b'hello'"), (1, "b'hello'")]
    assert not result.kinds(Kind.REFUSE)
    assert len(workers(result)) == 2


def outside() -> None:
    from gevent.socket import wait_read

    reader, writer = os.pipe()
    try:
        wait_read(reader)
    finally:
        os.close(reader)
        os.close(writer)


def test_a_descriptor_of_the_real_system_is_refused_with_a_message():
    result = run(outside)
    (failure,) = result.kinds(Kind.FAIL)
    assert failure.text.startswith("NotImplementedError: gevent waits for sockets in a simulated run")
