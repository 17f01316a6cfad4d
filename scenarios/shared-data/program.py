"""A worker changes a global variable. Whether the main program sees that depends on what the worker is."""

from multiprocessing import Process
from threading import Thread
from typing import Literal

n = 100


def change(value: int) -> None:
    global n
    print(f"worker: n is {n}")
    n = value
    print(f"worker: n is {n} now")


def main(model: Literal["thread", "process"] = "process", value: int = 666) -> None:
    kind = Thread if model == "thread" else Process
    worker = kind(target=change, args=(value,), name="worker")
    worker.start()
    worker.join()
    print(f"main: n is {n}")


if __name__ == "__main__":
    main()
