"""Twenty tasks, four at a time: as twenty new threads that share four permits, or by four workers that stay."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore, Thread, current_thread
from typing import Literal

names: list[str] = []


def task(number: int, seconds: float) -> None:
    name = current_thread().name
    names.append(name)
    print(f"task {number} runs on {name}")
    time.sleep(seconds)


def with_permit(permits: Semaphore, number: int, seconds: float) -> None:
    with permits:
        task(number, seconds)


def main(
    model: Literal["semaphore", "pool"] = "semaphore", tasks: int = 20, limit: int = 4, seconds: float = 1.0
) -> None:
    began = time.monotonic()
    if model == "semaphore":
        permits = Semaphore(limit)
        threads = [
            Thread(target=with_permit, args=(permits, number, seconds), name=f"thread {number}")
            for number in range(tasks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        with ThreadPoolExecutor(limit, thread_name_prefix="worker") as pool:
            for number in range(tasks):
                pool.submit(task, number, seconds)
    print(f"{tasks} tasks on {len(set(names))} threads took {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
