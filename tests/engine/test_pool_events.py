"""Pools of processes and of threads in `multiprocessing`: every task is told from its submission to its result."""

from pathlib import Path

import pytest
from concurrency_tui.trace.events import NANOSECONDS, Event, Kind, WorkerFlag

from .runs import Run, run_child, run_real

TASKS = Path(__file__).parents[1] / "programs/pools/tasks.py"

CALLS = {
    "square(1)": "1",
    "add(2, right=3)": "5",
    "square(0) … square(1)": "[0, 1]",
    "square(2) … square(3)": "[4, 9]",
    "add(5, 6)": "[11]",
    "square(7)": "49",
    "square(8)": "64",
    "square(9)": "81",
    "fail(10)": "ValueError: 10",
}
"""Each task, and its result."""


@pytest.fixture(scope="module", params=["Pool", "ThreadPool"])
def pool(request: pytest.FixtureRequest) -> tuple[str, Run]:
    """The kind of pool, and a run of the program with one."""
    return request.param, run_child(TASKS, request.param, seed=3)


def at(run: Run, number: int) -> list[Event]:
    """Return what happened to one future."""
    kinds = (Kind.SUBMIT, Kind.TAKE, Kind.RESOLVE, Kind.REJECT)
    return [event for event in run.kinds(*kinds) if event.obj == number]


def test_it_prints_what_the_interpreter_prints(pool: tuple[str, Run]) -> None:
    kind, run = pool
    assert run.out == run_real(TASKS, kind).stdout
    assert (run.outcome, run.events[-1].time) == ("finished", 5 * NANOSECONDS)


def test_every_task_is_submitted_taken_and_settled(pool: tuple[str, Run]) -> None:
    _, run = pool
    told = {}
    for submitted in run.kinds(Kind.SUBMIT):
        kinds = [event.kind for event in at(run, submitted.obj)]
        end = Kind.REJECT if submitted.text.startswith("fail") else Kind.RESOLVE
        assert kinds == [Kind.SUBMIT, Kind.TAKE, end]
        told[submitted.text] = at(run, submitted.obj)[-1].text
    assert told == CALLS


def test_two_workers_take_all_tasks(pool: tuple[str, Run]) -> None:
    kind, run = pool
    flags = {event.obj: event.value for event in run.kinds(Kind.SPAWN)}
    takers = {event.worker for event in run.kinds(Kind.TAKE)}
    assert len(takers) == 2
    assert all(flags[worker] & WorkerFlag.POOL for worker in takers)
    assert all(bool(flags[worker] & WorkerFlag.PROCESS) is (kind == "Pool") for worker in takers)


def test_whoever_has_no_task_waits_at_the_pool(pool: tuple[str, Run]) -> None:
    kind, run = pool
    (number,) = [event.obj for event in run.kinds(Kind.OBJECT) if event.text == kind]
    assert run.names[number] == "pool"
    idle = {event.worker for event in run.kinds(Kind.WAIT) if event.obj == number and event.text == "get"}
    assert idle == {event.worker for event in run.kinds(Kind.TAKE)}
    assert [event.obj for event in run.kinds(Kind.SHUTDOWN)] == [number]


def test_the_callback_runs_before_the_result_is_there(pool: tuple[str, Run]) -> None:
    _, run = pool
    (callback,) = run.kinds(Kind.CALLBACK)
    assert callback.text == "print"
    (settled,) = [event for event in at(run, callback.obj) if event.kind is Kind.RESOLVE]
    assert (settled.worker, settled.step) == (callback.worker, callback.step)
