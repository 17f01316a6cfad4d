"""Processes with threads with greenlets: each of the three is started inside the one before, and all wait at once."""

import multiprocessing
import threading
import time

import gevent


def job(place: str, seconds: float) -> None:
    gevent.sleep(seconds)
    print(f"{place} is done")


def run_thread(place: str, greenlets: int, seconds: float) -> None:
    """Be one thread: it has a loop of its own, and all its greenlets in it."""
    jobs = []
    for number in range(greenlets):
        started = gevent.spawn(job, f"{place}, greenlet {number}", seconds)
        started.name = f"greenlet {number}"
        jobs.append(started)
    gevent.joinall(jobs)


def run_process(place: str, threads: int, greenlets: int, seconds: float) -> None:
    """Be one process, with threads of its own."""
    members = [
        threading.Thread(target=run_thread, args=(f"{place}, thread {number}", greenlets, seconds))
        for number in range(threads)
    ]
    for number, member in enumerate(members):
        member.name = f"thread {number}"
        member.start()
    for member in members:
        member.join()


def main(processes: int = 2, threads: int = 2, greenlets: int = 3, seconds: float = 1.0) -> None:
    began = time.monotonic()
    children = [
        multiprocessing.Process(
            target=run_process, args=(f"process {number}", threads, greenlets, seconds), name=f"process {number}"
        )
        for number in range(processes)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    count = processes * threads * greenlets
    print(f"{count} jobs of {seconds:.1f} s took {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
