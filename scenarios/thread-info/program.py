"""What threads say about themselves: their names, who is alive, and how many are running, at three moments."""

import threading
import time
from threading import Thread


def work(seconds: float) -> None:
    name = threading.current_thread().name
    print(f"{name} begins")
    time.sleep(seconds)
    print(f"{name} ends")


def report(moment: str, workers: list[Thread]) -> None:
    running = ", ".join(thread.name for thread in threading.enumerate())
    print(f"{moment}: {threading.active_count()} active ({running})")
    for worker in workers:
        print(f"{moment}: {worker.name} is {'alive' if worker.is_alive() else 'not alive'}")


def main(workers: int = 2, seconds: float = 3.0, named: bool = True) -> None:
    names = [f"worker {number}" if named else None for number in range(workers)]
    threads = [Thread(target=work, args=(seconds,), name=name) for name in names]
    report("before start", threads)
    for thread in threads:
        thread.start()
    report("after start", threads)
    for thread in threads:
        thread.join()
    report("after join", threads)


if __name__ == "__main__":
    main()
