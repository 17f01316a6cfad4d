"""Groups and pools of greenlets."""

import time

import gevent
from gevent.pool import Group, Pool

started = time.monotonic()


def clock() -> float:
    """Return tenths of seconds since the section began, which a busy machine may reach a little late."""
    return int((time.monotonic() - started) * 10 + 0.1) / 10


SECONDS = (0.5, 0.2, 0.4, 0.3, 0.1)
"""No two greenlets wake up at one moment, since their order would be a matter of luck."""


def square(number):
    gevent.sleep(SECONDS[number])
    print(clock(), "square", number)
    return number * number


def add(left, right):
    gevent.sleep(0.1)
    return left + right


pool = Pool(2)
print("free", pool.free_count(), "full", pool.full(), "size", pool.size)
for number in range(5):
    pool.spawn(square, number)
    print(clock(), "spawned", number, "members", len(pool), "free", pool.free_count())
pool.join()
print(clock(), "joined", len(pool))

started = time.monotonic()
print(pool.map(square, [1, 3, 2]), clock())
print(list(pool.imap(square, [1, 3, 2])), clock())
started = time.monotonic()
print(list(pool.imap_unordered(square, [1, 3, 2])), clock())
started = time.monotonic()
print(pool.apply(add, (1, 2)), clock())
print(pool.apply_async(add, (3, 4)).get(), clock())
print(pool.map_async(square, [4, 4]).get(), clock())
pool.apply_async(add, (5, 6), callback=lambda value: print("callback", value))
pool.join()
gevent.sleep(0)

started = time.monotonic()
group = Group()
jobs = [group.spawn(gevent.sleep, seconds) for seconds in (0.1, 0.3)]
print(len(group), jobs[0] in group)
print(group.join(timeout=0.2), len(group))
group.kill()
print(clock(), "killed", len(group), [job.ready() for job in jobs])

started = time.monotonic()
full = Pool(1)
full.spawn(gevent.sleep, 0.2)
print(full.wait_available(timeout=0.1), clock())
print(full.wait_available(), clock())
full.spawn(gevent.sleep, 1)
full.kill()
print(clock(), len(full))
