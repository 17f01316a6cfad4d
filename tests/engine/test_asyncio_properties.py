"""Random asyncio programs: one loop has one order, and it is the real one's, whatever the seed."""

import asyncio as real_asyncio
from collections.abc import Callable
from typing import Any

from concurrency_tui.trace.events import NESTED, NONE, Kind
from hypothesis import given, settings
from hypothesis import strategies as st

from .runs import call_here

OPERATIONS = st.one_of(
    st.just(("yield",)),
    st.tuples(st.just("lock"), st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("permit"), st.integers(0, 2)),
    st.tuples(st.just("put"), st.integers(0, 9)),
    st.tuples(st.just("take"), st.integers(0, 0)),
    st.tuples(st.just("cancel"), st.integers(0, 3)),
    st.tuples(st.just("join"), st.integers(0, 3)),
)
PROGRAMS = st.lists(st.lists(OPERATIONS, max_size=6), min_size=1, max_size=4)


async def give_way(asyncio: Any, times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


def written(program: list[list[tuple[Any, ...]]]) -> Callable[[Any, list[str]], Any]:
    """Return a coroutine function of asyncio that does what the lists say, and logs it."""

    async def main(asyncio: Any, log: list[str]) -> None:
        locks, permits, queue = [asyncio.Lock(), asyncio.Lock()], asyncio.Semaphore(2), asyncio.Queue(2)
        tasks: list[Any] = []

        async def worker(name: int, operations: list[tuple[Any, ...]]) -> None:
            for number, (verb, *values) in enumerate(operations):
                log.append(f"{name}.{number} {verb}")
                if verb in ("lock", "permit"):
                    async with locks[values[0]] if verb == "lock" else permits:
                        await give_way(asyncio, values[-1])
                elif verb == "put" and not queue.full():
                    await queue.put(values[0])
                elif verb == "take" and not queue.empty():
                    log.append(f"{name} takes {await queue.get()}")
                elif verb == "cancel" and values[0] > name:
                    tasks[values[0] % len(tasks)].cancel()
                elif verb == "join" and name < values[0] < len(tasks):
                    await asyncio.wait([tasks[values[0]]])
                else:
                    await give_way(asyncio, 1)
            log.append(f"{name} ends")

        tasks += [asyncio.create_task(worker(name, operations)) for name, operations in enumerate(program)]
        log += [type(each).__name__ for each in await asyncio.gather(*tasks, return_exceptions=True)]

    return main


def simulated(program: list[list[tuple[Any, ...]]], seed: int) -> tuple[list[str], Any]:
    log: list[str] = []

    def body() -> None:
        import asyncio

        asyncio.run(written(program)(asyncio, log))

    run, outcome = call_here(body, "random", seed)
    assert outcome.name == "finished"
    return log, run


@settings(max_examples=150, deadline=None)
@given(PROGRAMS, st.integers(0, 100))
def test_the_order_is_the_real_one(program: list[list[tuple[Any, ...]]], seed: int):
    log: list[str] = []
    real_asyncio.run(written(program)(real_asyncio, log))
    found, run = simulated(program, seed)
    assert found == log
    nested = {event.obj for event in run.kinds(Kind.SPAWN) if event.value & NESTED}
    assert nested == {event.worker for event in run.kinds(Kind.END, Kind.FAIL) if event.worker in nested}
    assert not {event.worker for event in run.kinds(Kind.FAIL)}
    leaders: dict[int, int] = {}
    for event in run.events:
        if event.worker != NONE:
            leaders.setdefault(event.step, event.worker)
    assert not nested & set(leaders.values())
