"""Start some workers and see when each of them speaks: a thread begins where it stands, a process starts Python anew.

`thread_start`, `process_start` and `cores` tell what the simulator takes them to be. Plain Python takes what it takes.
"""

import time
from multiprocessing import Process
from threading import Thread
from typing import Literal


def speak(number: int, began: float) -> None:
    print(f"worker {number} speaks after {time.monotonic() - began:.4f} s")


def main(
    model: Literal["thread", "process"] = "process",
    workers: int = 3,
    thread_start: float = 0.0001,
    process_start: float = 0.05,
    cores: int = 4,
) -> None:
    print(f"declared: {thread_start:.4f} s a thread, {process_start:.4f} s a process, {cores} cores")
    kind = Thread if model == "thread" else Process
    began = time.monotonic()
    crew = [kind(target=speak, args=(number, began), name=f"worker {number}") for number in range(workers)]
    for worker in crew:
        worker.start()
    print(f"main has started them after {time.monotonic() - began:.4f} s")
    for worker in crew:
        worker.join()
    print(f"all are over after {time.monotonic() - began:.4f} s")


if __name__ == "__main__":
    main()
