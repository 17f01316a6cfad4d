"""One thread takes the lock again as soon as it is free; the others try politely, and step back when it is taken."""

import time
from collections import Counter
from threading import Event, Lock, Thread, current_thread
from typing import Literal

lock = Lock()
closed = Event()
turns: Counter[str] = Counter()


def use(seconds: float) -> None:
    name = current_thread().name
    turns[name] += 1
    print(f"{name} has turn {turns[name]}")
    time.sleep(seconds)


def greedy(count: int, seconds: float, rest: float) -> None:
    for _ in range(count):
        with lock:
            use(seconds)
        time.sleep(rest)
    closed.set()


def polite(manners: str, seconds: float) -> None:
    while not closed.wait(0.7 * seconds):
        if lock.acquire(blocking=manners == "queue"):
            use(seconds)
            lock.release()


def main(
    manners: Literal["step back", "queue"] = "step back",
    others: int = 3,
    count: int = 6,
    seconds: float = 1.0,
    rest: float = 0.0,
) -> None:
    threads = [Thread(target=greedy, args=(count, seconds, rest), name="greedy")]
    threads += [Thread(target=polite, args=(manners, seconds), name=f"polite {number}") for number in range(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for thread in threads:
        print(f"{thread.name} had {turns[thread.name]} turns")


if __name__ == "__main__":
    main()
