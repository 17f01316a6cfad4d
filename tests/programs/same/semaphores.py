"""Semaphore and BoundedSemaphore."""

import threading

from attempt import attempt, plain

for kind in (threading.Semaphore, threading.BoundedSemaphore):
    semaphore = kind(2)
    print(plain(repr(semaphore)))
    attempt("acquire", semaphore.acquire)
    attempt("acquire", semaphore.acquire, True, 5)
    attempt("no permit", semaphore.acquire, False)
    attempt("no permit by name", semaphore.acquire, blocking=False)
    attempt("no permit in time", semaphore.acquire, timeout=0.01)
    attempt("no permit in no time", semaphore.acquire, timeout=0)
    attempt("no wait, but a time", semaphore.acquire, False, 1)
    attempt("no wait, and None", semaphore.acquire, False, None)
    attempt("release", semaphore.release)
    attempt("release none", semaphore.release, 0)
    attempt("release a negative number", semaphore.release, -1)
    attempt("release", semaphore.release)
    attempt("one more", semaphore.release)
    attempt("two more", semaphore.release, 2)
    attempt("enter", semaphore.__enter__)
    attempt("exit", semaphore.__exit__, None, None, None)
    with semaphore as got:
        print(got, semaphore._value)
    print(plain(repr(semaphore)))
    attempt("a negative value", kind, -1)
    attempt("text", kind, "x")
    attempt("the default", lambda kind=kind: kind()._value)

    gate = kind(0) if kind is threading.Semaphore else kind(3)
    if gate._value:
        for _ in range(3):
            gate.acquire()
    inside = []

    def enter(number, gate=gate, inside=inside):
        with gate:
            inside.append(number)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    gate.release(3)
    for thread in threads:
        thread.join()
    print(sorted(inside), gate._value)
