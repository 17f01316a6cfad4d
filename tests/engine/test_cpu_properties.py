"""What must hold of the GIL and the cores for every program, machine and schedule."""

import threading
import time
from dataclasses import dataclass

from concurrency_tui.trace.events import Kind
from hypothesis import given
from hypothesis import strategies as st

from .computing import MILLISECOND, compute, computed, followed, work
from .random_programs import schedules
from .runs import Run
from .test_kernel_properties import kernel_settings


@dataclass(frozen=True)
class Deed:
    """One thing that a thread does: compute for some nanoseconds, or sleep for some, perhaps under the lock."""

    verb: str
    nanoseconds: int
    locked: bool


durations = st.sampled_from([1, 999, MILLISECOND, 3 * MILLISECOND, 5 * MILLISECOND, 12 * MILLISECOND + 1])
deeds = st.builds(Deed, st.sampled_from(["work", "work", "sleep"]), durations, st.booleans())
programs = st.lists(st.lists(deeds, max_size=4), min_size=1, max_size=4)
machines = st.fixed_dictionaries(
    {
        "cores": st.integers(1, 3),
        "gil": st.booleans(),
        "switch_interval": st.sampled_from([MILLISECOND, 5 * MILLISECOND]),
        "thread_start": st.sampled_from([0, MILLISECOND]),
    }
)


def execute(program: list[list[Deed]], machine: dict[str, int], schedule: tuple[str, int], choices=()) -> Run:
    def body(deeds: list[Deed], lock: threading.Lock) -> None:
        for deed in deeds:
            if deed.locked:
                lock.acquire()
            if deed.verb == "work":
                work("work", deed.nanoseconds)
            else:
                time.sleep(deed.nanoseconds / 1e9)
            if deed.locked:
                lock.release()

    def main() -> None:
        lock = threading.Lock()
        threads = [threading.Thread(target=body, args=(each, lock)) for each in program]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    strategy, seed = schedule
    return compute(main, strategy, seed, choices, **machine)


def declared(program: list[list[Deed]], machine: dict[str, int]) -> dict[int, int]:
    """Return how much work each worker has to do."""
    total = {
        number: sum(deed.nanoseconds for deed in deeds if deed.verb == "work")
        for number, deeds in enumerate(program, start=1)
    }
    total[0] = len(program) * machine["thread_start"]
    return {worker: nanoseconds for worker, nanoseconds in total.items() if nanoseconds}


@given(programs, machines, schedules)
@kernel_settings
def test_every_worker_computes_exactly_what_is_declared(program, machine, schedule):
    run = execute(program, machine, schedule)
    assert run.outcome == "finished"
    assert computed(run) == declared(program, machine)


@given(programs, machines, schedules)
@kernel_settings
def test_whoever_computes_has_a_core_and_the_gil(program, machine, schedule):
    for now, event in followed(execute(program, machine, schedule).events):
        holding = {now.kinds[obj]: set(holders) for obj, holders in now.holders.items()}
        assert set(now.computing) <= holding.get("CPU", set())
        if machine["gil"]:
            assert set(now.computing) <= holding.get("GIL", set())
            assert len(holding.get("GIL", set())) <= 1
        else:
            assert "GIL" not in holding
        if event.kind in (Kind.SLEEP, Kind.JOIN, Kind.END) or (event.kind is Kind.WAIT and event.obj not in now.kinds):
            assert all(event.worker not in holders for holders in now.holders.values())


@given(programs, machines, schedules)
@kernel_settings
def test_no_time_passes_while_somebody_waits_for_what_nobody_has(program, machine, schedule):
    time_ = 0
    for now, event in followed(execute(program, machine, schedule).events):
        if event.time > time_:
            time_ = event.time
            for obj, waiters in now.waiters.items():
                assert not waiters or len(now.holders[obj]) == now.capacity[obj]
            busy = len(now.computing)
            assert busy or not any(now.waiters.values())


@given(programs, machines, schedules)
@kernel_settings
def test_a_stretch_that_others_wait_for_ends_after_an_interval(program, machine, schedule):
    """It ends when the holder has had it for an interval, and one who wants it has waited for as long."""
    since: dict[tuple[int, int], int] = {}
    asked: dict[tuple[int, int], int] = {}
    for now, event in followed(execute(program, machine, schedule).events):
        if event.obj in now.kinds and event.kind is Kind.ACQUIRE:
            since[event.obj, event.worker] = event.time
        if event.obj in now.kinds and event.kind is Kind.WAIT:
            asked[event.obj, event.worker] = event.time
        if event.kind is not Kind.WORKED or event.worker not in now.computing:
            continue
        for obj, waiters in now.waiters.items():
            if event.worker in now.holders[obj] and len(waiters) >= now.capacity[obj] - len(now.holders[obj]) + 1:
                turn = max(since[other, event.worker] for other in now.kinds if (other, event.worker) in since)
                first = min(asked[obj, waiter] for waiter in waiters)
                assert event.time <= max(turn, first) + machine["switch_interval"]


@given(programs, machines, schedules)
@kernel_settings
def test_the_end_is_neither_too_early_nor_too_late(program, machine, schedule):
    run = execute(program, machine, schedule)
    work_ = declared(program, machine)
    places = 1 if machine["gil"] else machine["cores"]
    sleeps = sum(deed.nanoseconds for deeds in program for deed in deeds if deed.verb == "sleep")
    assert -(-sum(work_.values()) // places) <= run.events[-1].time <= sum(work_.values()) + sleeps
    if machine["gil"] and not sleeps:
        assert run.events[-1].time == sum(work_.values())


@given(programs, machines, schedules)
@kernel_settings
def test_the_same_schedule_gives_the_same_events(program, machine, schedule):
    run = execute(program, machine, schedule)
    assert execute(program, machine, schedule).events == run.events
    replayed = execute(program, machine, ("round-robin", 0), run.choices)
    assert replayed.events == run.events
