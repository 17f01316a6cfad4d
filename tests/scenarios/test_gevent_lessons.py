"""What the lessons with gevent claim: what waits together, what one thread can serve, and what lies inside what."""

from collections import Counter

import pytest
from concurrency_tui.trace.events import NONE, Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import State
from concurrency_tui.trace.store import Trace

from .here import every_seed, simulated


def end(run) -> State:
    trace = Trace(Header(target="lesson"))
    trace.extend(run.events)
    return trace.state(len(trace))


# gevent-join


@every_seed
@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        ({}, 5.0),
        ({"wait": "join one by one"}, 5.0),
        ({"wait": "join after each spawn"}, 10.0),
        ({"wait": "do not wait"}, 0.0),
        ({"sleep": "time.sleep"}, 10.0),
        ({"sleep": "time.sleep, patched"}, 5.0),
    ],
)
def test_five_seconds_and_not_ten(seed, settings, seconds):
    run = simulated("gevent-join", seed, **settings)
    assert run.seconds == pytest.approx(seconds, abs=0.002)  # on 3.13, gevent sleeps a millisecond at exit
    assert run.lines[-1] == f"the meal took {seconds:.1f} s"


def test_no_greenlet_runs_before_the_main_program_waits():
    run = simulated("gevent-join")
    assert [event.text for event in run.kinds(Kind.RENAME)] == ["tea", "soup", "rice"]
    waits = [event.step for event in run.kinds(Kind.JOIN)]
    begins = [event.step for event in run.kinds(Kind.BEGIN) if event.worker]
    assert min(waits) < min(begins)
    assert {worker.host for worker in end(run).workers[1:]} == {0}


def test_greenlets_that_nobody_waits_for_are_dropped():
    run = simulated("gevent-join", wait="do not wait")
    assert run.lines == ["the meal took 0.0 s"]
    assert [event.worker for event in run.kinds(Kind.KILL)] == [1, 2, 3]
    assert [event.worker for event in run.kinds(Kind.BEGIN)] == [0]


def test_an_ordinary_sleep_is_the_whole_threads():
    assert {event.worker for event in simulated("gevent-join", sleep="time.sleep").kinds(Kind.SLEEP)} == {0}
    assert {event.worker for event in simulated("gevent-join").kinds(Kind.SLEEP)} == {1, 2, 3}


def test_one_thread_has_one_order():
    orders = {tuple(simulated("gevent-join", seed).lines) for seed in range(5)}
    assert len(orders) == 1


# gevent-echo-server


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        ({}, 2.0),
        ({"clients": 20}, 2.0),
        ({"model": "one after the other"}, 6.0),
        ({"model": "one after the other", "messages": 5}, 15.0),
    ],
)
def test_how_long_the_clients_take(settings, seconds):
    run = simulated("gevent-echo-server", **settings)
    assert run.lines[-1] == f"{settings.get('clients', 3)} clients took {seconds:.1f} s"
    assert run.outcome == "finished"


def test_every_client_hears_itself_in_capitals():
    run = simulated("gevent-echo-server", clients=5)
    said = [f"CLIENT {client} SAYS {number}" for client in range(5) for number in (1, 2)]
    assert sorted(run.lines[:-1]) == said
    assert len(run.kinds(Kind.ACCEPT)) == 5
    assert len(run.kinds(Kind.CLOSE)) == 2 * 5 + 1


def test_five_hundred_clients_are_served_by_one_thread():
    run = simulated("gevent-echo-server", clients=500)
    assert run.lines[-1] == "500 clients took 2.0 s"
    kinds = Counter(event.value for event in run.kinds(Kind.SPAWN))
    assert kinds == {WorkerFlag.THREAD: 1, WorkerFlag.GREENLET: 1001}
    assert {worker.host for worker in end(run).workers[1:]} == {0}


def test_of_several_ready_sockets_the_last_is_first():
    assert simulated("gevent-echo-server").lines[:3] == [f"CLIENT {number} SAYS 1" for number in (2, 1, 0)]


def test_clients_are_connected_before_they_are_accepted():
    run = simulated("gevent-echo-server", model="one after the other")
    connected = [event.step for event in run.kinds(Kind.CONNECT)]
    accepted = [event.step for event in run.kinds(Kind.ACCEPT)]
    assert max(connected) < sorted(accepted)[1]
    assert {event.time for event in run.kinds(Kind.CONNECT)} == {0}


# all-together


@every_seed
def test_all_jobs_wait_at_once(seed):
    run = simulated("all-together", seed)
    assert run.lines[-1] == "12 jobs of 1.0 s took 1.0 s"
    assert run.seconds == 1.0
    assert len(run.kinds(Kind.PROCESS)) == 3  # the main one, too


@pytest.mark.parametrize("seed", range(3))
def test_greenlets_lie_in_threads_and_threads_in_processes(seed):
    state = end(simulated("all-together", seed))
    names = {worker.id: worker.name for worker in state.workers}
    greenlets = [worker for worker in state.workers if worker.flags & WorkerFlag.GREENLET]
    assert len(greenlets) == 12
    assert Counter(names[worker.host] for worker in greenlets) == {"thread 0": 6, "thread 1": 6}
    places = Counter((worker.process, worker.host) for worker in greenlets)
    assert set(places.values()) == {3}
    assert len({process for process, _ in places}) == 2
    assert all(state.workers[host].process == process for process, host in places)
    assert all(worker.host == NONE for worker in state.workers if not worker.flags & WorkerFlag.GREENLET)


def test_within_one_thread_there_is_one_order_and_among_threads_there_are_many():
    orders = set()
    for seed in range(10):
        lines = simulated("all-together", seed).lines[:-1]
        orders.add(tuple(lines))
        for place in {line.rpartition(",")[0] for line in lines}:
            assert [line for line in lines if line.startswith(place)] == [
                f"{place}, greenlet {number} is done" for number in range(3)
            ]
    assert len(orders) > 1


def test_a_hundred_and_twenty_five_jobs_take_no_longer():
    run = simulated("all-together", processes=5, threads=5, greenlets=5)
    assert run.lines[-1] == "125 jobs of 1.0 s took 1.0 s"
