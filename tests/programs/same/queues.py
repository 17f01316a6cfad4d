"""Queue, LifoQueue, PriorityQueue and SimpleQueue."""

import queue
import threading

from attempt import attempt

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    box = kind(3)
    print(kind.__name__, box.maxsize, box.empty(), box.full(), box.qsize())
    for item in (2, 3, 1):
        attempt("put", box.put, item)
    attempt("full", box.full)
    attempt("put into a full one", box.put, 4, False)
    attempt("put_nowait into a full one", box.put_nowait, 4)
    attempt("put in no time", box.put, 4, True, 0)
    attempt("put in a short time", box.put, 4, timeout=0.01)
    attempt("put in negative time", box.put, 4, True, -1)
    print([box.get(), box.get(timeout=1), box.get(block=False)])
    attempt("get from an empty one", box.get, False)
    attempt("get_nowait from an empty one", box.get_nowait)
    attempt("get in a short time", box.get, timeout=0.01)
    attempt("get in negative time", box.get, True, -1)
    for _ in range(4):
        attempt("task_done", box.task_done)
    attempt("join", box.join)
    attempt("put", box.put, "x")
    attempt("put what does not compare", box.put, 5)
    print(box.qsize(), box.unfinished_tasks)

    work = kind()
    done = []

    def consume(work=work, done=done):
        while (item := work.get()) < 90:
            done.append(item)
            work.task_done()

    threads = [threading.Thread(target=consume) for _ in range(2)]
    for thread in threads:
        thread.start()
    for item in range(10):
        work.put(item)
    work.join()
    print(sorted(done), work.empty())
    for _ in threads:
        work.put(99)
    for thread in threads:
        thread.join()
    print(work.qsize(), work.unfinished_tasks)

box = queue.SimpleQueue()
print(type(box).__name__, box.empty(), box.qsize())
attempt("put", box.put, 1)
attempt("put with a time", box.put, 2, True, 5)
attempt("put_nowait", box.put_nowait, 3)
attempt("qsize", box.qsize)
attempt("empty", box.empty)
attempt("get", box.get)
attempt("get with a time", box.get, True, 5)
attempt("get by name", box.get, block=False)
attempt("get from an empty one", box.get, False)
attempt("get_nowait from an empty one", box.get_nowait)
attempt("get in a short time", box.get, timeout=0.01)
attempt("get in negative time", box.get, True, -1)
attempt("full", getattr, box, "full", "it has none")

bounded = queue.Queue(1)
received = []


def produce():
    for item in range(5):
        bounded.put(item)
    bounded.put(None)


producer = threading.Thread(target=produce)
producer.start()
while (item := bounded.get()) is not None:
    received.append(item)
producer.join()
print(received)
if hasattr(queue, "ShutDown"):
    box = queue.Queue()
    box.put(1)
    attempt("shutdown", box.shutdown)
    attempt("put after it", box.put, 2)
    attempt("get what is left", box.get)
    attempt("get after it", box.get)
    waiter = threading.Thread(target=attempt, args=("waiter", (other := queue.Queue()).get))
    waiter.start()
    other.shutdown(immediate=True)
    waiter.join()
