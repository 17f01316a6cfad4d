"""Time-outs of gevent, around everything that waits."""

import time

import gevent
from gevent import Timeout
from gevent.event import AsyncResult, Event
from gevent.lock import Semaphore
from gevent.queue import Empty, Full, Queue

started = time.monotonic()


def clock() -> float:
    """Return tenths of seconds since the section began, which a busy machine may reach a little late."""
    return int((time.monotonic() - started) * 10 + 0.1) / 10


class Mine(Exception):
    pass


with Timeout(0.1, False) as limit:
    gevent.sleep(1)
    print("not reached")
print(clock(), "silent", limit.pending)

try:
    with Timeout(0.1):
        gevent.sleep(1)
except Timeout as error:
    print(clock(), "raised", error)

try:
    with Timeout(0.1, Mine("own")):
        gevent.sleep(1)
except Mine as error:
    print(clock(), "raised", error)

with Timeout(1):
    gevent.sleep(0.1)
print(clock(), "in time")

print(gevent.with_timeout(0.1, gevent.sleep, 1, timeout_value="value"), clock())

started = time.monotonic()
outer = Timeout.start_new(0.2)
try:
    inner = Timeout.start_new(0.1)
    try:
        gevent.sleep(1)
    except Timeout as error:
        print(clock(), "inner" if error is inner else "outer")
    finally:
        inner.close()
    gevent.sleep(1)
except Timeout as error:
    print(clock(), "outer" if error is outer else "inner")
finally:
    outer.close()

# A sleep that ends at the same moment as a time-out.
try:
    with Timeout(0.1):
        gevent.sleep(0.05)
        print(clock(), "half way")
        gevent.sleep(0)
        print("and on")
finally:
    print(clock(), "done")

started = time.monotonic()
event, result, semaphore, queue = Event(), AsyncResult(), Semaphore(0), Queue(1)
print(event.wait(0.1), clock())
print(result.wait(0.1), clock())
try:
    result.get(timeout=0.1)
except Timeout as error:
    print("result", error, clock())
print(semaphore.acquire(timeout=0.1), semaphore.acquire(blocking=False), clock())
try:
    queue.get(timeout=0.1)
except Empty:
    print("empty", clock())
queue.put(1)
try:
    queue.put(2, timeout=0.1)
except Full:
    print("full", clock())
try:
    queue.put_nowait(3)
except Full:
    print("still full", clock())
print(queue.get_nowait(), queue.qsize())
try:
    queue.get_nowait()
except Empty:
    print("empty again", clock())


def impatient(name):
    try:
        with Timeout(0.1 * len(name)):
            event.wait()
            print(name, "passed", clock())
    except Timeout:
        print(name, "gave up", clock())


started = time.monotonic()
waiters = [gevent.spawn(impatient, name) for name in ("a", "bbb", "ccccc")]
gevent.spawn_later(0.25, event.set)
gevent.joinall(waiters)

try:
    with Timeout(0):
        gevent.sleep(0.1)
except Timeout:
    print("at once", clock())
