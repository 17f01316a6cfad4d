"""The same crew as threads and as processes, with work that computes or work that waits: which pays, and when?"""

import os
import time
from multiprocessing import Process
from threading import Thread
from typing import Literal

ROUNDS = 1_000
REPLY = 2.0


def crunch() -> int:
    """Compute, and never wait. In the simulator a call costs what lesson.toml says."""
    total = 0
    for number in range(ROUNDS):
        total += number * number
    return total


def fetch() -> None:
    """Wait for an answer, and hardly compute."""
    time.sleep(REPLY)


def main(
    work: Literal["cpu", "io"] = "cpu",
    model: Literal["threads", "processes"] = "threads",
    workers: int = 12,
    cores: int = 4,  # of the simulated machine; a real one has what it has
) -> None:
    kind = Thread if model == "threads" else Process
    task = crunch if work == "cpu" else fetch
    began = time.monotonic()
    crew = [kind(target=task, name=f"worker {number}") for number in range(1, workers + 1)]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()
    print(f"{workers} {model} ({work}) on {os.cpu_count()} cores took {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
