"""What the lessons about locks and permits claim, tried under many seeds."""

import pytest
from concurrency_tui.trace.events import NANOSECONDS, Kind, WorkerFlag

from .here import SEEDS, every_seed, simulated

ORDERS = ("left fork first", "smaller fork first", "ask the waiter")
MANY_SEEDS = range(200)


def depths(run, worker):
    """Return how deep the account's lock was after each of one worker's operations."""
    steps = run.of("Account.lock", Kind.ACQUIRE, Kind.RELEASE)
    return [event.value for event in steps if run.workers[event.worker] == worker]


@every_seed
def test_an_rlock_counts_up_and_down_again(seed):
    run = simulated("rlock", seed)
    assert depths(run, "clerk 0") == depths(run, "clerk 1") == [1, 2, 1, 2, 1, 0]
    assert run.outcome == "finished"
    assert run.seconds == 4.0


@every_seed
def test_nobody_else_gets_an_rlock_before_its_depth_is_zero(seed):
    run = simulated("rlock", seed, clerks=3, deposits=3)
    owner = None
    for event in run.of("Account.lock", Kind.ACQUIRE, Kind.RELEASE):
        assert owner in (None, event.worker)
        owner = event.worker if event.value else None
    assert [line for line in run.lines if "sees" in line][-1].endswith("sees 900")


@every_seed
def test_only_the_owner_may_release_an_rlock(seed):
    run = simulated("rlock", seed)
    assert "the thief fails: cannot release un-acquired lock" in run.lines
    assert run.when("the thief") == [0.5]


