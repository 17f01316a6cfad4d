"""Ten workers take two locks, first in one order and then in the other, until two of them wait for each other."""

import time
from threading import Lock, RLock, Thread
from typing import Literal

mutexA = Lock()
mutexB = Lock()


class Worker(Thread):
    def __init__(self, hold: float) -> None:
        super().__init__()
        self.hold = hold

    def run(self) -> None:
        self.a_then_b()
        self.b_then_a()

    def a_then_b(self) -> None:
        with mutexA:
            print(f"{self.name} has mutexA")
            with mutexB:
                print(f"{self.name} has mutexA and mutexB")

    def b_then_a(self) -> None:
        with mutexB:
            print(f"{self.name} has mutexB")
            time.sleep(self.hold)
            with mutexA:
                print(f"{self.name} has mutexB and mutexA")


def main(workers: int = 10, hold: float = 2.0, lock: Literal["two locks", "one RLock"] = "two locks") -> None:
    global mutexA, mutexB
    if lock == "one RLock":
        mutexA = mutexB = RLock()
    for _ in range(workers):
        Worker(hold).start()


if __name__ == "__main__":
    main()
