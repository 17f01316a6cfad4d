"""Two ways to start a thread: give Thread a function to call, or write a subclass with a run() of its own."""

import time
from threading import Thread, current_thread
from typing import Literal


def greet(delay: float) -> None:
    time.sleep(delay)
    print(f"hello from {current_thread().name}")


class Greeter(Thread):
    def __init__(self, delay: float, name: str) -> None:
        super().__init__(name=name)
        self.delay = delay

    def run(self) -> None:
        greet(self.delay)


def main(
    style: Literal["function", "subclass"] = "function",
    method: Literal["start()", "run()"] = "start()",
    threads: int = 2,
    delay: float = 1.0,
) -> None:
    for number in range(threads):
        name = f"greeter {number}"
        thread = Thread(target=greet, args=(delay,), name=name) if style == "function" else Greeter(delay, name)
        if method == "start()":
            thread.start()
        else:
            thread.run()
    print("main has no more to do")


if __name__ == "__main__":
    main()
