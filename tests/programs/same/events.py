"""Event."""

import threading
import time

from attempt import attempt, plain

event = threading.Event()
print(plain(repr(event)))
attempt("is_set", event.is_set)
attempt("no time", event.wait, 0)
attempt("a negative time", event.wait, -1)
attempt("a short time", event.wait, 0.01)
attempt("by name", event.wait, timeout=0.01)
attempt("text", event.wait, "1")
attempt("too many", event.wait, 1, 2)
attempt("set", event.set)
print(plain(repr(event)))
attempt("wait", event.wait)
attempt("wait a time", event.wait, 5)
attempt("set again", event.set)
attempt("clear", event.clear)
attempt("clear again", event.clear)
attempt("is_set", event.is_set)
attempt("an argument", threading.Event, 1)

passed = []
ready = threading.Barrier(4)


def waiter(number):
    ready.wait()
    passed.append((number, event.wait()))


threads = [threading.Thread(target=waiter, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
ready.wait()
event.set()
for thread in threads:
    thread.join()
print(sorted(passed))

event.clear()
before = time.monotonic()
print(event.wait(0.03), time.monotonic() - before >= 0.03)
