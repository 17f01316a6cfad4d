"""Three jobs of one, two and three units of time. When main joins them decides how long everything takes."""

import time
from threading import Thread
from typing import Literal


def work(number: int, seconds: float) -> None:
    print(f"job {number} begins")
    time.sleep(seconds)
    print(f"job {number} is done")


def wait_for(thread: Thread, patience: float) -> None:
    thread.join(patience)
    print(f"main goes on: {thread.name} is {'still alive' if thread.is_alive() else 'over'}")


def main(
    join: Literal["never", "when all run", "after each start"] = "when all run",
    jobs: int = 3,
    unit: float = 1.0,
    patience: float = 10.0,
) -> None:
    threads = [Thread(target=work, args=(number, number * unit), name=f"job {number}") for number in range(1, jobs + 1)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
        if join == "after each start":
            wait_for(thread, patience)
    if join == "when all run":
        for thread in threads:
            wait_for(thread, patience)
    print(f"main is done after {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
