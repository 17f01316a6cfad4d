"""Lock: right and wrong uses."""

import _thread
import copy
import pickle
import sys
import threading
import time
import weakref

from attempt import attempt, plain

lock = threading.Lock()
print(plain(repr(lock)), plain(repr(type(lock))), type(lock).__module__, type(lock).__qualname__)
attempt("acquire", lock.acquire)
print(plain(repr(lock)))
attempt("locked", lock.locked)
attempt("no wait", lock.acquire, False)
attempt("no wait by name", lock.acquire, blocking=False)
attempt("no wait, no time", lock.acquire, False, -1)
attempt("no wait, but a time", lock.acquire, False, 1)
attempt("a negative time", lock.acquire, timeout=-2)
attempt("another negative time", lock.acquire, True, -0.5)
attempt("too long", lock.acquire, timeout=threading.TIMEOUT_MAX + 1)
attempt("far too long", lock.acquire, timeout=1e100)
attempt("far too long and whole", lock.acquire, timeout=10**12)
attempt("for ever", lock.acquire, timeout=float("inf"))
attempt("not a number", lock.acquire, timeout=float("nan"))
attempt("text", lock.acquire, timeout="1")
attempt("None", lock.acquire, timeout=None)
attempt("no time", lock.acquire, timeout=0)
attempt("a short time", lock.acquire, timeout=0.01)
attempt("a whole number of seconds", lock.acquire, 1, 0)
attempt("blocking is text", lock.acquire, "")
attempt("blocking is a fraction", lock.acquire, 0.5, 0)
attempt("blocking is None", lock.acquire, None)
attempt("release", lock.release)
attempt("release again", lock.release)
attempt("locked", lock.locked)
attempt("acquire_lock", lock.acquire_lock)
attempt("locked_lock", lock.locked_lock)
attempt("release_lock", lock.release_lock)
attempt("enter", lock.__enter__)
attempt("exit", lock.__exit__, None, None, None)
attempt("exit again", lock.__exit__, None, None, None)

with lock as entered:
    print("as", entered, lock.locked())
try:
    with lock:
        raise KeyError("inside")
except KeyError as error:
    print("left by", repr(error), lock.locked())

attempt("pickle", pickle.dumps, lock)
attempt("copy", copy.copy, lock)
attempt("deep copy", copy.deepcopy, [lock])
print(weakref.ref(lock)() is lock, lock == lock, lock != threading.Lock(), len({lock, lock}), bool(lock))
print(threading.Lock is _thread.allocate_lock, isinstance(lock, _thread.LockType), callable(threading.Lock))
if sys.version_info >= (3, 13):
    print(isinstance(lock, threading.Lock), type(lock) is threading.Lock)
else:
    attempt("no type", isinstance, lock, threading.Lock)

# Another thread may release it.
lock.acquire()
helper = threading.Thread(target=lock.release)
helper.start()
helper.join()
print("released elsewhere", lock.locked())

# A wait that ends in time, and one that does not.
lock.acquire()
results = []
ready = threading.Event()


def wait_for(seconds):
    ready.set()
    started = time.monotonic()
    results.append(lock.acquire(timeout=seconds))
    results.append(time.monotonic() - started >= min(seconds, 0.02))


helper = threading.Thread(target=wait_for, args=(0.02,))
helper.start()
helper.join()
print("timed out", results)

results.clear()
ready.clear()
helper = threading.Thread(target=wait_for, args=(20,))
helper.start()
ready.wait()
lock.release()
helper.join()
print("in time", results[0], lock.locked())
lock.release()

counter = 0


def count():
    global counter
    for _ in range(50):
        with lock:
            value = counter
            counter = value + 1


threads = [threading.Thread(target=count) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
