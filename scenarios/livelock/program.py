"""Two polite threads each hold one lock, find the other one taken, give way, and try again in step with each other."""

import random
import time
from threading import Lock, Thread, current_thread
from typing import Literal

left = Lock()
right = Lock()


def walk(mine: Lock, theirs: Lock, pause: str, tries: int, seconds: float) -> None:
    name = current_thread().name
    for attempt in range(1, tries + 1):
        with mine:
            time.sleep(seconds)
            if theirs.acquire(blocking=False):
                print(f"{name} passes at try {attempt}")
                theirs.release()
                return
            print(f"{name}: after you!")
            time.sleep(seconds / 10)
        time.sleep(seconds * random.random() if pause == "random" else seconds)
    print(f"{name} gives up")


def main(pause: Literal["equal", "random"] = "equal", tries: int = 8, seconds: float = 1.0) -> None:
    Thread(target=walk, args=(left, right, pause, tries, seconds), name="Anna").start()
    Thread(target=walk, args=(right, left, pause, tries, seconds), name="Ben").start()


if __name__ == "__main__":
    main()
