"""Who comes last to a barrier."""

import threading

barrier = threading.Barrier(3)
places = {}


def come(name):
    places[name] = barrier.wait()


threads = [threading.Thread(target=come, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(places.items()))
