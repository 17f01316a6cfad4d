"""Barrier."""

import threading

from attempt import attempt, plain

attempt("no parties", lambda: threading.Barrier(0).parties)
attempt("text", threading.Barrier, "x")
barrier = threading.Barrier(3, action=lambda: print("all are here", barrier.n_waiting))
print(plain(repr(barrier)))
print(barrier.parties, barrier.n_waiting, barrier.broken)


def together(function, count=3):
    threads = [threading.Thread(target=function, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


places = []
together(lambda _number: places.append(barrier.wait()))
print(sorted(places))
places.clear()
together(lambda _number: places.append(barrier.wait(5)))
print(sorted(places), barrier.broken)

attempt("alone", barrier.wait, 0.01)
print(barrier.broken, plain(repr(barrier)))
attempt("broken", barrier.wait)
attempt("reset", barrier.reset)
print(barrier.broken)
attempt("abort", barrier.abort)
print(barrier.broken)
attempt("aborted", barrier.wait)
barrier.reset()

errors = []
waiting = threading.Semaphore(0)


def caught(number):
    try:
        if number == 2:
            waiting.acquire()
            waiting.acquire()
            while barrier.n_waiting < 2:
                pass
            barrier.abort()
        else:
            waiting.release()
            barrier.wait()
    except threading.BrokenBarrierError as error:
        errors.append(repr(error))


together(caught)
print(errors, barrier.broken)


def fail():
    raise ValueError("in the action")


barrier = threading.Barrier(2, action=fail, timeout=5)
outcomes = []


def note(_number):
    try:
        outcomes.append(barrier.wait())
    except Exception as error:
        outcomes.append(f"{type(error).__name__}: {error}")


together(note, 2)
print(sorted(outcomes), barrier.broken)
barrier = threading.Barrier(1)
print(barrier.wait(), barrier.wait())
