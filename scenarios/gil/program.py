"""Threads that compute, and a window that has to be painted meanwhile: one GIL for all of them, or none.

`gil` and `cores` tell on what machine the run is simulated. Plain Python takes the machine it is on.
"""

import time
from threading import Thread


def crunch(seconds: float) -> int:
    """Stand for so many seconds of computing: in the simulator that is what the call is declared to cost."""
    return sum(range(round(seconds * 1_000_000)))


def paint() -> int:
    """Stand for a moment of computing."""
    return sum(range(1_000))


def work(number: int, seconds: float, began: float) -> None:
    crunch(seconds)
    print(f"thread {number} is done after {time.monotonic() - began:.3f} s")


def window(frames: int, pause: float) -> None:
    latest = 0.0
    for _ in range(frames):
        time.sleep(pause)
        due = time.monotonic()
        paint()
        latest = max(latest, time.monotonic() - due)
    print(f"the slowest of {frames} frames took {latest:.3f} s")


def main(threads: int = 3, seconds: float = 0.05, frames: int = 3, gil: bool = True, cores: int = 4) -> None:
    began = time.monotonic()
    crew = [Thread(target=work, args=(number, seconds, began), name=f"thread {number}") for number in range(threads)]
    if frames:
        crew.append(Thread(target=window, args=(frames, 0.01), name="window"))
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    machine = f"cores: {cores}, GIL: {'yes' if gil else 'no'}"
    print(f"{threads} times {seconds:.3f} s of work took {time.monotonic() - began:.3f} s ({machine})")


if __name__ == "__main__":
    main()
