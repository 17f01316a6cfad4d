"""Workers tell their process number: the same one if they are threads, one each if they are processes."""

import os
from multiprocessing import Process
from threading import Thread
from typing import Literal


def work(number: int) -> None:
    print(f"worker {number}: pid {os.getpid()}")


def main(model: Literal["thread", "process"] = "process", workers: int = 4) -> None:
    kind = Thread if model == "thread" else Process
    crew = [kind(target=work, args=(number,), name=f"worker {number}") for number in range(workers)]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()
    print(f"main: pid {os.getpid()}")


if __name__ == "__main__":
    main()