@every_seed
def test_a_plain_lock_makes_the_clerk_wait_for_itself(seed):
    run = simulated("rlock", seed, kind="Lock", thief=False)
    (edge,) = run.kinds(Kind.DEADLOCK)
    assert run.outcome == "deadlock"
    assert edge.worker == edge.value
    assert list(run.stuck().values()) == ["Account.lock"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@every_seed
@pytest.mark.parametrize("clerks", [1, 2])
def test_anybody_may_release_a_plain_lock_and_it_does_not_end_well(seed, clerks):
    run = simulated("rlock", seed, kind="Lock", clerks=clerks)
    assert "the thief has opened the lock" in run.lines
    assert run.outcome in ("failed", "deadlock")
    if clerks == 1:
        assert [event.text for event in run.kinds(Kind.FAIL)] == ["RuntimeError: release unlocked lock"]


@every_seed
def test_a_semaphore_limits_how_many_are_inside_and_not_how_many_there_are(seed):
    run = simulated("semaphore-or-pool", seed)
    assert len(run.workers) == 21
    assert run.lines[-1] == "20 tasks on 20 threads took 5.0 s"
    left = [event.value for event in run.of("permits", Kind.ACQUIRE, Kind.RELEASE)]
    assert (min(left), max(left), left[-1]) == (0, 4, 4)
    assert most_at_once(run) == 4


@every_seed
def test_a_pool_has_four_threads_that_stay(seed):
    run = simulated("semaphore-or-pool", seed, model="pool")
    pool = [event.text for event in run.kinds(Kind.SPAWN) if event.value & WorkerFlag.POOL]
    assert pool == ["worker_0", "worker_1", "worker_2", "worker_3"]
    assert len(run.workers) == 5
    assert run.lines[-1] == "20 tasks on 4 threads took 5.0 s"
    assert len(run.kinds(Kind.TAKE)) == 20
    assert most_at_once(run) == 4


def most_at_once(run):
    """Return how many tasks slept at the same time, at most."""
    naps = [(event.time, event.value) for event in run.kinds(Kind.SLEEP)]
    return max(sum(begin <= start < end for begin, end in naps) for start, _ in naps)


@pytest.mark.parametrize("model", ["semaphore", "pool"])
@pytest.mark.parametrize(("tasks", "limit", "seconds"), [(20, 1, 20.0), (20, 20, 1.0), (21, 4, 6.0)])
def test_both_models_take_as_long(model, tasks, limit, seconds):
    run = simulated("semaphore-or-pool", model=model, tasks=tasks, limit=limit)
    assert run.seconds == seconds


def test_left_fork_first_can_deadlock_and_can_come_to_an_end():
    outcomes = [simulated("dining-philosophers", seed).outcome for seed in SEEDS]
    assert set(outcomes) == {"deadlock", "finished"}


def test_fewer_meals_make_the_deadlock_rare_and_not_impossible():
    outcomes = [simulated("dining-philosophers", seed, meals=1).outcome for seed in MANY_SEEDS]
    assert 0 < outcomes.count("deadlock") < len(outcomes) / 4


def test_the_cycle_goes_around_the_table():
    run = next(run for run in dinners("left fork first", SEEDS) if run.outcome == "deadlock")
    assert run.is_cycle()
    assert run.stuck() == {f"diner {seat}": f"forks[{(seat + 1) % 5}]" for seat in range(5)}


@pytest.mark.parametrize("order", ORDERS[1:])
def test_an_order_of_forks_or_a_waiter_prevents_the_deadlock(order):
    for run in dinners(order, MANY_SEEDS):
        assert run.outcome == "finished"
        assert sum("eats" in line for line in run.lines) == 10


def dinners(order, seeds):
    return (simulated("dining-philosophers", seed, order=order) for seed in seeds)


@every_seed
@pytest.mark.parametrize("order", ORDERS)
def test_neighbours_never_eat_at_the_same_time(seed, order):
    run = simulated("dining-philosophers", seed, order=order, philosophers=4)
    meals = [(event.time, int(event.text.split()[1])) for event in run.kinds(Kind.OUTPUT) if "eats" in event.text]
    for time, seat in meals:
        eating = {other for begun, other in meals if begun <= time < begun + NANOSECONDS}
        assert not eating & {(seat + 1) % 4, (seat - 1) % 4}


def test_the_waiter_lets_all_but_one_sit_down():
    for seed in SEEDS:
        run = simulated("dining-philosophers", seed, order="ask the waiter")
        permits = [event.value for event in run.of("waiter", Kind.ACQUIRE, Kind.RELEASE)]
        assert (min(permits) >= 0, max(permits)) == (True, 4)


def turns(run):
    """Return how many turns each thread had."""
    return {line.split(" had ")[0]: int(line.split()[-4]) for line in run.lines if " had " in line}


@every_seed
def test_who_steps_back_never_gets_a_lock_that_is_retaken_at_once(seed):
    run = simulated("starvation", seed)
    assert turns(run) == {"greedy": 8, "polite 0": 0, "polite 1": 0, "polite 2": 0}
    assert len(run.of("lock", Kind.REFUSE)) == 24
    assert run.outcome == "finished"


@every_seed
def test_a_rest_lets_the_polite_in(seed):
    had = turns(simulated("starvation", seed, rest=0.5))
    assert had["greedy"] == 8
    assert sum(had.values()) > 8


@every_seed
def test_everybody_who_queues_up_gets_a_turn_in_the_end(seed):
    run = simulated("starvation", seed, manners="queue up")
    assert set(turns(run).values()) == {8}
    assert not run.of("lock", Kind.REFUSE)


def test_even_in_the_queue_the_greedy_may_be_served_first_every_time():
    """Whoever gives a lock back and goes on is faster than those that have to be woken."""
    run = simulated("starvation", strategy="fifo", manners="queue up")
    assert run.when("greedy has turn") == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    assert min(run.when("polite")) == 8.0


@every_seed
def test_equal_pauses_keep_two_polite_threads_in_step(seed):
    run = simulated("livelock", seed)
    assert sorted(run.lines[-2:]) == ["Anna gives up", "Ben gives up"]
    assert not run.when("passes")
    assert len(run.of("left", Kind.REFUSE)) == len(run.of("right", Kind.REFUSE)) == 8
    assert not run.kinds(Kind.WAIT), "in a livelock nobody waits for a lock"
    assert run.outcome == "finished"


def test_random_pauses_bring_them_past_each_other():
    tries = set()
    for seed in SEEDS:
        run = simulated("livelock", seed, pause="random")
        passed = [line for line in run.lines if "passes" in line]
        assert len(passed) == 2
        tries |= {int(line.split()[-1]) for line in passed}
    assert min(tries) == 2, "the first tries are in step"
