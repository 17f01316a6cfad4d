"""Primitives' own methods, given to threads, timers, pools and futures to call."""

import queue
import threading
from concurrent.futures import ThreadPoolExecutor

box = queue.Queue()
lock = threading.Lock()
event = threading.Event()
semaphore = threading.Semaphore(0)
barrier = threading.Barrier(2)

threading.Thread(target=box.put, args=("from a thread",)).start()
print(box.get())
waiter = threading.Thread(target=event.wait)
waiter.start()
threading.Timer(0.01, event.set).start()
waiter.join()
print(event.is_set())
threading.Timer(0.01, box.put, ["from a timer"]).start()
print(box.get(timeout=20))
lock.acquire()
threading.Thread(target=lock.release).start()
print(lock.acquire(timeout=20))
threading.Thread(target=semaphore.release, args=(2,)).start()
print(semaphore.acquire(), semaphore.acquire())
threading.Thread(target=barrier.wait).start()
print(sorted([barrier.wait(20)]) in ([0], [1]))
with ThreadPoolExecutor(1) as pool:
    future = pool.submit(box.get)
    future.add_done_callback(box.put)
    box.put("to a pool")
    print(future.result())
    print(box.get() is future)
    print(list(pool.map(box.put, "ab")), box.get(), box.get())
thread = threading.Thread(target=waiter.join)
thread.start()
thread.join()
