"""Work that takes virtual time: one GIL for the threads of a process, a number of cores for all."""

import multiprocessing
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.model import Cost

from .computing import MILLISECOND, SECOND, charged, compute, computed, ends, followed, work

every_schedule = pytest.mark.parametrize(
    ("strategy", "seed"), [("random", 0), ("random", 1), ("random", 2), ("round-robin", 0), ("fifo", 0)]
)


def together(*jobs):
    """Run functions in threads of their own, and wait for all."""
    threads = [threading.Thread(target=job, name=f"w{number}") for number, job in enumerate(jobs, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def burn(nanoseconds):
    return lambda: work("work", nanoseconds)


def taken(run):
    """Return the virtual nanoseconds that a run took."""
    assert run.outcome == "finished"
    return run.events[-1].time


@every_schedule
def test_two_threads_share_one_gil_and_lose_nothing_on_the_way(strategy, seed):
    run = compute(lambda: together(burn(SECOND), burn(SECOND)), strategy, seed)
    assert taken(run) == 2 * SECOND
    assert set(computed(run).values()) == {SECOND}


@every_schedule
def test_without_the_gil_threads_use_the_cores(strategy, seed):
    two = lambda: together(burn(SECOND), burn(SECOND))  # noqa: E731
    assert taken(compute(two, strategy, seed, gil=False, cores=2)) == SECOND
    assert taken(compute(two, strategy, seed, gil=False, cores=1)) == 2 * SECOND


@every_schedule
def test_both_threads_get_on_at_the_same_pace(strategy, seed):
    """They take turns of one switch interval, so that neither is ever more than one turn ahead."""
    run = compute(lambda: together(burn(SECOND), burn(SECOND)), strategy, seed)
    assert all(time_ >= 2 * SECOND - 10 * MILLISECOND for name, time_ in ends(run).items() if name != "MainThread")
    for machine, event in followed(run.events):
        if event.kind is Kind.WORKED and event.worker in machine.computing and event.value:
            assert event.time - machine.computing[event.worker] == 5 * MILLISECOND


def test_the_holder_keeps_the_gil_while_nobody_wants_it_and_drops_it_an_interval_after_somebody_does():
    def late():
        time.sleep(0.1)
        work("work", SECOND)

    run = compute(lambda: together(burn(SECOND), late))
    [(first, left), *_] = [(event.time, event.value) for event in run.kinds(Kind.WORKED)]
    assert (first, left) == (105 * MILLISECOND, 895 * MILLISECOND)
    begun, hastened = run.kinds(Kind.WORK)[:2]
    assert (begun.time, begun.value) == (0, SECOND)
    assert (hastened.worker, hastened.time, hastened.value) == (begun.worker, 100 * MILLISECOND, 105 * MILLISECOND)


def test_whoever_drops_the_gil_is_not_the_next_to_take_it():
    run = compute(lambda: together(*[burn(50 * MILLISECOND)] * 3), "fifo")
    gil = next(event.obj for event in run.kinds(Kind.OBJECT) if event.text == "GIL")
    order = [event.worker for event in run.kinds(Kind.ACQUIRE) if event.obj == gil]
    assert all(earlier != later for earlier, later in pairwise(order))
    assert order[:6] == [1, 2, 3, 1, 2, 3]


def test_the_switch_interval_can_be_set_by_the_model_and_by_the_program():
    def quick():
        sys.setswitchinterval(0.001)
        assert sys.getswitchinterval() == 0.001
        together(burn(SECOND), burn(SECOND))

    two = lambda: together(burn(SECOND // 10), burn(SECOND // 10))  # noqa: E731
    assert len(compute(two).kinds(Kind.WORKED)) == 40
    assert len(compute(two, switch_interval=20 * MILLISECOND).kinds(Kind.WORKED)) == 10
    assert (
        len(compute(quick).kinds(Kind.WORKED)) > len(compute(lambda: together(burn(SECOND), burn(SECOND))).events) / 8
    )


def test_switch_intervals_are_checked_as_cpython_checks_them():
    def wrong():
        for value, error in ((0, ValueError), (-1, ValueError), ("x", TypeError)):
            with pytest.raises(error):
                sys.setswitchinterval(value)

    before = sys.getswitchinterval()
    assert compute(wrong).outcome == "finished"
    assert sys.getswitchinterval() == before


def test_sleeping_needs_neither_gil_nor_core():
    run = compute(lambda: together(burn(SECOND), lambda: time.sleep(1)), cores=1)
    assert taken(run) == SECOND


def test_waiting_threads_do_not_slow_down_one_that_computes():
    def both():
        time.sleep(0.5)
        work("work", SECOND // 2)

    run = compute(lambda: together(both, *[lambda: time.sleep(1)] * 20), cores=1)
    assert taken(run) == SECOND


def test_a_thread_keeps_the_gil_until_it_blocks():
    def steps():
        for _ in range(3):
            work("work", MILLISECOND)
        time.sleep(0.001)
        work("work", MILLISECOND)

    run = compute(steps)
    taken_ = [event for event in run.kinds(Kind.ACQUIRE, Kind.RELEASE, Kind.SLEEP) if event.worker == 0]
    assert [event.kind for event in taken_] == [
        *(Kind.ACQUIRE, Kind.ACQUIRE, Kind.RELEASE, Kind.RELEASE, Kind.SLEEP),
        *(Kind.ACQUIRE, Kind.ACQUIRE, Kind.RELEASE, Kind.RELEASE),
    ]


@every_schedule
def test_threads_that_compute_still_deadlock(strategy, seed):
    def cross(first, second):
        def body():
            with first:
                work("work", 20 * MILLISECOND)
                with second:
                    pass

        return body

    def main():
        one, two = threading.Lock(), threading.Lock()
        together(cross(one, two), cross(two, one))

    run = compute(main, strategy, seed)
    assert run.outcome == "deadlock"
    assert {event.worker for event in run.kinds(Kind.DEADLOCK)} == {1, 2}
    gils = {event.obj for event in run.kinds(Kind.OBJECT) if event.text in ("GIL", "CPU")}
    assert not gils & {event.obj for event in run.kinds(Kind.DEADLOCK)}


def test_cpu_time_is_the_declared_work():
    told = {}

    def one():
        work("work", SECOND)
        told["one"] = time.thread_time(), time.thread_time_ns()

    def main():
        together(one, burn(2 * SECOND))
        time.sleep(5)
        told["main"] = time.thread_time(), time.process_time(), time.process_time_ns()

    compute(main)
    assert told == {"one": (1.0, SECOND), "main": (0.0, 3.0, 3 * SECOND)}


def test_cpu_time_counts_what_another_thread_is_computing_now():
    told = []

    def look():
        time.sleep(0.5)
        told.append(time.process_time())

    compute(lambda: together(burn(SECOND), look))
    assert told == [0.5]


def test_a_deadline_goes_off_while_another_thread_computes():
    came = []

    def waits():
        came.append((threading.Event().wait(0.25), time.monotonic()))

    compute(lambda: together(burn(SECOND), waits))
    assert came == [(False, pytest.approx(0.25))]


def test_daemons_that_compute_are_cut_off_with_the_program():
    def main():
        threading.Thread(target=burn(SECOND), daemon=True).start()
        time.sleep(0.5)

    run = compute(main)
    assert taken(run) == SECOND // 2
    assert [event.worker for event in run.kinds(Kind.KILL)] == [1]


def test_starting_a_thread_costs_its_starter():
    run = compute(lambda: together(lambda: None, lambda: None), thread_start=MILLISECOND)
    assert taken(run) == 2 * MILLISECOND
    assert computed(run) == {0: 2 * MILLISECOND}
    assert {event.text for event in run.kinds(Kind.WORK)} == {"Thread.start"}


PROCESSES = """
from multiprocessing import Process

def work():
    pass

if __name__ == "__main__":
    processes = [Process(target=work) for _ in range({count})]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
"""


def test_processes_have_a_gil_each_and_share_the_cores(tmp_path):
    four = PROCESSES.format(count=4)
    assert taken(charged(tmp_path, four, {"work": SECOND}, cores=4)) == SECOND
    assert taken(charged(tmp_path, four, {"work": SECOND}, cores=1)) == 4 * SECOND
    run = charged(tmp_path, four, {"work": SECOND}, cores=2)
    assert len([event for event in run.kinds(Kind.OBJECT) if event.text == "GIL"]) == 4
    assert 2 * SECOND <= taken(run) <= 2.1 * SECOND
    assert sum(computed(run).values()) == 4 * SECOND


def test_starting_a_process_costs_the_process(tmp_path):
    run = charged(tmp_path, PROCESSES.format(count=2), {}, process_start=30 * MILLISECOND)
    assert taken(run) == 30 * MILLISECOND
    assert computed(run) == {1: 30 * MILLISECOND, 2: 30 * MILLISECOND}
    one_core = charged(tmp_path, PROCESSES.format(count=2), {}, process_start=30 * MILLISECOND, cores=1)
    assert taken(one_core) == 60 * MILLISECOND


def test_a_process_that_is_ended_while_it_computes_leaves_the_cores_to_others(tmp_path):
    source = """
    import time
    from multiprocessing import Process

    def work():
        pass

    if __name__ == "__main__":
        processes = [Process(target=work) for _ in range(3)]
        for process in processes:
            process.start()
        time.sleep(0.1)
        processes[0].kill()
        processes[1].kill()
        processes[2].join()
    """
    run = charged(tmp_path, source, {"work": SECOND}, cores=1)
    assert run.outcome == "finished"
    assert SECOND < run.events[-1].time <= SECOND + SECOND // 10
    dead = {event.worker: event.time for event in run.kinds(Kind.KILL)}
    assert len(dead) == 2


def test_long_work_is_cut_into_coarser_slices():
    """However long the work and however many the workers, a trace stays small enough to look at."""
    run = compute(lambda: together(burn(10 * SECOND), burn(10 * SECOND)))
    assert taken(run) == 20 * SECOND
    assert len(run.events) < 15_000
    stretches = [event.value - event.time for event in run.kinds(Kind.WORK)]
    assert 39 * MILLISECOND < max(stretches[1:]) <= 40 * MILLISECOND
    assert 5 * MILLISECOND in stretches


@pytest.mark.parametrize("cost", [20 * MILLISECOND, 10 * SECOND])
def test_four_thousand_workers_are_no_trouble(tmp_path, cost):
    source = """
    import threading

    def work():
        pass

    threads = [threading.Thread(target=work) for _ in range(4000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    """
    run = charged(tmp_path, source, {"work": Cost(cost)})
    assert taken(run) == 4000 * cost
    assert len(run.events) < 200_000


def test_the_program_sees_as_many_cores_as_there_are():
    told = []

    def main():
        told.append(os.cpu_count())
        told.append(multiprocessing.cpu_count())
        told.append(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 7)
        told.append(ThreadPoolExecutor()._max_workers)

    before = os.cpu_count()
    compute(main, cores=7)
    assert told == [7, 7, 7, 11]
    assert os.cpu_count() == before


def test_a_coroutine_that_computes_is_told_itself_and_its_thread_has_the_gil(tmp_path):
    source = """
    import asyncio
    import threading

    def work():
        pass

    async def job():
        await asyncio.sleep(0.1)
        work()

    async def main():
        other = threading.Thread(target=work)
        other.start()
        await asyncio.gather(job(), job())
        other.join()

    asyncio.run(main())
    """
    run = charged(tmp_path, source, {"work": SECOND}, seed=1)
    assert taken(run) == 3 * SECOND
    names = {event.obj: event.text for event in run.kinds(Kind.SPAWN)}
    assert {names[event.worker] for event in run.kinds(Kind.WORK)} == {"Thread-1 (work)", "Task-2", "Task-3"}
    assert {names[event.worker] for event in run.kinds(Kind.ACQUIRE)} == {"MainThread", "Thread-1 (work)"}
    chosen = {names[worker] for worker in run.choices}
    assert chosen == {"MainThread", "Thread-1 (work)"}
