"""RLock: depth, owner, right and wrong uses."""

import copy
import pickle
import threading

from attempt import attempt, plain

lock = threading.RLock()
print(plain(repr(lock)), plain(repr(type(lock))))
attempt("release", lock.release)
attempt("acquire", lock.acquire)
attempt("again", lock.acquire)
attempt("no wait", lock.acquire, False)
attempt("no wait, but a time", lock.acquire, False, 1)
attempt("a negative time", lock.acquire, timeout=-2)
attempt("too long", lock.acquire, timeout=1e100)
attempt("text", lock.acquire, timeout="1")
attempt("None", lock.acquire, timeout=None)
print(plain(repr(lock)))
attempt("owned", lock._is_owned)
for _ in range(3):
    attempt("release", lock.release)
attempt("release too often", lock.release)
attempt("not owned", lock._is_owned)
attempt("exit", lock.__exit__, None, None, None)
with lock as first, lock as second:
    print(first, second)
attempt("pickle", pickle.dumps, lock)
attempt("copy", copy.copy, lock)
print(hasattr(lock, "locked"))
print(lock == lock, len({lock, lock}), bool(lock))


def elsewhere(function, *args, **kwargs):
    thread = threading.Thread(target=attempt, args=("elsewhere", function, *args), kwargs=kwargs)
    thread.start()
    thread.join()


with lock:
    elsewhere(lock.release)
    elsewhere(lock.acquire, False)
    elsewhere(lock.acquire, timeout=0.01)
    elsewhere(lock._is_owned)
    elsewhere(repr, lock)
elsewhere(lock.acquire)
attempt("its owner has ended", lock.acquire, False)
attempt("its owner has ended", lock.acquire, timeout=0.01)
attempt("nor may others release it", lock.release)

lock = threading.RLock()
order = []


def nested(name):
    with lock:
        order.append(name)
        with lock:
            order.append(name)


threads = [threading.Thread(target=nested, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("in pairs", order[0] == order[1], order[2] == order[3], sorted(order))
