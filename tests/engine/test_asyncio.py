"""asyncio in the simulator: tasks as workers in one trace with threads, on virtual time."""

import asyncio as real_asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from concurrency_tui.engine.simulate import call
from concurrency_tui.engine.strategies.fifo import Fifo
from concurrency_tui.trace.events import NANOSECONDS, NONE, Event, Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.narrate import sentence
from concurrency_tui.trace.state import Status
from concurrency_tui.trace.store import Trace

from .runs import call_here, run_child, run_here


class Told:
    """A run of a coroutine function, by names of workers and objects."""

    def __init__(self, body: Callable[[], Any], strategy: str = "fifo", seed: int = 0) -> None:
        def program() -> None:
            import asyncio

            asyncio.run(body())

        self.run, self.outcome = call_here(program, strategy, seed)
        self.workers = {event.obj: event.text for event in self.run.kinds(Kind.SPAWN)}
        self.objects = {event.obj: event.text for event in self.run.kinds(Kind.OBJECT)} | self.run.names
        self.trace = Trace(Header(target="told"))
        self.trace.extend(self.run.events)

    def acts(self, *kinds: Kind) -> list[tuple[str, str, str]]:
        """Return who did what to whom, for events of some kinds."""
        about_workers = (Kind.SPAWN, Kind.JOIN, Kind.JOINED, Kind.INTERRUPT)
        return [
            (
                self.workers.get(event.worker, ""),
                event.kind.value,
                (self.workers if event.kind in about_workers else self.objects).get(event.obj, event.text),
            )
            for event in self.run.kinds(*kinds)
        ]

    def sentences(self, *kinds: Kind) -> list[str]:
        """Return the sentences of events of some kinds."""
        return [
            sentence(self.trace, position)
            for position in range(1, len(self.trace) + 1)
            if self.trace.event(position - 1).kind in kinds
        ]

    def stuck(self) -> list[tuple[str, str, str]]:
        """Return who is deadlocked, at what, for whom."""
        return [
            (self.workers[event.worker], self.objects.get(event.obj, ""), self.workers.get(event.value, ""))
            for event in self.run.kinds(Kind.DEADLOCK)
        ]


async def nap(seconds: float) -> str:
    import asyncio

    await asyncio.sleep(seconds)
    return "rested"


async def two_naps() -> None:
    import asyncio

    first = asyncio.create_task(nap(2), name="first")
    second = asyncio.create_task(nap(1), name="second")
    await asyncio.gather(second, first)


def test_tasks_are_workers_inside_their_thread():
    told = Told(two_naps)
    spawned = told.run.kinds(Kind.SPAWN)
    assert [event.text for event in spawned] == ["MainThread", "Task-1", "first", "second"]
    assert {event.value for event in spawned[1:]} == {WorkerFlag.COROUTINE}
    assert [worker.host for worker in told.trace.state(len(told.trace)).workers] == [NONE, 0, 0, 0]
    assert told.acts(Kind.SPAWN)[1:] == [
        ("MainThread", "spawn", "Task-1"),
        ("Task-1", "spawn", "first"),
        ("Task-1", "spawn", "second"),
    ]


def test_a_gather_waits_for_one_after_the_other():
    told = Told(two_naps)
    kinds = (Kind.SLEEP, Kind.WAKE, Kind.JOIN, Kind.JOINED, Kind.END)
    assert [(who, what, whom) for who, what, whom in told.acts(*kinds) if who != "MainThread"] == [
        ("Task-1", "join", "second"),
        ("first", "sleep", ""),
        ("second", "sleep", ""),
        ("second", "wake", ""),
        ("second", "end", ""),
        ("Task-1", "join", "first"),
        ("first", "wake", ""),
        ("first", "end", ""),
        ("Task-1", "joined", "first"),
        ("Task-1", "end", ""),
    ]
    assert told.run.events[-1].time == 2 * NANOSECONDS
    assert [event.time for event in told.run.kinds(Kind.WAKE)] == [1 * NANOSECONDS, 2 * NANOSECONDS]


