"""A trace with one object of every kind, each with something going on; and crowds of any size."""

from concurrency_tui.trace.events import NANOSECONDS, NONE, Kind, WorkerFlag
from concurrency_tui.trace.store import Trace

from ..canned_script import Script

SOURCE = """\
def main():
    pass
"""


def zoo() -> Trace:
    """Return a run that has met one object of every kind."""
    run = Script("zoo", SOURCE)
    cars = [run.spawn(f"car {number}") for number in range(7)]
    light = run.spawn("light")
    _locks(run, cars)
    _signals(run, cars, light)
    _queues(run)
    _tasks(run)
    run.clock(2.5)
    run.act(light, Kind.WAKE)
    run.act(light, Kind.SET, 2, more=True)
    for car in cars[2:5]:
        run.act(car, Kind.PASS, 2)
    return run.trace()


def _locks(run: Script, cars: list[int]) -> None:
    bridge = run.thing("Lock", "bridge")
    log = run.thing("RLock", "self._log")
    run.act(cars[0], Kind.ACQUIRE, bridge, 1)
    run.act(cars[1], Kind.WAIT, bridge, text="acquire")
    for depth in (1, 2):
        run.act(cars[0], Kind.ACQUIRE, log, depth)


def _signals(run: Script, cars: list[int], light: int) -> None:
    event = run.thing("Event", "green")
    run.act(light, Kind.SLEEP, value=5 * NANOSECONDS // 2)
    for car in cars[2:5]:
        run.act(car, Kind.WAIT, event, text="wait")
    ferry = run.thing("Semaphore", "ferry", 3)
    passengers = [run.spawn(f"passenger {number}") for number in range(5)]
    for place, passenger in enumerate(passengers[:2]):
        run.clock(0.5 * place)
        run.act(passenger, Kind.ACQUIRE, ferry, 2 - place)
    run.clock(1)
    run.act(passengers[2], Kind.ACQUIRE, ferry, 0)
    for passenger in passengers[3:]:
        run.act(passenger, Kind.WAIT, ferry, text="acquire")
    gate = run.thing("Barrier", "gate", 4)
    for number in range(2):
        run.act(run.spawn(f"runner {number}"), Kind.WAIT, gate, text="wait")
    lock = run.thing("RLock", "")
    ready = run.thing("Condition", "ready")
    run.note(Kind.PART, obj=lock, value=ready)
    for number in range(3):
        run.act(run.spawn(f"guest {number}"), Kind.WAIT, ready, text="wait")
    run.act(cars[6], Kind.ACQUIRE, lock, 1)
    timer = run.thing("Timer", "alarm")
    run.act(run.spawn("Thread-9"), Kind.WAIT, timer, 3 * NANOSECONDS, "wait")


def _queues(run: Script) -> None:
    for number, (kind, name, size) in enumerate(
        [
            ("Queue", "letters", 4),
            ("LifoQueue", "plates", 5),
            ("PriorityQueue", "patients", 0),
            ("SimpleQueue", "odd", 0),
        ]
    ):
        queue = run.thing(kind, name, size)
        putter = run.spawn(f"putter {number}")
        for item in range(0 if kind == "SimpleQueue" else 4):
            place = 0 if kind == "LifoQueue" else item
            run.act(putter, Kind.PUT, queue, place, f"({item}, 'x')" if kind == "PriorityQueue" else repr(item))
        if kind == "Queue":
            run.act(putter, Kind.WAIT, queue, text="put")
        if kind == "SimpleQueue":
            run.act(putter, Kind.WAIT, queue, text="get")


def _tasks(run: Script) -> None:
    pool = run.thing("ThreadPoolExecutor", "pool", 3)
    workers = [run.spawn(f"ThreadPoolExecutor-0_{number}", flags=WorkerFlag.POOL) for number in range(3)]
    futures = []
    for number in range(6):
        futures.append(run.thing("Future", "", part_of=pool))
        run.act(0, Kind.SUBMIT, futures[-1], pool, f"work({number})")
    for worker, future in zip(workers, futures, strict=False):
        run.act(worker, Kind.TAKE, future, pool)
    run.clock(1.5)
    run.act(workers[0], Kind.RESOLVE, futures[0], text="'ok'")
    run.act(workers[0], Kind.CALLBACK, futures[0], text="done", more=True)
    run.act(workers[1], Kind.REJECT, futures[1], text="ValueError: no")
    run.act(workers[1], Kind.TAKE, futures[3], pool)
    run.act(workers[0], Kind.WAIT, pool, text="get")
    run.act(0, Kind.WAIT, futures[2], text="result")
    alone = run.thing("Future", "answer")
    run.act(run.spawn("asker"), Kind.WAIT, alone, text="result")
    other = run.thing("Turnstile", "turnstile")
    part = run.thing("Lock", "inner")
    run.note(Kind.PART, obj=part, value=other)
    run.act(run.spawn("visitor"), Kind.WAIT, other, text="wait")


def crowded(
    kind: str, waiters: int, names: str = "worker {}", capacity: int = NONE, operation: str = "acquire"
) -> Trace:
    """Return a run in which one worker has an object, if it can be had, and so many others wait for it."""
    run = Script("crowded", SOURCE)
    thing = run.thing(kind, names.replace("{}", "thing"), capacity)
    holder = run.spawn(names.replace("{}", "holder"))
    if kind in {"Lock", "RLock", "Semaphore", "BoundedSemaphore", "GIL", "CPU"}:
        run.act(holder, Kind.ACQUIRE, thing, 1 if kind in {"Lock", "RLock", "GIL"} else max(capacity, 1) - 1)
    for number in range(waiters):
        run.act(run.spawn(names.replace("{}", str(number))), Kind.WAIT, thing, text=operation)
    return run.trace()
