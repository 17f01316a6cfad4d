"""Opens a trace of a million events and seeks in it: how long, how much memory, and against what floor.

`python bench/trace_open.py [EVENTS] [WORKERS]`. Opening is reading the file, and making what the first picture needs:
every worker's lane and all marks. After that come the checkpoints that make seeks short, which an app lays while it is
idle (`Trace.look_ahead`), here in slices as it would. The floor is msgspec decoding the same lines into event structs,
keeping nothing. Memory is the growth of the resident set with everything made; the peak includes what is freed again.
"""

from __future__ import annotations

import gc
import random
import resource
import statistics
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter

import msgspec
from concurrency_tui.trace.events import NONE, Event, Kind
from concurrency_tui.trace.file import CHUNK, Writer, load
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace

SITES = 8
SEEKS = 400
PAGE = resource.getpagesize()
MEBIBYTE = 1 << 20


def crowd(workers: int) -> Iterator[Event]:
    """Yield the events of workers that compete for a few locks for ever, in a random order."""
    chance = random.Random(7)
    locks = max(1, workers // 10)
    yield Event(Kind.FILE, 0, 0, obj=0, text="program.py")
    for site in range(SITES):
        yield Event(Kind.SITE, 0, 0, obj=site, site=0, value=10 + site, text="work")
    yield Event(Kind.SPAWN, 0, 0, obj=0, text="MainThread", value=0)
    for lock in range(locks):
        yield Event(Kind.OBJECT, 0, 0, 0, lock, text="Lock")
    for worker in range(1, workers + 1):
        yield Event(Kind.SPAWN, worker, 0, 0, worker, 0, f"Thread-{worker}")
        yield Event(Kind.BEGIN, worker, 0, worker, text="work")
    owners = [NONE] * locks
    queues: list[list[int]] = [[] for _ in owners]
    able = list(range(1, workers + 1))
    step, time = workers, 0
    while True:
        step, time = step + 1, time + chance.randrange(2) * 1000
        worker = chance.choice(able)
        lock = worker % locks
        if owners[lock] == worker:
            owners[lock] = NONE
            text = f"worker {worker} was in\n"
            yield Event(Kind.OUTPUT, step, time, worker, value=1, text=text, site=lock % SITES)
            yield Event(Kind.RELEASE, step, time, worker, lock, 0, site=lock % SITES)
            able += queues[lock]
        elif owners[lock] == NONE:
            owners[lock] = worker
            if worker in queues[lock]:
                queues[lock].remove(worker)
            for waiter in queues[lock]:
                able.remove(waiter)
            yield Event(Kind.ACQUIRE, step, time, worker, lock, 1, site=lock % SITES)
        else:
            yield Event(Kind.WAIT, step, time, worker, lock, text="acquire", site=lock % SITES)
            able.remove(worker)
            queues[lock].append(worker)


def decode_only(path: Path) -> float:
    """Return the seconds that decoding the file takes, a chunk at a time and keeping nothing."""
    decoder = msgspec.json.Decoder(Event)
    start = perf_counter()
    with path.open("rb") as stream:
        stream.readline()
        rest = b""
        while data := stream.read(CHUNK):
            lines, _, rest = (rest + data).rpartition(b"\n")
            decoder.decode_lines(lines)
    return perf_counter() - start


def resident() -> float:
    """Return the resident set of this process, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / MEBIBYTE


def measure(path: Path) -> None:
    """Open `path` and print the figures."""
    floor = min(decode_only(path) for _ in range(3))
    gc.collect()
    before = resident()
    start = perf_counter()
    trace = load(path)
    read = perf_counter()
    lanes = len(trace.lanes)
    marks = len(trace.marks)
    indexed = perf_counter()
    trace.state(0)
    opened = perf_counter()
    slices = look_ahead(trace)
    grown = resident() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    total = opened - start
    parts = f"read {read - start:.2f}, {lanes} lanes and {marks} marks {indexed - read:.2f}"
    print(f"open   {total:.2f} s ({parts}), {total / floor:.1f} times decoding alone ({floor:.2f} s)")
    print(f"ahead  {sum(slices):.2f} s in {len(slices)} slices, the longest {max(slices) * 1e3:.0f} ms")
    print(f"memory {grown:.1f} MiB, {grown * MEBIBYTE / len(trace):.1f} bytes an event; at the peak {peak:.1f} MiB")
    seek_times(trace)


def look_ahead(trace: Trace) -> list[float]:
    """Lay all checkpoints; return how long each slice took."""
    slices = []
    done = False
    while not done:
        start = perf_counter()
        done = trace.look_ahead()
        slices.append(perf_counter() - start)
    return slices


def seek_times(trace: Trace) -> None:
    """Seek to random places, and step back and on; print how long each takes."""
    chance = random.Random(1)
    positions = [chance.randrange(len(trace)) for _ in range(SEEKS)]
    seeks, backs = [], []
    for position in positions:
        start = perf_counter()
        trace.state(position)
        seeks.append(perf_counter() - start)
        start = perf_counter()
        trace.state(position - 1)
        backs.append(perf_counter() - start)
    for name, seconds in (("seek", seeks), ("back", backs)):
        worst = statistics.quantiles(seconds, n=100)[98]
        print(f"{name}   median {statistics.median(seconds) * 1e3:.2f} ms, p99 {worst * 1e3:.2f} ms")


def main() -> None:
    """Write a trace, then open it."""
    events, workers = (int(each) for each in (*sys.argv[1:], *("1000000", "100")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crowd.trace"
        source = islice(crowd(workers), events)
        with path.open("wb") as stream:
            writer = Writer(stream, Header(target="crowd"))
            while batch := list(islice(source, 4096)):
                writer.write(batch)
        print(f"{events} events of {workers} workers, {path.stat().st_size / MEBIBYTE:.1f} MiB")
        measure(path)


if __name__ == "__main__":
    main()
