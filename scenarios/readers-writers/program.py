"""Many may read a page at once, but whoever writes must be alone. Who may go first when both want the page?"""

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
        self.waiting_writers = 0
        self.free = Condition()

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self.free:
            while self.writing or (self.prefer == "writers" and self.waiting_writers):
                self.free.wait()
            self.readers += 1
        try:
            yield
        finally:
            with self.free:
                self.readers -= 1
                self.free.notify_all()

    @contextmanager
    def writing_alone(self) -> Iterator[None]:
        with self.free:
            self.waiting_writers += 1
            while self.writing or self.readers:
                self.free.wait()
            self.waiting_writers -= 1
            self.writing = True
        try:
            yield
        finally:
            with self.free:
                self.writing = False
                self.free.notify_all()


def read(page: Page, arrival: float, visits: int, seconds: float) -> None:
    time.sleep(arrival)
    for _ in range(visits):
        with page.reading():
            print(f"{current_thread().name} reads")
            time.sleep(seconds)
            print(f"{current_thread().name} looks up")
        time.sleep(seconds / 2)


def write(page: Page, arrival: float, seconds: float) -> None:
    time.sleep(arrival)
    with page.writing_alone():
        print(f"{current_thread().name} writes")
        time.sleep(seconds)
        print(f"{current_thread().name} is done")


def main(
    prefer: Literal["readers", "writers"] = "readers",
    readers: int = 3,
    writers: int = 1,
    visits: int = 3,
    seconds: float = 2.0,
) -> None:
    page = Page(prefer)
    for number in range(readers):
        arrival = seconds * number / readers
        Thread(target=read, args=(page, arrival, visits, seconds), name=f"reader {number}").start()
    for number in range(writers):
        Thread(target=write, args=(page, seconds / 4, seconds), name=f"writer {number}").start()


if __name__ == "__main__":
    main()
