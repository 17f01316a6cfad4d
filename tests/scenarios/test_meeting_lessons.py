"""What the lessons claim in which threads meet: at queues, conditions, barriers, and in a box each has for itself."""

import ast
from collections import Counter

import pytest
from concurrency_tui.trace.events import NANOSECONDS, Kind

from .here import SEEDS, every_seed, simulated

NEXT_OUT = {"FIFO": lambda held: 0, "LIFO": lambda held: -1, "priority": lambda held: held.index(min(held))}
"""Which of the items that a queue holds, oldest first, leaves next."""


@every_seed
@pytest.mark.parametrize("kind", NEXT_OUT)
def test_each_kind_of_queue_has_an_order_of_its_own(seed, kind):
    run = simulated("queues", seed, kind=kind, getters=2)
    held, gotten = [], 0
    for event in run.of("q", Kind.PUT, Kind.GET):
        item = ast.literal_eval(event.text)
        if event.kind is Kind.PUT:
            held.append(item)
        else:
            assert item == held.pop(NEXT_OUT[kind](held))
            gotten += 1
        assert len(held) <= 4
    assert (held, gotten, run.outcome) == ([], 8, "finished")


@pytest.mark.parametrize(
    ("kind", "urgencies"), [("FIFO", [20, 5, 90, 0]), ("LIFO", [0, 90, 5, 20]), ("priority", [0, 5, 20, 90])]
)
def test_one_putter_fills_the_queue_before_anything_leaves(kind, urgencies):
    run = simulated("queues", kind=kind, putters=1)
    assert [int(event.text[1:].split(",")[0]) for event in run.of("q", Kind.GET)] == urgencies


@every_seed
def test_a_full_queue_holds_its_putters_up(seed):
    run = simulated("queues", seed)
    waits = [event for event in run.of("q", Kind.WAIT) if event.text == "put"]
    assert waits
    assert all(run.workers[event.worker].startswith("putter") for event in waits)


@every_seed
def test_an_unbounded_queue_holds_nobody_up(seed):
    run = simulated("queues", seed, capacity=0)
    assert [event.text for event in run.of("q", Kind.WAIT)] == ["get"]
    assert max(run.when("has put")) == 0.0


@every_seed
def test_a_get_with_a_time_out_gives_up_on_time(seed):
    run = simulated("queues", seed)
    (given_up,) = run.of("q", Kind.TIMEOUT)
    assert (given_up.text, given_up.time / NANOSECONDS) == ("get", 11.0)
    assert run.when("goes home") == [11.0]
    assert run.when("getter 0 has got") == [float(second) for second in range(1, 9)]


def test_without_getters_the_putters_wait_for_ever():
    run = simulated("queues", getters=0)
    assert run.outcome == "deadlock"
    assert set(run.stuck().values()) == {"q"}


@every_seed
def test_a_shelf_is_never_overfull_and_every_loaf_is_eaten_once(seed):
    run = simulated("producer-consumer", seed)
    loaves = 0
    for event in run.kinds(Kind.NOTIFY):
        loaves += 1 if run.workers[event.worker].startswith("baker") else -1
        assert 0 <= loaves <= 2
    eaten = Counter(line.partition(" eats ")[2] for line in run.lines)
    assert eaten == Counter(f"loaf {number} of baker {baker}" for number in range(4) for baker in range(2))
    assert run.outcome == "finished"


@every_seed
def test_slow_eaters_make_the_bakers_wait_and_slow_bakers_the_eaters(seed):
    def waiters(**values):
        run = simulated("producer-consumer", seed, loaves=6, **values)
        return Counter(run.workers[event.worker].split()[0] for event in run.of("Shelf.changed", Kind.WAIT))

    assert waiters(eating=3.0)["baker"] > waiters(baking=3.0)["baker"]
    assert waiters(baking=3.0)["eater"] > waiters(eating=3.0)["eater"]


def test_to_notify_one_of_two_kinds_of_waiters_can_end_stuck():
    outcomes = set()
    for seed in SEEDS:
        run = simulated("producer-consumer", seed, capacity=1, notify="one")
        outcomes.add(run.outcome)
        if run.outcome == "deadlock":
            assert set(run.stuck().values()) == {"Shelf.changed"}
    assert outcomes == {"deadlock", "finished"}


@every_seed
def test_to_notify_all_is_safe_and_so_is_a_shelf_with_room_for_every_eater(seed):
    assert simulated("producer-consumer", seed, capacity=1, notify="all").outcome == "finished"
    assert simulated("producer-consumer", seed, capacity=2, notify="one").outcome == "finished"