def test_the_thread_waits_in_its_selector_while_no_task_can_go_on():
    told = Told(two_naps)
    waits = [event for event in told.run.kinds(Kind.WAIT) if event.worker == 0]
    assert [(event.text, event.value // NANOSECONDS) for event in waits] == [("select", 1), ("select", 2)]
    state = told.trace.state(told.run.events.index(waits[0]) + 1)
    assert [worker.status for worker in state.workers] == [
        Status.IO,
        Status.JOIN,
        Status.SLEEPING,
        Status.SLEEPING,
    ]
    assert not told.run.kinds(Kind.TIMEOUT)


def test_each_turn_of_a_task_is_a_step_that_its_thread_leads():
    told = Told(two_naps)
    leaders: dict[int, int] = {}
    for event in told.run.events:
        if event.worker != NONE:
            leaders.setdefault(event.step, event.worker)
    assert set(leaders.values()) == {0}
    acting = {(event.step, event.worker) for event in told.run.events if event.worker > 0 and event.kind != Kind.JOIN}
    assert len({step for step, _ in acting}) == len(acting)


async def blocking() -> None:
    import asyncio
    import time

    async def hog() -> None:
        time.sleep(3)  # noqa: ASYNC251 - what one should not do

    await asyncio.gather(asyncio.create_task(nap(1), name="nap"), asyncio.create_task(hog(), name="hog"))


def test_a_task_that_sleeps_for_its_thread_holds_up_all_of_them():
    told = Told(blocking)
    (slept,) = [event for event in told.run.kinds(Kind.SLEEP) if event.worker == 0]
    assert slept.value == 3 * NANOSECONDS
    (woke,) = [event for event in told.run.kinds(Kind.WAKE) if told.workers[event.worker] == "nap"]
    assert woke.time == 3 * NANOSECONDS
    between = [event for event in told.run.events if slept.step < event.step and event.time < slept.value]
    assert not between


async def crossed() -> None:
    import asyncio

    left, right = asyncio.Lock(), asyncio.Lock()

    async def forward() -> None:
        async with right:
            await asyncio.sleep(1)
            async with left:
                pass

    async def backward() -> None:
        async with left:
            await asyncio.sleep(1)
            async with right:
                pass

    async with asyncio.TaskGroup() as group:
        group.create_task(forward(), name="forward")
        group.create_task(backward(), name="backward")


def test_a_deadlock_of_locks_is_a_cycle_of_tasks():
    told = Told(crossed)
    assert told.outcome.name == "deadlock"
    assert sorted(told.stuck()) == [("backward", "right", "forward"), ("forward", "left", "backward")]
    assert told.run.kinds(Kind.DEADLOCK)[0].site != NONE
    assert all("is deadlocked: it waits for" in line for line in told.sentences(Kind.DEADLOCK))


async def each_other() -> None:
    import asyncio

    tasks: list[Any] = []

    async def wait_for(number: int) -> None:
        await tasks[number]

    tasks += [asyncio.create_task(wait_for(1), name="one"), asyncio.create_task(wait_for(0), name="two")]
    await asyncio.wait(tasks)


def test_tasks_that_await_each_other_are_a_cycle():
    told = Told(each_other)
    assert sorted(told.stuck()) == [("one", "", "two"), ("two", "", "one")]


async def lost() -> None:
    import asyncio

    light = asyncio.Event()
    jobs: Any = asyncio.Queue()

    async def driver() -> None:
        await light.wait()

    async def worker() -> None:
        await jobs.get()

    await asyncio.gather(asyncio.create_task(driver(), name="driver"), asyncio.create_task(worker(), name="worker"))


def test_a_wait_that_nobody_ends_names_the_tasks_and_what_they_wait_for():
    told = Told(lost)
    assert told.outcome.name == "deadlock"
    assert told.stuck() == [("driver", "light", ""), ("worker", "jobs", "")]


async def timed() -> None:
    import asyncio

    lock = asyncio.Lock()
    await lock.acquire()
    try:
        async with asyncio.timeout(2):
            await lock.acquire()
    except TimeoutError:
        lock.release()
    task = asyncio.create_task(nap(5), name="patient")
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except TimeoutError:
        task.cancel()
    await asyncio.wait([task])


def test_time_outs_and_cancellation_are_told():
    told = Told(timed)
    (wait,) = [event for event in told.run.kinds(Kind.WAIT) if event.text == "acquire"]
    assert wait.value == 2 * NANOSECONDS
    (out,) = [event for event in told.run.kinds(Kind.TIMEOUT) if event.text == "acquire"]
    assert (out.time, out.obj) == (wait.value, wait.obj)
    assert told.run.kinds(Kind.JOIN)[0].value == 3 * NANOSECONDS
    asked = [(who, whom) for who, _, whom in told.acts(Kind.INTERRUPT)]
    assert ("Task-1", "patient") in asked
    (ended,) = [event for event in told.run.kinds(Kind.END) if told.workers[event.worker] == "patient"]
    assert ended.text == "cancelled"


async def failing() -> None:
    import asyncio

    async def bad() -> None:
        raise ValueError("no")

    await asyncio.gather(asyncio.create_task(bad(), name="bad"), return_exceptions=True)


def test_a_task_that_fails_is_told_and_does_not_fail_the_program():
    told = Told(failing)
    (failed,) = told.run.kinds(Kind.FAIL)
    assert (told.workers[failed.worker], failed.text) == ("bad", "ValueError: no")
    assert told.outcome.name == "finished"


async def with_barrier() -> None:
    import asyncio

    barrier = asyncio.Barrier(2)

    async def runner() -> None:
        await barrier.wait()

    await asyncio.gather(runner(), runner())


def test_a_barrier_is_told_without_the_library_s_own_locks():
    told = Told(with_barrier)
    acts = [
        (what, thing) for _, what, thing in told.acts(Kind.WAIT, Kind.PASS, Kind.ACQUIRE, Kind.RELEASE, Kind.NOTIFY)
    ]
    assert acts == [("wait", "barrier"), ("pass", "barrier"), ("pass", "barrier")]
    assert list(told.objects.values()) == ["barrier"]


async def signals() -> None:
    import asyncio

    stalls, ready, jobs = asyncio.Semaphore(1), asyncio.Condition(), asyncio.PriorityQueue(2)

    async def other() -> None:
        async with stalls:
            await asyncio.sleep(1)
        await asyncio.sleep(1)
        async with ready:
            ready.notify()
        for item in (3, 1):
            await jobs.put(item)

    task = asyncio.create_task(other(), name="other")
    await asyncio.sleep(0.5)
    async with stalls, ready:
        await ready.wait()
    await task
    print(await jobs.get())
    jobs.task_done()


def test_what_is_done_to_semaphores_conditions_and_queues_is_told():
    told = Told(signals)
    lines = told.sentences(Kind.ACQUIRE, Kind.RELEASE, Kind.WAIT, Kind.NOTIFY, Kind.PASS, Kind.PUT, Kind.GET, Kind.DONE)
    where = [line.partition(" (")[0] for line in lines if not line.startswith("MainThread")]
    assert where == [
        "other takes the last free permit of stalls",
        "Task-1 waits for a permit of stalls, as none is free",
        "other gives back a permit of stalls, making 1 free",
        "Task-1 takes the last free permit of stalls",
        "Task-1 acquires the Lock of ready",
        "Task-1 releases the Lock of ready",
        "Task-1 waits until ready is notified",
        "other acquires the Lock of ready",
        "other notifies ready and wakes one waiter",
        "other releases the Lock of ready",
        "other puts 3 into jobs, which now holds 1",
        "other puts 1 into jobs, which now holds 2",
        "Task-1 acquires the Lock of ready",
        "Task-1 goes on, as ready was notified",
        "Task-1 releases the Lock of ready",
        "Task-1 gives back a permit of stalls, making 1 free",
        "Task-1 gets 1 from jobs, which now holds 1",
        "Task-1 reports an item of jobs done, with 1 to go",
    ]


async def with_threads() -> None:
    import asyncio
    import time

    def work() -> int:
        time.sleep(1)
        return 7

    print(await asyncio.gather(asyncio.to_thread(work), asyncio.to_thread(work)))


def test_work_for_a_pool_is_told_with_the_pool_s_workers():
    told = Told(with_threads)
    assert told.run.events[-1].time == 1 * NANOSECONDS
    assert [event.text for event in told.run.kinds(Kind.SUBMIT)] == ["work()", "work()"]
    kinds = (Kind.TAKE, Kind.RESOLVE, Kind.RESULT)
    assert (
        sorted(who for who, _, _ in told.acts(*kinds))
        == ["Task-2"] * 1 + ["Task-3"] + ["asyncio_0"] * 2 + ["asyncio_1"] * 2
    )
    assert not told.run.kinds(Kind.CALLBACK)


async def with_streams() -> None:
    import asyncio

    async def shout(reader: Any, writer: Any) -> None:
        writer.write((await reader.readline()).upper())
        writer.close()

    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        await asyncio.sleep(1)
        writer.write(b"hello\n")
        assert await reader.read() == b"HELLO\n"
        writer.close()


def test_a_task_that_reads_waits_at_its_socket():
    told = Told(with_streams)
    waits = [event for event in told.run.kinds(Kind.WAIT) if event.text == "recv"]
    tasks = {told.workers[event.worker] for event in waits}
    assert len(tasks) == 2
    assert "MainThread" not in tasks
    assert {told.objects[event.obj] for event in waits} == {"socket"}
    received = {event.obj: event.worker for event in told.run.kinds(Kind.RECV)}
    assert {event.obj for event in waits} <= set(received)
    assert set(received.values()) == {0}
    assert not told.run.kinds(Kind.REFUSE)


ASKING = """
import asyncio
async def nap(n):
    await asyncio.sleep(0)
    print(n)
async def numbers():
    yield 1
    yield 2
async def main():
    for each in asyncio.as_completed([nap(n) for n in range(20)]):
        await each
    generators = [numbers() for _ in range(5)]
    for each in generators:
        await anext(each)
    async with asyncio.TaskGroup() as group:
        for n in range(20):
            group.create_task(nap(n))
        group.create_task(asyncio.sleep(-1)).cancel()
asyncio.run(main())
"""


def test_the_same_schedule_gives_the_same_events(tmp_path: Path):
    path = tmp_path / "asking.py"
    path.write_text(ASKING)
    for seed in range(3):
        first, second = (run_here(path, seed=seed).events for _ in range(2))
        assert first == second == run_child(path, seed=seed).events


def test_subprocesses_are_refused(tmp_path: Path):
    path = tmp_path / "refused.py"
    path.write_text("import asyncio\nasyncio.run(asyncio.create_subprocess_exec('true'))\n")
    run = run_child(path)
    assert run.status == 1
    assert "asyncio's subprocesses are not part of a simulated run" in run.err


def test_the_real_asyncio_is_there_again_after_a_run():
    Told(two_naps)
    assert sys.modules["asyncio"] is real_asyncio
    assert real_asyncio.Task.__module__ == "_asyncio"
    assert real_asyncio.run(nap(0)) == "rested"


def test_asyncio_in_a_run_is_the_library_s_own_in_python():
    def body() -> None:
        import asyncio

        assert asyncio.Task is asyncio.tasks._PyTask  # type: ignore[attr-defined]
        assert sys.modules["_asyncio"] is None
        assert asyncio.__file__ == real_asyncio.__file__

    _, outcome = call(body, Fifo())
    assert outcome.name == "finished"


def test_names_given_to_tasks_are_theirs_from_the_start():
    told = Told(two_naps)
    assert not told.run.kinds(Kind.RENAME)
    assert "first" in told.workers.values()


def events_of(run: Any, worker: int) -> list[Event]:
    return [event for event in run.events if event.worker == worker]


@pytest.mark.parametrize("seed", range(5))
def test_loops_in_two_threads_take_turns(seed: int):
    def body() -> None:
        import asyncio
        import threading

        async def count() -> None:
            for _ in range(3):
                await asyncio.sleep(0)

        threads = [threading.Thread(target=lambda: asyncio.run(count())) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    run, outcome = call_here(body, "random", seed)
    assert outcome.name == "finished"
    nested = [event for event in run.kinds(Kind.SPAWN) if event.value & WorkerFlag.COROUTINE]
    assert len(nested) == 2
    for event in nested:
        assert len([each for each in events_of(run, event.obj) if each.kind is Kind.YIELD]) == 3
        chosen = {run.choices[each.step - 1] for each in events_of(run, event.obj) if each.step}
        assert chosen == {event.worker}
