"""Canned runs of threads that compute: under one GIL, and on several cores at once."""

from collections import deque
from typing import Final

from concurrency_tui.trace.events import NANOSECONDS, NONE, Kind
from concurrency_tui.trace.store import Trace

from .canned_script import Script

SOURCE: Final = """\
from threading import Thread


def crunch(number):
    for turn in range(10_000_000):
        number += turn


def work(number):
    crunch(number)
    print(number, "is done")


def main(threads=3):
    crew = [Thread(target=work, args=(number,), name=f"thread {number}") for number in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
"""

TURN: Final = 5_000_000
"""Nanoseconds after which whoever has the GIL, or a core, gives way."""


class Machine:
    """Some cores, and a GIL if there is one; threads take turns in the order in which they come."""

    def __init__(self, run: Script, cores: int, *, gil: bool) -> None:
        self.run = run
        self.cpu = run.thing("CPU", "", cores)
        self.gil = run.thing("GIL", "") if gil else NONE
        self.free = cores
        self.places = 1 if gil else cores
        self.left: dict[int, int] = {}
        self.queue: deque[int] = deque()
        self.ends: dict[int, int] = {}

    def come(self, worker: int, work: int) -> None:
        """Let a thread begin to compute, or to wait for its turn; who computes already gives way sooner then."""
        self.left[worker] = work
        if len(self.ends) < self.places:
            self.compute(worker)
            return
        self.wait(worker)
        for other, until in self.ends.items():
            if until > self.run.time + TURN:
                self.ends[other] = self.run.time + TURN
                self.run.act(other, Kind.WORK, value=self.ends[other], text="crunch", at="crunch(number)", more=True)

    def compute(self, worker: int) -> None:
        """Give a thread the GIL and a core."""
        if self.gil != NONE:
            self.run.act(worker, Kind.ACQUIRE, self.gil, 1, at="crunch(number)")
        self.free -= 1
        self.run.act(worker, Kind.ACQUIRE, self.cpu, self.free, at="crunch(number)", more=self.gil != NONE)
        turn = min(TURN, self.left[worker]) if self.queue else self.left[worker]
        self.ends[worker] = self.run.time + turn
        self.run.act(worker, Kind.WORK, value=self.ends[worker], text="crunch", at="crunch(number)", more=True)

    def wait(self, worker: int, *, more: bool = False) -> None:
        """Let a thread wait for the GIL or for a core."""
        self.queue.append(worker)
        wanted = self.cpu if self.gil == NONE else self.gil
        self.run.act(worker, Kind.WAIT, wanted, text="run", at="crunch(number)", more=more)

    def stop(self, began: dict[int, int]) -> int:
        """Let the one whose turn ends first stop, and the next one go on; return it."""
        worker = min(self.ends, key=lambda each: (self.ends[each], each))
        self.run.time = self.ends.pop(worker)
        self.left[worker] -= self.run.time - began[worker]
        self.run.act(worker, Kind.WORKED, value=self.left[worker], at="crunch(number)")
        self.free += 1
        self.run.act(worker, Kind.RELEASE, self.cpu, self.free, at="crunch(number)", more=True)
        if self.gil != NONE:
            self.run.act(worker, Kind.RELEASE, self.gil, 0, at="crunch(number)", more=True)
        if self.left[worker]:
            self.wait(worker, more=True)
        return worker


def computing(threads: int = 3, work: float = 0.02, *, gil: bool = True, cores: int = 4) -> Trace:
    """Threads compute for so many seconds each."""
    run = Script("gil", SOURCE)
    machine = Machine(run, cores, gil=gil)
    workers = [run.spawn(f"thread {number}", at="start") for number in range(threads)]
    run.act(0, Kind.JOIN, workers[0], at=".join()")
    for worker in workers:
        run.begin(worker, "work")
        machine.come(worker, round(work * NANOSECONDS))
    began = dict.fromkeys(machine.ends, 0)
    while machine.ends:
        worker = machine.stop(began)
        if not machine.left[worker]:
            run.act(worker, Kind.OUTPUT, value=1, text=f"{worker - 1} is done\n", at="print", more=True)
            run.act(worker, Kind.END, more=True)
        if machine.queue:
            following = machine.queue.popleft()
            machine.compute(following)
            began[following] = run.time
    run.join_all(workers)
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()
