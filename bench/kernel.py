"""The kernel's speed: schedule points a second beside bare greenlet switches, and whole runs a second.

`python bench/kernel.py [--profile]`. Each figure is in CPU time, the best of some rounds in this one process; compare
the ratios, not the numbers. A *bare switch* is one `greenlet.switch` between two greenlets that do nothing else. A
*point* is one `time.sleep(0)` of five threads that take turns (round-robin), so that each is a decision, a switch and
an event. An *operation* is one acquire or release of a lock that five threads share (random), *recorded* when its
events are also encoded as a child process encodes them. A *run* is `simulate.call` of a function that starts five
threads, each of which goes twice through a section under one lock, and joins them: another seed each time, the seam
put in place and taken away again. `--profile` prints where the time of such runs goes.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from concurrency_tui.engine.simulate import call
from concurrency_tui.engine.strategies import make
from concurrency_tui.trace.events import Event
from concurrency_tui.trace.file import encode
from greenlet import getcurrent, greenlet

ROUNDS = 5
SWITCHES = 200_000
POINTS = 50_000
OPERATIONS = 20_000
RUNS = 300
THREADS = 5
SECTIONS = 2


def best(measure: Callable[[], float]) -> float:
    """Return the highest of several measurements of a rate."""
    return max(measure() for _ in range(ROUNDS))


def bare_switches() -> float:
    """Return switches a second between two greenlets."""
    hub = getcurrent()

    def echo() -> None:
        while True:
            hub.switch()

    other = greenlet(echo)
    began = time.process_time()
    for _ in range(SWITCHES // 2):
        other.switch()
    return SWITCHES / (time.process_time() - began)


def together(work: Callable[..., Any], *arguments: Any) -> None:
    """Start the threads, each doing `work`, and wait for all of them."""
    threads = [threading.Thread(target=work, args=arguments) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def take_turns() -> None:
    """A thread of `points`."""
    for _ in range(POINTS // THREADS):
        time.sleep(0)


def points() -> float:
    """Return schedule points a second, where every one of them is a switch."""
    began = time.process_time()
    kernel, _ = call(lambda: together(take_turns), make("round-robin", 0))
    return kernel.step / (time.process_time() - began)


def sections(lock: threading.Lock, count: int) -> None:
    """Go through a section under a lock, `count` times."""
    for _ in range(count):
        with lock:
            pass


def operations(sink: Callable[[Event], None]) -> float:
    """Return acquires and releases a second, of one lock."""
    count = OPERATIONS // THREADS // 2
    began = time.process_time()
    call(lambda: together(sections, threading.Lock(), count), make("random", 0), sink)
    return OPERATIONS / (time.process_time() - began)


def forget(_event: Event) -> None:
    """A sink that keeps nothing."""


def record(event: Event) -> None:
    """A sink that does what the child's does: a line of bytes for each event."""
    encode((event,))


def run(seed: int) -> None:
    """Simulate five threads with two locked sections each."""
    _, outcome = call(lambda: together(sections, threading.Lock(), SECTIONS), make("random", seed))
    assert outcome.name == "finished"


def runs() -> float:
    """Return whole runs a second."""
    began = time.process_time()
    for seed in range(RUNS):
        run(seed)
    return RUNS / (time.process_time() - began)


def profile() -> None:
    """Print the functions that whole runs spend their time in."""
    profiler = cProfile.Profile()
    profiler.runcall(runs)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> None:
    """Measure and print."""
    if "--profile" in sys.argv[1:]:
        profile()
        return
    run(0)
    switches = best(bare_switches)
    print(f"bare greenlet switches   {switches:12,.0f} /s")
    for name, rate in (
        ("schedule points", best(points)),
        ("lock operations", best(lambda: operations(forget))),
        ("  recorded", best(lambda: operations(record))),
    ):
        print(f"{name:24} {rate:12,.0f} /s   one costs as much as {switches / rate:5.1f} bare switches")
    rate = best(runs)
    print(f"runs of {THREADS} threads x {SECTIONS}     {rate:12,.0f} /s   {1e6 / rate:,.0f} µs each")


if __name__ == "__main__":
    main()
