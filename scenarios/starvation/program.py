"""A greedy thread takes the lock again as soon as it has given it back; polite ones only try it, and step back."""

import time
from collections import Counter
from threading import Lock, Thread, current_thread
from typing import Literal

lock = Lock()
turns: Counter[str] = Counter()


def use(seconds: float) -> None:
    name = current_thread().name
    turns[name] += 1
    print(f"{name} has turn {turns[name]}")
    time.sleep(seconds)


def greedy(wanted: int, seconds: float, rest: float) -> None:
    for _ in range(wanted):
        with lock:
            use(seconds)
        if rest:
            time.sleep(rest)


def polite(manners: str, wanted: int, pause: float) -> None:
    for _ in range(wanted):
        time.sleep(pause)
        if lock.acquire(blocking=manners == "queue up"):
            use(0.1)
            lock.release()


def main(
    manners: Literal["step back", "queue up"] = "step back",
    others: int = 3,
    wanted: int = 8,
    seconds: float = 1.0,
    rest: float = 0.0,
    pause: float = 0.7,
) -> None:
    threads = [Thread(target=greedy, args=(wanted, seconds, rest), name="greedy")]
    threads += [Thread(target=polite, args=(manners, wanted, pause), name=f"polite {n}") for n in range(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for thread in threads:
        print(f"{thread.name} had {turns[thread.name]} of {wanted} turns")


if __name__ == "__main__":
    main()
