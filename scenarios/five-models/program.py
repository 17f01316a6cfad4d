"""The same jobs done five ways: in a row, by threads, by processes, by a pool of threads, by coroutines."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Process
from threading import Thread
from typing import Literal


def crunch(seconds: float) -> float:
    return sum(range(1000)) * seconds


def job(work: str, seconds: float) -> None:
    if work == "cpu":
        crunch(seconds)
    else:
        time.sleep(seconds)


async def job_in_turns(work: str, seconds: float) -> None:
    if work == "cpu":
        crunch(seconds)
    else:
        await asyncio.sleep(seconds)


async def gather_all(jobs: int, work: str, seconds: float) -> None:
    tasks = [asyncio.create_task(job_in_turns(work, seconds), name=f"coroutine {number}") for number in range(jobs)]
    await asyncio.gather(*tasks)


def do_all(model: str, jobs: int, work: str, seconds: float, size: int) -> None:
    if model == "serial":
        for _ in range(jobs):
            job(work, seconds)
    elif model == "pool":
        with ThreadPoolExecutor(size, thread_name_prefix="pool") as pool:
            for _ in range(jobs):
                pool.submit(job, work, seconds)
    elif model == "coroutines":
        asyncio.run(gather_all(jobs, work, seconds))
    else:
        kind, name = (Thread, "thread") if model == "threads" else (Process, "process")
        workers = [kind(target=job, args=(work, seconds), name=f"{name} {number}") for number in range(jobs)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


def main(
    model: Literal["all", "serial", "threads", "processes", "pool", "coroutines"] = "all",
    work: Literal["io", "cpu"] = "io",
    jobs: int = 4,
    size: int = 2,
    cores: int = 2,
    seconds: float = 1.0,
) -> None:
    models = ["serial", "threads", "processes", "pool", "coroutines"] if model == "all" else [model]
    for each in models:
        began = time.monotonic()
        do_all(each, jobs, work, seconds, size)
        print(f"{each}: {jobs} jobs in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
