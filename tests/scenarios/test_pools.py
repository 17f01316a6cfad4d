"""What the lesson about pools claims: who packs, who notes it down, how long it takes."""

import re

import pytest
from concurrency_tui.trace.events import Kind, WorkerFlag

from ..engine.runs import run_real
from .here import every_seed, simulated
from .settled import written

NAME = r"(MainThread|Thread-\d+|ThreadPoolExecutor-\d+_\d+)"
PACKED = re.compile(rf"parcel (\d+) packed by pid (\d+), {NAME}")
NOTED = re.compile(rf"parcel (\d+) noted by pid (\d+), {NAME}")
MAIN = "4000"


@every_seed
def test_four_processes_share_ten_parcels(seed):
    run = simulated("pools", seed)
    pids = {pid for _, pid, _ in PACKED.findall(run.out)}
    assert (run.outcome, run.seconds, len(pids)) == ("finished", 3.0, 4)
    assert MAIN not in pids
    processes = {event.obj for event in run.kinds(Kind.SPAWN) if event.value & WorkerFlag.PROCESS}
    assert {event.worker for event in run.kinds(Kind.TAKE)} == processes
    assert len(run.kinds(Kind.TAKE)) == 10


@every_seed
def test_four_threads_of_one_process_share_ten_parcels(seed):
    run = simulated("pools", seed, kind="threads")
    packers = {(pid, name) for _, pid, name in PACKED.findall(run.out)}
    assert (run.outcome, run.seconds, len(packers)) == ("finished", 3.0, 4)
    assert {pid for pid, _ in packers} == {MAIN}


@every_seed
def test_a_process_takes_one_parcel_at_a_time(seed):
    """Who has sent a parcel back takes the next one, though the parent may learn of the first only later."""
    run = simulated("pools", seed)
    taken = {event.obj: event for event in run.kinds(Kind.TAKE)}
    packed = {event.worker: [] for event in taken.values()}
    for event in run.kinds(Kind.TAKE, Kind.SLEEP, Kind.OUTPUT):
        if event.worker in packed and (event.kind is not Kind.OUTPUT or "packed" in event.text):
            packed[event.worker].append(event.kind)
    for acts in packed.values():
        assert acts == [Kind.TAKE, Kind.SLEEP, Kind.OUTPUT] * (len(acts) // 3)


@every_seed
def test_a_callback_runs_in_the_main_process_on_the_thread_that_collects(seed):
    run = simulated("pools", seed)
    assert {(pid, name) for _, pid, name in NOTED.findall(run.out)} == {(MAIN, "Thread-1")}
    assert len(run.kinds(Kind.CALLBACK)) == 10


@every_seed
def test_a_callback_of_a_thread_pool_runs_where_the_parcel_was_packed_or_added(seed):
    run = simulated("pools", seed, kind="threads")
    packed = {parcel: name for parcel, _, name in PACKED.findall(run.out)}
    assert packed == {parcel: name for parcel, _, name in NOTED.findall(run.out)}


@every_seed
@pytest.mark.parametrize("kind", ["processes", "threads"])
def test_results_at_the_end_come_in_order(seed, kind):
    run = simulated("pools", seed, kind=kind, results="at the end")
    assert [int(parcel) for parcel, *_ in NOTED.findall(run.out)] == list(range(10))
    assert {name for *_, name in NOTED.findall(run.out)} == {"MainThread"}
    assert run.seconds == 3.0


@every_seed
@pytest.mark.parametrize("kind", ["processes", "threads"])
def test_results_at_once_make_the_pool_serial(seed, kind):
    run = simulated("pools", seed, kind=kind, results="at once")
    assert run.seconds == 10.0
    order = [event.text.split(" by ")[0] for event in run.kinds(Kind.OUTPUT) if "parcel " in event.text]
    assert order == [f"parcel {number} {done}" for number in range(10) for done in ("packed", "noted")]


@pytest.mark.parametrize(("size", "seconds"), [(1, 10.0), (3, 4.0), (10, 1.0)])
def test_a_bigger_pool_is_faster_until_everyone_has_a_parcel(size, seconds):
    assert simulated("pools", size=size).seconds == seconds


def told(text):
    """Return what a run says of each parcel and the sum at its end, with pids and names replaced by what they are."""
    (main,) = re.findall(r"main is pid (\d+)", text)
    packed = sorted((int(parcel), pid == main) for parcel, pid, _ in PACKED.findall(text))
    noted = [(int(parcel), pid == main, name) for parcel, pid, name in NOTED.findall(text)]
    return packed, noted, re.findall(r"parcels: \d+, packers: \d+", text)


@pytest.mark.parametrize("kind", ["processes", "threads"])
def test_the_interpreter_says_what_the_simulator_says(tmp_path, kind):
    values = {"kind": kind, "size": 2, "parcels": 4, "seconds": 0.2, "results": "at the end"}
    real = run_real(written("pools", tmp_path, **values))
    assert (real.returncode, real.stderr) == (0, "")
    assert told(real.stdout) == told(simulated("pools", **values).out)
