"""What the lessons' words claim, tried in the simulator."""

import pytest
from concurrency_tui.scenarios.catalogue import lesson
from concurrency_tui.trace.events import NANOSECONDS, Kind

from ..engine.runs import run_child
from .settled import expressions, simulated

SEEDS = range(4)


def seconds(run):
    return run.events[-1].time / NANOSECONDS


def moments(run, word):
    """Return the virtual times of all printed lines that have the word."""
    return [event.time / NANOSECONDS for event in run.kinds(Kind.OUTPUT) if word in event.text]


@pytest.mark.parametrize("seed", SEEDS)
def test_all_cars_wait_for_green(seed):
    run = simulated("traffic-light", seed)
    assert run.outcome == "finished"
    assert moments(run, "drives on") == [3.0] * 20
    assert max(moments(run, "arrives")) < 3.0
    assert len(run.kinds(Kind.WAIT)) == 20


def test_cars_leave_in_an_order_that_depends_on_the_seed():
    orders = {tuple(event.worker for event in simulated("traffic-light", seed).kinds(Kind.PASS)) for seed in SEEDS}
    assert len(orders) == len(SEEDS)


def test_late_cars_are_not_stopped():
    run = simulated("traffic-light", gap=0.25)
    assert len(moments(run, "drives on")) == 20
    assert moments(run, "drives on")[-1] == 4.75
    assert len(run.kinds(Kind.WAIT)) in (12, 13), "the thirteenth comes just as the light turns green"


@pytest.mark.parametrize("seed", SEEDS)
def test_cars_that_come_in_the_second_red_wait_again(seed):
    run = simulated("traffic-light", seed, gap=0.25, open_for=0.4)
    arrivals, drives = moments(run, "arrives"), sorted(moments(run, "drives on"))
    assert moments(run, "red again") == [3.4]
    assert moments(run, "for good") == [6.4]
    early, amid, late = (
        [time for time in arrivals if low <= time < high] for low, high in ((0, 3), (3, 3.4), (3.4, 6.4))
    )
    assert (len(early), len(amid), len(late)) == (12, 2, 6)
    assert drives == [3.0] * len(early) + amid + [6.4] * len(late)
    assert len(run.kinds(Kind.CLEAR)) == 1
    waits = [event.time / NANOSECONDS for event in run.kinds(Kind.WAIT)]
    assert [time for time in waits if time > 3] == late


def test_without_a_second_red_the_light_stays_green():
    assert simulated("traffic-light", gap=0.25).kinds(Kind.CLEAR) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_never_more_than_five_are_inside(seed):
    run = simulated("semaphore-stalls", seed)
    inside, most = 0, 0
    for event in run.kinds(Kind.OUTPUT):
        inside += ("goes in" in event.text) - ("comes out" in event.text)
        most = max(most, inside)
    assert (run.outcome, inside, most) == ("finished", 0, 5)
    assert 4 <= seconds(run) <= 20


def test_permits_decide_how_long_the_visits_take():
    assert seconds(simulated("semaphore-stalls", longest=1)) == 4.0
    assert seconds(simulated("semaphore-stalls", permits=20)) <= 5.0
    alone = simulated("semaphore-stalls", permits=1)
    assert seconds(alone) == sum(event.value - event.time for event in alone.kinds(Kind.SLEEP)) / NANOSECONDS


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hold", [2.0, 0.0])
def test_two_locks_deadlock(seed, hold):
    run = simulated("deadlock", seed, hold=hold)
    assert run.outcome == "deadlock"
    (first, second), names = run.kinds(Kind.DEADLOCK)[:2], run.names
    assert (first.value, second.value) == (second.worker, first.worker)
    assert {names[first.obj], names[second.obj]} == {"mutexA", "mutexB"}
    assert seconds(run) == hold


def test_one_rlock_ends_after_every_worker_held_it_alone():
    run = simulated("deadlock", lock="one RLock")
    assert (run.outcome, seconds(run)) == ("finished", 20.0)
    assert set(run.names.values()) == {"mutexA = mutexB"}
    assert {event.value for event in run.kinds(Kind.ACQUIRE)} == {1, 2}


def test_two_workers_can_be_led_past_the_deadlock():
    stuck = simulated("deadlock", workers=2)
    assert stuck.outcome == "deadlock"
    (mutex_a,) = [number for number, name in stuck.names.items() if name == "mutexA"]
    given_back = next(event for event in stuck.kinds(Kind.RELEASE) if event.obj == mutex_a)
    choices = stuck.choices[: given_back.step]
    for _ in range(20):
        choices += (3 - given_back.worker,)
        led = run_child(lesson("deadlock").path, defaults=expressions("deadlock", {"workers": 2}), choices=choices)
        if len([event for event in led.kinds(Kind.RELEASE) if event.step <= len(choices)]) == 4:
            break
    assert (led.outcome, seconds(led)) == ("finished", 4.0)


@pytest.mark.parametrize(
    ("collect", "time", "threads"), [("callback", 8.0, 5), ("result at once", 40.0, 1), ("results at the end", 8.0, 5)]
)
def test_how_results_are_collected_decides_the_time(collect, time, threads):
    run = simulated("pool-callbacks", collect=collect)
    assert (run.outcome, seconds(run)) == ("finished", time)
    assert len({event.worker for event in run.kinds(Kind.TAKE)}) == threads
    assert str(19**19) in run.out


@pytest.mark.parametrize("seed", SEEDS)
def test_callbacks_run_on_the_thread_that_finished_the_task(seed):
    run = simulated("pool-callbacks", seed)
    finished = {event.obj: event.worker for event in run.kinds(Kind.RESOLVE)}
    assert len(run.kinds(Kind.CALLBACK)) == 20
    assert all(finished[event.obj] == event.worker for event in run.kinds(Kind.CALLBACK))


def test_one_task_more_takes_another_round():
    assert seconds(simulated("pool-callbacks", tasks=21)) == 10.0
