"""Other parts of the library that are made of locks and threads."""

import functools
import logging
import sched
import sys
import threading
import time

logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(threadName)s %(levelname)s %(message)s")


class Lazy:
    @functools.cached_property
    def value(self):
        calls.append(threading.current_thread().name)
        time.sleep(0.01)
        return 42


calls = []
lazy = Lazy()
print(lazy.value, lazy.value, len(calls))


@functools.lru_cache
def slow(number):
    time.sleep(0.01)
    return number * 2


threads = [threading.Thread(target=slow, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(slow.cache_info().currsize, slow(2))

for number in range(3):
    thread = threading.Thread(target=logging.info, args=("hello %d", number), name=f"T{number}")
    thread.start()
    thread.join()
logging.getLogger("sub").warning("careful")

scheduler = sched.scheduler(time.monotonic, time.sleep)
scheduler.enter(0.03, 1, print, ("second",))
scheduler.enter(0.01, 1, print, ("first",))
scheduler.run()
