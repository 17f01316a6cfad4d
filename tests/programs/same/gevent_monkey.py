"""A program of threads, of which gevent makes greenlets."""

from gevent import monkey

print(monkey.patch_all())

import queue  # noqa: E402 - to be patched first
import threading  # noqa: E402 - to be patched first
import time  # noqa: E402 - to be patched first

import gevent  # noqa: E402

started = time.monotonic()


def clock() -> float:
    """Return tenths of seconds since the section began, which a busy machine may reach a little late."""
    return int((time.monotonic() - started) * 10 + 0.1) / 10


lock = threading.Lock()
counter = 0
own = threading.local()


def worker(name):
    global counter
    own.name = name
    for _ in range(2):
        with lock:
            seen = counter
            time.sleep(0.1)
            counter = seen + 1
    print(clock(), own.name, threading.current_thread().name, threading.active_count())


print(monkey.is_module_patched("threading"), time.sleep is gevent.sleep)
threads = [threading.Thread(target=worker, args=(name,), name=f"thread {name}") for name in "abc"]
for thread in threads:
    thread.start()
print([thread.is_alive() for thread in threads])
for thread in threads:
    thread.join()
print(clock(), counter, [thread.is_alive() for thread in threads])

boxes = queue.Queue(maxsize=2)


def producer():
    for number in range(5):
        boxes.put(number)
        print("put", number)
    boxes.put(None)


def consumer():
    while (item := boxes.get()) is not None:
        print("got", item)
        time.sleep(0.1)


pair = [threading.Thread(target=producer), threading.Thread(target=consumer, daemon=True)]
for thread in pair:
    thread.start()
for thread in pair:
    thread.join()

gate = threading.Event()
room = threading.Condition()
meeting = threading.Barrier(2)
places = threading.Semaphore(1)
messages = []


def visitor():
    gate.wait()
    with places:
        print("through the gate")
    with room:
        room.wait_for(lambda: messages)
        print("message", messages.pop())
    print("barrier", meeting.wait() in {0, 1})


guest = threading.Thread(target=visitor)
guest.start()
time.sleep(0.1)
gate.set()
time.sleep(0.1)
with room:
    messages.append("hello")
    room.notify()
meeting.wait()
guest.join(timeout=1)
print("timer")
timer = threading.Timer(0.2, print, ("rings",))
timer.start()
timer.join()
print(lock.locked(), lock.acquire(timeout=0.1), lock.acquire(timeout=0.1))
rlock = threading.RLock()
with rlock, rlock:
    print("twice")
late = threading.Thread(target=lambda: (time.sleep(0.3), print("after main")))
late.start()
print("main ends")
