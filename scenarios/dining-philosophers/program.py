"""Philosophers around a table share the forks between them, and each needs two forks to eat."""

import time
from contextlib import nullcontext
from threading import Lock, Semaphore, Thread, current_thread
from typing import Literal


def dine(seat: int, forks: list[Lock], waiter: Semaphore | nullcontext, order: str, meals: int, seconds: float) -> None:
    name = current_thread().name
    first, second = seat, (seat + 1) % len(forks)
    if order == "smaller fork first":
        first, second = sorted((first, second))
    for meal in range(1, meals + 1):
        with waiter, forks[first]:
            print(f"{name} has fork {first}")
            with forks[second]:
                print(f"{name} eats meal {meal}")
                time.sleep(seconds)
    print(f"{name} is full")


def main(
    order: Literal["left fork first", "smaller fork first", "ask the waiter"] = "left fork first",
    philosophers: int = 5,
    meals: int = 2,
    seconds: float = 1.0,
) -> None:
    forks = [Lock() for _ in range(philosophers)]
    waiter = Semaphore(philosophers - 1) if order == "ask the waiter" else nullcontext()
    for seat in range(philosophers):
        arguments = (seat, forks, waiter, order, meals, seconds)
        Thread(target=dine, args=arguments, name=f"diner {seat}").start()


if __name__ == "__main__":
    main()
