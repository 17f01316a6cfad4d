"""Hikers of different speed meet at every hut: a Barrier lets nobody go on before everybody is there."""

import time
from threading import Barrier, BrokenBarrierError, Thread, current_thread


def hike(hut: Barrier, stages: int, pace: float) -> None:
    name = current_thread().name
    for stage in range(1, stages + 1):
        time.sleep(pace)
        print(f"{name} reaches hut {stage}")
        try:
            place = hut.wait()
        except BrokenBarrierError:
            print(f"{name} turns back: somebody has lost patience")
            return
        if place == 0:
            print(f"{name} lights the fire at hut {stage}")
    print(f"{name} is home")


def main(hikers: int = 4, stages: int = 2, unit: float = 1.0, patience: float = 10.0) -> None:
    hut = Barrier(hikers, timeout=patience)
    for number in range(1, hikers + 1):
        Thread(target=hike, args=(hut, stages, number * unit), name=f"hiker {number}").start()


if __name__ == "__main__":
    main()
