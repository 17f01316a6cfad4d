"""Two loops in one thread: one after the other, or a step of each in turn. Switching pays only where somebody waits."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Literal

Work = Literal["cpu", "io"]


def compute(rounds: int = 500_000) -> int:
    return sum(range(rounds))


def whole(name: str, work: Work, steps: int, answer: float) -> None:
    """Make all steps at once."""
    for step in range(1, steps + 1):
        if work == "cpu":
            compute()
        else:
            time.sleep(answer)
        print(f"{name}: step {step}")


def in_steps(name: str, work: Work, steps: int, answer: float) -> Iterator[float]:
    """Make the same steps, and after each beginning hand over for how many seconds there is nothing to do."""
    for step in range(1, steps + 1):
        if work == "cpu":
            compute()
            yield 0.0
        else:
            yield answer
        print(f"{name}: step {step}")


def resume(loop: Iterator[float]) -> float | None:
    return next(loop, None)


def take_turns(loops: Iterable[Iterator[float]]) -> None:
    """Resume the loops one after the other, each when it has something to do again."""
    queue = deque((0.0, loop) for loop in loops)
    while queue:
        due, loop = queue.popleft()
        early = due - time.monotonic()
        if early > 0:
            time.sleep(early)
        pause = resume(loop)
        if pause is not None:
            queue.append((time.monotonic() + pause, loop))


def main(
    work: Work = "cpu",
    order: Literal["one after the other", "switch at each step"] = "switch at each step",
    steps: int = 5,
    answer: float = 0.5,
) -> None:
    begun = time.monotonic()
    if order == "one after the other":
        for name in ("A", "B"):
            whole(name, work, steps, answer)
    else:
        take_turns([in_steps(name, work, steps, answer) for name in ("A", "B")])
    print(f"both loops took {time.monotonic() - begun:.2f} s")


if __name__ == "__main__":
    main()
