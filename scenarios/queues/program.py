"""Three queues that differ only in what leaves next: the oldest item, the newest, or the smallest."""

import time
from queue import Empty, LifoQueue, PriorityQueue, Queue
from threading import Thread, current_thread
from typing import Literal

KINDS = {"FIFO": Queue, "LIFO": LifoQueue, "priority": PriorityQueue}
TASKS = [(20, "mail"), (5, "call"), (90, "dust"), (0, "fire")]


def put(q: Queue, tasks: int) -> None:
    for number in range(tasks):
        task = TASKS[number % len(TASKS)]
        q.put(task)
        print(f"{current_thread().name} has put {task}")


def get(q: Queue, seconds: float, patience: float) -> None:
    while True:
        time.sleep(seconds)
        try:
            task = q.get(timeout=patience)
        except Empty:
            print(f"{current_thread().name} goes home: nothing came for {patience} s")
            return
        print(f"{current_thread().name} has got {task}")


def main(
    kind: Literal["FIFO", "LIFO", "priority"] = "FIFO",
    capacity: int = 4,
    putters: int = 2,
    getters: int = 1,
    tasks: int = 4,
    seconds: float = 1.0,
    patience: float = 2.0,
) -> None:
    q = KINDS[kind](capacity)
    for number in range(putters):
        Thread(target=put, args=(q, tasks), name=f"putter {number}").start()
    for number in range(getters):
        Thread(target=get, args=(q, seconds, patience), name=f"getter {number}").start()


if __name__ == "__main__":
    main()
