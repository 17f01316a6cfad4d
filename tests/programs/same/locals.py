"""threading.local."""

import threading

from attempt import attempt

data = threading.local()
attempt("nothing yet", getattr, data, "value")
data.value = "main"
print(data.value, data.__dict__, hasattr(data, "other"))


class Counted(threading.local):
    made = 0

    def __init__(self, start):
        Counted.made += 1
        self.items = [start]

    @property
    def size(self):
        return len(self.items)


counted = Counted(10)
turn = threading.Barrier(3)


def work(number):
    before = hasattr(data, "value"), dict(data.__dict__)
    data.value = number
    counted.items.append(number)
    turn.wait()
    results[number] = before, data.value, counted.items, counted.size
    del data.value
    results[number] += (hasattr(data, "value"),)


results = {}
threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for number in range(3):
    print(number, results[number])
print(data.value, counted.items, counted.size, Counted.made)
attempt("an argument", threading.local, 1)
attempt("replace its dictionary", setattr, data, "__dict__", {})
del data.value
attempt("gone", getattr, data, "value")
attempt("gone", delattr, data, "value")
