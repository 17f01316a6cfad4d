"""gevent in ordinary threads: each has a hub and a loop of its own."""

import threading
import time

import gevent
from gevent.threadpool import ThreadPool

lines = []


def coroutine(thread, number):
    gevent.sleep(0.1 * number)
    lines.append((thread, number))
    return number


def thread_main(name):
    jobs = [gevent.spawn(coroutine, name, number) for number in (3, 1, 2)]
    gevent.joinall(jobs)
    hubs.append(gevent.get_hub())


hubs = []
threads = [threading.Thread(target=thread_main, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len({id(hub) for hub in hubs}), len(lines))
for name in "abc":
    print(name, [number for thread, number in lines if thread == name])

# A sleep that is not gevent's holds up every greenlet of the thread.
started = time.monotonic()


def rude():
    time.sleep(0.4)


def polite():
    gevent.sleep(0.1)
    return int((time.monotonic() - started) * 10 + 0.1) / 10


jobs = [gevent.spawn(polite), gevent.spawn(rude)]
gevent.joinall(jobs)
print("polite woke at", jobs[0].value)

pool = ThreadPool(2)
print(pool.apply(lambda: threading.current_thread() is threading.main_thread()))
print(pool.map(lambda number: number * 2, [1, 2, 3]))
beside = gevent.spawn(gevent.sleep, 0.1)
print(pool.spawn(lambda: time.sleep(0.2) or "slept elsewhere").get(), beside.ready())
print(gevent.get_hub().threadpool.apply(len, ("four",)))
