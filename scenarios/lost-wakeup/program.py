"""A cook rings for a guest. A Condition remembers nothing: whoever begins to wait after the bell waits for ever."""

import time
from threading import Condition, Thread, current_thread
from typing import Literal

bell = Condition()
table: list[str] = []


def cook(seconds: float) -> None:
    time.sleep(seconds)
    with bell:
        table.append("soup")
        print("the cook rings the bell")
        bell.notify_all()


def guest(check: str) -> None:
    name = current_thread().name
    if check == "never":
        with bell:
            bell.wait()
    elif check == "before the lock":
        if not table:
            print(f"{name} sees no soup")
            with bell:
                bell.wait()
    else:
        with bell:
            while not table:
                bell.wait()
    print(f"{name} eats the {table[0]}")


def main(
    check: Literal["never", "before the lock", "under the lock"] = "never", guests: int = 2, cooking: float = 0.0
) -> None:
    for number in range(guests):
        Thread(target=guest, args=(check,), name=f"guest {number}").start()
    Thread(target=cook, args=(cooking,), name="cook").start()


if __name__ == "__main__":
    main()