@every_seed
def test_a_barrier_lets_nobody_go_before_all_are_there(seed):
    run = simulated("barrier", seed)
    passed = run.of("hut", Kind.PASS)
    assert [event.time / NANOSECONDS for event in passed] == [4.0] * 4 + [8.0] * 4
    assert [sorted(event.value for event in passed[stage : stage + 4]) for stage in (0, 4)] == [[0, 1, 2, 3]] * 2
    fires = [line for line in run.lines if "fire" in line]
    assert fires == [f"hiker 1 lights the fire at hut {hut}" for hut in (1, 2)]
    assert run.when("is home") == [8.0] * 4


@every_seed
def test_one_who_loses_patience_breaks_the_barrier_for_all(seed):
    run = simulated("barrier", seed, patience=0.5)
    assert [event.time / NANOSECONDS for event in run.of("hut", Kind.TIMEOUT)] == [1.5]
    assert run.when("turns back") == [1.5, 2.0, 3.0, 4.0]
    assert not run.of("hut", Kind.PASS)
    assert run.outcome == "finished"


@every_seed
@pytest.mark.parametrize("prefer", ["readers", "writers"])
def test_a_writer_is_alone_and_readers_are_not(seed, prefer):
    run = simulated("readers-writers", seed, prefer=prefer, writers=2)
    inside, most = Counter(), 0
    for line in run.lines:
        role = line.split()[0]
        inside[role] += 1 if line.endswith(("reads", "writes")) else -1
        assert inside["writer"] == 0 or (inside["writer"], inside["reader"]) == (1, 0)
        most = max(most, inside["reader"])
    assert most >= 2
    assert run.outcome == "finished"


@every_seed
def test_who_is_preferred_decides_how_long_the_writer_waits(seed):
    patient = simulated("readers-writers", seed, prefer="readers")
    assert patient.lines[-2:] == ["writer 0 writes", "writer 0 is done"]
    assert patient.when("writes") == patient.when("looks up")[-1:] == [9.333333333]
    assert simulated("readers-writers", seed, prefer="writers").when("writes") == [2.0]


@pytest.mark.parametrize("check", ["never", "before the lock"])
def test_a_bell_that_rings_too_early_is_lost(check):
    outcomes = Counter()
    for seed in SEEDS:
        run = simulated("lost-wakeup", seed, check=check)
        outcomes[run.outcome] += 1
        if run.outcome == "deadlock":
            assert set(run.stuck().values()) == {"bell"}
            (rung,) = run.of("bell", Kind.NOTIFY)
            late = {event.worker for event in run.of("bell", Kind.WAIT) if event.step > rung.step}
            assert {event.worker for event in run.kinds(Kind.DEADLOCK)} == late
    assert set(outcomes) == {"deadlock", "finished"}


@pytest.mark.parametrize("check", ["never", "before the lock"])
@every_seed
def test_slow_cooking_hides_the_mistake(seed, check):
    run = simulated("lost-wakeup", seed, check=check, cooking=1.0)
    assert (run.outcome, run.when("eats")) == ("finished", [1.0, 1.0])


def test_a_look_under_the_lock_loses_nothing():
    for seed in range(200):
        run = simulated("lost-wakeup", seed, check="under the lock", guests=3)
        assert (run.outcome, len(run.when("eats"))) == ("finished", 3)


@every_seed
@pytest.mark.parametrize("pause", [0.0, 1.0])
def test_values_of_a_local_never_mix(seed, pause):
    run = simulated("thread-local", seed, seconds=pause)
    servers = [f"server {number}" for number in range(3)]
    assert sorted(line for line in run.lines if "finds" in line) == [f"{name} finds nothing" for name in servers]
    assert sorted(line for line in run.lines if "server" in line and "reads" in line) == [
        f"{name} reads {name}" for name in servers
    ]
    assert run.lines[-1] == "main reads main"


@every_seed
def test_in_a_shared_box_the_last_writer_wins(seed):
    run = simulated("thread-local", seed, kind="shared")
    assert len({line.partition("reads ")[2] for line in run.lines if "reads" in line}) == 1
    assert "finds nothing" not in run.out
    assert not run.lines[-1].endswith("main")


def test_without_a_pause_a_shared_box_goes_wrong_only_now_and_then():
    right = 0
    for seed in range(60):
        lines = simulated("thread-local", seed, kind="shared", seconds=0).lines
        right += all(f"server {number} reads server {number}" in lines for number in range(3))
    assert 0 < right < 60
