"""One notify, and two who wait or come too late to wait."""

import threading

condition = threading.Condition()
results = []


def wait(name):
    with condition:
        results.append(name if condition.wait(timeout=0.05) else "late")


threads = [threading.Thread(target=wait, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
with condition:
    condition.notify()
for thread in threads:
    thread.join()
print(sorted(results))
