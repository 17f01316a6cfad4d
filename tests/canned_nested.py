"""Canned traces of workers inside workers: strands in threads in processes, at any number."""

from typing import Final

from concurrency_tui.trace.events import NANOSECONDS, Kind, WorkerFlag
from concurrency_tui.trace.store import Trace

from .canned_script import Script

SOURCE: Final = """\
import asyncio


async def fetch(number):
    await asyncio.sleep(number)
    print(number)


def serve(count):
    asyncio.run(gather(fetch(number) for number in range(count)))


def main():
    serve(3)
"""

_KINDS: Final = {
    WorkerFlag.COROUTINE: "Task-{}",
    WorkerFlag.GREENLET: "Greenlet-{}",
    WorkerFlag.GENERATOR: "count {}",
}


def nested(
    processes: int = 2, threads: int = 2, strands: int = 3, flag: WorkerFlag = WorkerFlag.COROUTINE, name: str = ""
) -> Trace:
    """In each process threads, in each thread strands: they sleep, wait for a lock, have ended, and one of them runs."""
    run = Script("nested", SOURCE)
    lock = run.thing("Lock", "door")
    if processes > 1:
        run.act(0, Kind.PROCESS, 0, 4000)
    mains = [0, *(run.spawn(f"Process-{at}", flags=WorkerFlag.PROCESS) for at in range(1, processes))]
    for at, main in enumerate(mains[1:], 1):
        run.act(0, Kind.PROCESS, main, 5000 + at, more=True)
    hosts = []
    for main in mains:
        hosts += [main, *(run.spawn(f"Thread-{at}", by=main) for at in range(1, threads))]
    for host in hosts:
        if host:
            run.begin(host, "serve")
        for number in range(strands):
            strand = run.spawn((name or _KINDS[flag]).format(number + 1), by=host, flags=flag)
            run.begin(strand, "fetch")
            _live(run, strand, number, lock)
    run.act(hosts[-1], Kind.RUN)
    return run.trace()


def _live(run: Script, strand: int, number: int, lock: int) -> None:
    match number % 5:
        case 0 | 3:
            run.act(strand, Kind.SLEEP, value=run.time + (number + 1) * NANOSECONDS, at="sleep", more=True)
        case 1:
            run.act(strand, Kind.WAIT, lock, text="acquire", at="sleep", more=True)
        case 2:
            run.act(strand, Kind.OUTPUT, value=1, text=f"{number}\n", at="print", more=True)
            run.act(strand, Kind.END, more=True)


def alternating(turns: int = 6, generators: int = 1) -> Trace:
    """A thread resumes its generators one after the other, so often, and takes what each hands over."""
    run = Script("alternating", SOURCE)
    names = [f"count {number + 1}" for number in range(generators)]
    started: list[int] = []
    for turn in range(turns):
        for place, name in enumerate(names):
            if turn == 0:
                started.append(run.spawn(name, flags=WorkerFlag.GENERATOR))
                run.begin(started[place], "fetch")
            run.act(started[place], Kind.LINE, at="sleep", more=bool(turn))
            run.act(started[place], Kind.YIELD, text=str(10 * turn + place), at="print", more=True)
            run.act(0, Kind.OUTPUT, value=1, text=f"{turn}\n", at="serve(3)")
            run.clock(run.time / NANOSECONDS + 0.1)
    for generator in started:
        run.act(generator, Kind.END, at="print")
    run.act(0, Kind.LINE, at="serve(3)", more=True)
    return run.trace()
