"""Events, results, locks and queues of gevent."""

import gevent
from gevent.event import AsyncResult, Event
from gevent.lock import BoundedSemaphore, RLock, Semaphore
from gevent.queue import Channel, JoinableQueue, LifoQueue, PriorityQueue, Queue, SimpleQueue

print("-- event")
gate = Event()


def visitor(name):
    print(name, "waits", gate.is_set())
    print(name, "passes", gate.wait())


visitors = [gevent.spawn(visitor, name) for name in "abc"]
gevent.sleep(0.1)
gate.set()
print("opened")
gevent.joinall(visitors)
gate.clear()
print(gate.is_set(), gate.ready())

print("-- result")
answer = AsyncResult()
askers = [gevent.spawn(lambda: print("answer", answer.get())) for _ in range(2)]
gevent.sleep(0)
answer.set(42)
gevent.joinall(askers)
print(answer.ready(), answer.successful(), answer.value, answer.get_nowait())
broken = AsyncResult()
broken.set_exception(KeyError("lost"))
try:
    broken.get()
except KeyError as error:
    print("error", error, broken.successful(), repr(broken.exception))
linked = AsyncResult()
gevent.spawn(lambda: 7).link(linked)
print(linked.get())

print("-- locks")
places = Semaphore(2)
inside = []


def guest(name):
    with places:
        inside.append(name)
        print("in", "".join(inside), places.counter, places.locked())
        gevent.sleep(0.1 * (1 + "vwxyz".index(name)))
        inside.remove(name)
    print("out", name)


gevent.joinall([gevent.spawn(guest, name) for name in "vwxyz"])
bounded = BoundedSemaphore(1)
print(bounded.acquire(), bounded.acquire(blocking=False), bounded.counter)
bounded.release()
try:
    bounded.release()
except ValueError as error:
    print(type(error).__name__, error)
again = RLock()


def nested(name):
    with again:
        print(name, "once")
        gevent.sleep(0)
        with again:
            print(name, "twice")
            gevent.sleep(0)
    print(name, "left")


gevent.joinall([gevent.spawn(nested, name) for name in "mn"])
try:
    again.release()
except RuntimeError as error:
    print(str(error).split(".")[0])

print("-- queues")
boxes = Queue(2)


def producer():
    for number in range(5):
        boxes.put(number)
        print("put", number, boxes.qsize())
    boxes.put(StopIteration)


def consumer():
    for item in boxes:
        print("got", item)
        gevent.sleep(0.1)


gevent.joinall([gevent.spawn(producer), gevent.spawn(consumer)])
work = JoinableQueue()


def worker():
    while True:
        item = work.get()
        gevent.sleep(0.1 * (1 + "pqrs".index(item)))
        print("worked on", item)
        work.task_done()


for _ in range(2):
    gevent.spawn(worker)
for item in "pqrs":
    work.put(item)
work.join()
print("all done", work.empty())
last, small = LifoQueue(), PriorityQueue()
for item in (3, 1, 2):
    last.put(item)
    small.put(item)
print([last.get() for _ in range(3)], [small.get() for _ in range(3)])
simple = SimpleQueue()
gevent.spawn_later(0.1, simple.put, "late")
print(simple.get(), simple.empty())
channel = Channel()
gevent.spawn(lambda: print("sent", channel.put("hand to hand")))
print("received", channel.get())
gevent.sleep(0)
