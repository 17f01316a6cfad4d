"""Random small programs of threads that use locks, events, semaphores, conditions and queues.

A program is data: for each thread a list of operations, some with a body of their own. `Shared` runs it, and keeps
books on what must never happen, whatever the schedule.
"""

import queue
import threading
import time
from collections import Counter
from dataclasses import dataclass

from hypothesis import strategies as st

LOCKS, RLOCKS, SEMAPHORES, EVENTS, QUEUES, CONDITIONS = 3, 1, 2, 2, 2, 1
PERMITS = (1, 2)
ROOM = (0, 1)


@dataclass(frozen=True)
class Operation:
    """One line of a program: what to do, with which object, for how long at most, and what to do meanwhile."""

    verb: str
    which: int = 0
    timeout: float | None = None
    body: tuple["Operation", ...] = ()


timeouts = st.sampled_from([None, None, 0, 0.5, 1, 2])
simple = st.one_of(
    st.builds(Operation, st.sampled_from(["set", "clear", "is_set"]), st.integers(0, EVENTS - 1)),
    st.builds(Operation, st.just("wait"), st.integers(0, EVENTS - 1), timeouts),
    st.builds(Operation, st.sampled_from(["put", "get"]), st.integers(0, QUEUES - 1), timeouts),
    st.builds(Operation, st.just("sleep"), st.integers(0, 2)),
    st.builds(Operation, st.sampled_from(["notify", "notify_all"])),
    st.builds(Operation, st.just("wait_for_notice"), timeout=timeouts),
)


def holding(bodies: st.SearchStrategy[tuple[Operation, ...]]) -> st.SearchStrategy[Operation]:
    return st.one_of(
        st.builds(Operation, st.just("lock"), st.integers(0, LOCKS - 1), timeouts, bodies),
        st.builds(Operation, st.just("rlock"), st.integers(0, RLOCKS - 1), timeouts, bodies),
        st.builds(Operation, st.just("semaphore"), st.integers(0, SEMAPHORES - 1), timeouts, bodies),
    )


def bodies(depth: int) -> st.SearchStrategy[tuple[Operation, ...]]:
    inner = simple if not depth else st.one_of(simple, holding(bodies(depth - 1)), holding(bodies(depth - 1)))
    return st.lists(inner, max_size=3).map(tuple)


programs = st.lists(bodies(2), min_size=1, max_size=4).map(tuple)
schedules = st.tuples(st.sampled_from(["random", "random", "random", "round-robin", "fifo"]), st.integers(0, 1_000))


class Shared:
    """The objects of one run, and the books on them."""

    def __init__(self) -> None:
        self.locks = [threading.Lock() for _ in range(LOCKS)]
        self.rlocks = [threading.RLock() for _ in range(RLOCKS)]
        self.semaphores = [threading.Semaphore(permits) for permits in PERMITS]
        self.events = [threading.Event() for _ in range(EVENTS)]
        self.queues: list[queue.Queue[str]] = [queue.Queue(size) for size in ROOM]
        self.conditions = [threading.Condition() for _ in range(CONDITIONS)]
        self.inside: Counter[tuple[str, int]] = Counter()
        self.owners: dict[int, list[int]] = {index: [] for index in range(RLOCKS)}
        self.entered: dict[int, list[str]] = {index: [] for index in range(QUEUES)}
        self.left: dict[int, list[str]] = {index: [] for index in range(QUEUES)}
        self.clock = 0.0
        self.items = 0
        self.wrong: list[str] = []

    def main(self, program: tuple[tuple[Operation, ...], ...]) -> None:
        """Run a program: one thread for each list of operations, and wait for all of them."""
        threads = [
            threading.Thread(target=self.work, args=(number, body)) for number, body in enumerate(program, start=1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, number: int, body: tuple[Operation, ...]) -> None:
        for operation in body:
            getattr(self, operation.verb)(number, operation)
            now = time.monotonic()
            if now < self.clock:
                self.wrong.append(f"time went back from {self.clock} to {now}")
            self.clock = now

    def lock(self, number: int, operation: Operation) -> None:
        lock = self.locks[operation.which]
        if lock.acquire(timeout=-1 if operation.timeout is None else operation.timeout):
            self._within(("lock", operation.which), 1, number, operation)
            lock.release()

    def semaphore(self, number: int, operation: Operation) -> None:
        semaphore = self.semaphores[operation.which]
        if semaphore.acquire(timeout=operation.timeout):
            self._within(("semaphore", operation.which), PERMITS[operation.which], number, operation)
            semaphore.release()

    def rlock(self, number: int, operation: Operation) -> None:
        lock, owners = self.rlocks[operation.which], self.owners[operation.which]
        if lock.acquire(timeout=-1 if operation.timeout is None else operation.timeout):
            if any(owner != number for owner in owners):
                self.wrong.append(f"{number} holds what {owners} hold")
            owners.append(number)
            self.work(number, operation.body)
            owners.pop()
            lock.release()

    def _within(self, what: tuple[str, int], limit: int, number: int, operation: Operation) -> None:
        self.inside[what] += 1
        if self.inside[what] > limit:
            self.wrong.append(f"{self.inside[what]} are inside {what}")
        self.work(number, operation.body)
        self.inside[what] -= 1

    def set(self, _number: int, operation: Operation) -> None:
        self.events[operation.which].set()

    def clear(self, _number: int, operation: Operation) -> None:
        self.events[operation.which].clear()

    def is_set(self, _number: int, operation: Operation) -> None:
        self.events[operation.which].is_set()

    def wait(self, _number: int, operation: Operation) -> None:
        began = time.monotonic()
        came = self.events[operation.which].wait(operation.timeout)
        self._patient(began, operation.timeout, in_time=came)

    def _patient(self, began: float, timeout: float | None, *, in_time: bool) -> None:
        if timeout is None and not in_time:
            self.wrong.append("a wait without an end has ended")
        if timeout is not None and not in_time and time.monotonic() - began < timeout:
            self.wrong.append(f"a wait of {timeout} s ended after {time.monotonic() - began}")

    def sleep(self, _number: int, operation: Operation) -> None:
        began = time.monotonic()
        time.sleep(operation.which)
        if time.monotonic() - began < operation.which:
            self.wrong.append("a sleep was too short")

    def put(self, number: int, operation: Operation) -> None:
        self.items += 1
        item = f"{number}.{self.items}"
        try:
            self.queues[operation.which].put(item, timeout=operation.timeout)
        except queue.Full:
            return
        # No other thread has run since the item is in: what follows an operation belongs to its step.
        self.entered[operation.which].append(item)

    def get(self, _number: int, operation: Operation) -> None:
        try:
            item = self.queues[operation.which].get(timeout=operation.timeout)
        except queue.Empty:
            return
        self.left[operation.which].append(item)

    def notify(self, _number: int, operation: Operation) -> None:
        with self.conditions[operation.which]:
            self.conditions[operation.which].notify()

    def notify_all(self, _number: int, operation: Operation) -> None:
        with self.conditions[operation.which]:
            self.conditions[operation.which].notify_all()

    def wait_for_notice(self, _number: int, operation: Operation) -> None:
        condition = self.conditions[operation.which]
        with condition:
            began = time.monotonic()
            came = condition.wait(operation.timeout)
            self._patient(began, operation.timeout, in_time=came)
