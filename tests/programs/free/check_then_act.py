"""Two threads take the last item if there is one, without a lock around both steps: one of them may find it gone."""

import queue
import threading

box = queue.Queue()
box.put("item")
results = []


def take():
    if box.empty():
        results.append("none")
        return
    try:
        results.append(box.get_nowait())
    except queue.Empty:
        results.append("gone")


threads = [threading.Thread(target=take) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results))
