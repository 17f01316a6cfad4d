"""Two permits, three threads: who is inside together."""

import threading

semaphore = threading.Semaphore(2)
lock = threading.Lock()
inside = []
seen = []


def work(name):
    with semaphore:
        with lock:
            inside.append(name)
            seen.append("".join(sorted(inside)))
        with lock:
            inside.remove(name)


threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen)
