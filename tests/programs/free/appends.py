"""Two threads append under a lock, twice each: all C(4, 2) = 6 logs are possible."""

import threading

lock = threading.Lock()
log = []


def work(name):
    for _ in range(2):
        with lock:
            log.append(name)


threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("".join(log))
