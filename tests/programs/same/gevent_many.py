"""Five hundred greenlets."""

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.queue import Queue

START = Event()
results = Queue()


def runner(number):
    START.wait()
    gevent.sleep(0.2 * (number % 2))
    results.put(number)
    return number


runners = [gevent.spawn(runner, number) for number in range(500)]
gevent.sleep(0)
START.set()
gevent.joinall(runners)
print(sum(job.value for job in runners), results.qsize())
order = [results.get() for _ in range(500)]
print(order == [*range(0, 500, 2), *range(1, 500, 2)])
print(sum(Pool(50).imap(lambda number: gevent.sleep(0) or number, range(500))))
