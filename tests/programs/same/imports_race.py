"""Two threads import one slow module: its body runs once, and the second waits for it."""

import threading


def load(number):
    import slow_module

    seen.append((number, slow_module.value))


seen = []
threads = [threading.Thread(target=load, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(seen))
