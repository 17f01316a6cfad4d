"""Customers take one coin each from a shared till: they look what is in it, count, and write down the rest."""

import time
from threading import Lock, Thread
from typing import Literal

Guard = Literal["none", "lock", "join after each start"]

money = 100
till = Lock()


def spend(pause: float) -> None:
    global money
    seen = money
    time.sleep(pause)
    money = seen - 1


def spend_alone(pause: float) -> None:
    with till:
        spend(pause)


def main(guard: Guard = "none", workers: int = 100, pause: float = 0.1) -> None:
    global money
    money = workers
    threads = [Thread(target=spend_alone if guard == "lock" else spend, args=(pause,)) for _ in range(workers)]
    for thread in threads:
        thread.start()
        if guard == "join after each start":
            thread.join()
    for thread in threads:
        thread.join()
    print(f"{money} of {workers} coins are left")


if __name__ == "__main__":
    main()
