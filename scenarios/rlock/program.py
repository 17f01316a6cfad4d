"""A method that holds the lock calls another that takes it again. An RLock counts; a Lock would wait for itself."""

import time
from threading import Lock, RLock, Thread, current_thread
from typing import Literal


class Account:
    def __init__(self, kind: str) -> None:
        self.lock = RLock() if kind == "RLock" else Lock()
        self.balance = 0

    def deposit(self, amount: int, seconds: float) -> None:
        with self.lock:
            time.sleep(seconds)
            self.balance += amount

    def deposit_all(self, amounts: list[int], seconds: float) -> None:
        with self.lock:
            for amount in amounts:
                self.deposit(amount, seconds)
        print(f"{current_thread().name} sees {self.balance}")


def steal(account: Account, seconds: float) -> None:
    time.sleep(seconds)
    try:
        account.lock.release()
    except RuntimeError as error:
        print(f"the thief fails: {error}")
    else:
        print("the thief has opened the lock")


def main(
    kind: Literal["RLock", "Lock"] = "RLock",
    clerks: int = 2,
    deposits: int = 2,
    seconds: float = 1.0,
    thief: bool = True,
) -> None:
    account = Account(kind)
    for number in range(clerks):
        Thread(target=account.deposit_all, args=([100] * deposits, seconds), name=f"clerk {number}").start()
    if thief:
        Thread(target=steal, args=(account, seconds / 2), name="thief").start()


if __name__ == "__main__":
    main()
