"""Visitors share a few stalls. A Semaphore counts the free ones, and at zero everybody else waits."""

import random
import time
from threading import Semaphore, Thread, current_thread


def visit(stalls: Semaphore, longest: int) -> None:
    name = current_thread().name
    print(f"{name} queues")
    with stalls:
        print(f"{name} goes in")
        time.sleep(random.randint(1, longest))
        print(f"{name} comes out")


def main(visitors: int = 20, permits: int = 5, longest: int = 5) -> None:
    stalls = Semaphore(permits)
    for number in range(visitors):
        Thread(target=visit, args=(stalls, longest), name=f"visitor {number}").start()


if __name__ == "__main__":
    main()
