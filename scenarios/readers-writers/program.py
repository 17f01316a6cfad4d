"""Many may read at once, but a writer must be alone. Who goes first when both want in decides who waits for ever."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread, current_thread
from typing import Literal


class Page:
    def __init__(self, prefer: str) -> None:
        self.prefer = prefer
        self.readers = 0
        self.writing = False
        self.writers_waiting = 0
        self.turn = Condition()

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self.turn:
            while self.writing or (self.prefer == "writers" and self.writers_waiting):
                self.turn.wait()
            self.readers += 1
        yield
        with self.turn:
            self.readers -= 1
            self.turn.notify_all()

    @contextmanager
    def writing_alone(self) -> Iterator[None]:
        with self.turn:
            self.writers_waiting += 1
            while self.writing or self.readers:
                self.turn.wait()
            self.writers_waiting -= 1
            self.writing = True
        yield
        with self.turn:
            self.writing = False
            self.turn.notify_all()


def read(page: Page, visits: int, arrival: float, seconds: float) -> None:
    time.sleep(arrival)
    for _ in range(visits):
        with page.reading():
            print(f"{current_thread().name} reads, {page.readers} at once")
            time.sleep(seconds)
        time.sleep(seconds / 2)


def write(page: Page, visits: int, arrival: float, seconds: float) -> None:
    time.sleep(arrival)
    for _ in range(visits):
        with page.writing_alone():
            print(f"{current_thread().name} writes alone")
            time.sleep(seconds)


def main(
    prefer: Literal["readers", "writers"] = "readers",
    readers: int = 3,
    writers: int = 1,
    visits: int = 3,
    seconds: float = 2.0,
) -> None:
    page = Page(prefer)
    for number in range(readers):
        arrival = number * seconds / readers
        Thread(target=read, args=(page, visits, arrival, seconds), name=f"reader {number}").start()
    for number in range(writers):
        Thread(target=write, args=(page, 1, seconds / 4, seconds), name=f"writer {number}").start()


if __name__ == "__main__":
    main()
