"""Bakers and eaters share a shelf that holds only so much. One Condition tells both when the shelf has changed."""

import time
from collections import deque
from threading import Condition, Thread, current_thread
from typing import Literal


class Shelf:
    def __init__(self, capacity: int, notify: str) -> None:
        self.capacity = capacity
        self.notify = notify
        self.loaves: deque[str] = deque()
        self.changed = Condition()

    def tell(self) -> None:
        if self.notify == "all":
            self.changed.notify_all()
        else:
            self.changed.notify()

    def put(self, loaf: str) -> None:
        with self.changed:
            while len(self.loaves) == self.capacity:
                self.changed.wait()
            self.loaves.append(loaf)
            self.tell()

    def take(self) -> str:
        with self.changed:
            while not self.loaves:
                self.changed.wait()
            loaf = self.loaves.popleft()
            self.tell()
            return loaf


def bake(shelf: Shelf, loaves: int, seconds: float) -> None:
    for number in range(loaves):
        time.sleep(seconds)
        shelf.put(f"loaf {number} of {current_thread().name}")


def eat(shelf: Shelf, loaves: int, seconds: float) -> None:
    for _ in range(loaves):
        print(f"{current_thread().name} eats {shelf.take()}")
        time.sleep(seconds)


def main(
    capacity: int = 2,
    pairs: int = 2,
    loaves: int = 4,
    baking: float = 0.5,
    eating: float = 1.0,
    notify: Literal["all", "one"] = "all",
) -> None:
    shelf = Shelf(capacity, notify)
    for number in range(pairs):
        Thread(target=bake, args=(shelf, loaves, baking), name=f"baker {number}").start()
        Thread(target=eat, args=(shelf, loaves, eating), name=f"eater {number}").start()


if __name__ == "__main__":
    main()
