"""Looks at everything that could differ between two processes: hashes, addresses, time, numbers of processes, chance."""

import os
import queue
import random
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor, wait


class Plain:
    pass


def work(name):
    with lock:
        seen.append(name)
    return name


lock = threading.Lock()
seen = []
box = queue.PriorityQueue()
print(time.time(), time.monotonic(), time.localtime()[:6], time.ctime())
print(os.getpid(), os.getppid(), threading.get_ident(), threading.get_native_id())
print(random.random(), random.sample(range(100), 5), os.urandom(4), uuid.uuid4(), os.path.basename(tempfile.mktemp()))
print(Plain(), lock, threading.Event(), Plain)
print(len({threading.Thread() for _ in range(9)}), [each.name for each in {threading.Thread() for _ in range(9)}])
with ThreadPoolExecutor(3) as pool:
    done, _ = wait([pool.submit(work, name) for name in ("a", "b", "c", "d")])
    print([future.result() for future in done])
threads = [threading.Thread(target=work, args=(name,), name=f"worker {name}") for name in "efgh"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen)
raise LookupError(Plain())
