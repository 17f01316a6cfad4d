"""A few threads work through many tasks. How the results are collected decides how long it all takes."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import current_thread
from typing import Literal


def task(n: int, seconds: float) -> int:
    print(f"task {n} runs on {current_thread().name}")
    time.sleep(seconds)
    return n**n


def collected(future: Future[int]) -> None:
    print(f"{future.result()} is collected by {current_thread().name}")


def main(
    tasks: int = 20,
    size: int = 5,
    seconds: float = 2.0,
    collect: Literal["callback", "result at once", "results at the end"] = "callback",
) -> None:
    with ThreadPoolExecutor(size, thread_name_prefix="pool") as pool:
        match collect:
            case "callback":
                for n in range(tasks):
                    pool.submit(task, n, seconds).add_done_callback(collected)
            case "result at once":
                for n in range(tasks):
                    collected(pool.submit(task, n, seconds))
            case "results at the end":
                for future in [pool.submit(task, n, seconds) for n in range(tasks)]:
                    collected(future)


if __name__ == "__main__":
    main()
