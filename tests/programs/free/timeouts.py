"""A wait that may run out before or after the release: both ends of the race are possible."""

import threading
import time

lock = threading.Lock()
lock.acquire()
results = []
thread = threading.Thread(target=lambda: results.append(lock.acquire(timeout=0.02)))
thread.start()
time.sleep(0.02)
lock.release()
thread.join()
print(results)
