"""Timer."""

import threading
import time

from attempt import attempt, plain

order = []
timers = [threading.Timer(delay, order.append, [delay]) for delay in (0.09, 0.01, 0.05)]
print(plain(repr(timers[0])), timers[0].daemon, timers[0].interval, timers[0].is_alive())
for timer in timers:
    timer.start()
for timer in timers:
    timer.join()
print(order, [timer.is_alive() for timer in timers])

late = threading.Timer(60, print, args=("never",), kwargs={"sep": ""})
late.start()
attempt("cancel", late.cancel)
attempt("cancel again", late.cancel)
late.join()
print(late.is_alive(), late.finished.is_set())

before = threading.Timer(0.01, print, ["never either"])
before.cancel()
before.start()
before.join()
attempt("no function", threading.Timer, 1)
attempt("start again", before.start)

now = threading.Timer(0, lambda: print("at once", threading.current_thread().name))
now.start()
now.join()


class Alarm:
    def __init__(self):
        self.rings = 0
        self.enough = threading.Event()

    def ring(self):
        self.rings += 1
        if self.rings == 3:
            self.enough.set()
        else:
            threading.Timer(0.01, self.ring).start()


alarm = Alarm()
started = time.monotonic()
alarm.ring()
print(alarm.enough.wait(20), alarm.rings, time.monotonic() - started >= 0.02)
