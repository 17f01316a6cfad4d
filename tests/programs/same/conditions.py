"""Condition: with its own lock, with a Lock, with an RLock."""

import threading
from collections import deque

from attempt import attempt, plain

condition = threading.Condition()
print(plain(repr(condition)))
attempt("wait without the lock", condition.wait)
attempt("notify without the lock", condition.notify)
attempt("notify_all without the lock", condition.notify_all)
attempt("release without the lock", condition.release)
attempt("wait_for without the lock", condition.wait_for, lambda: False)
attempt("wait_for what holds", condition.wait_for, lambda: 7)
attempt("a lock that is none", threading.Condition, 5)
attempt("acquire", condition.acquire)
attempt("acquire again", condition.acquire)
attempt("wait a time", condition.wait, 0.01)
attempt("wait no time", condition.wait, 0)
attempt("wait a negative time", condition.wait, -1)
attempt("wait_for a time", condition.wait_for, lambda: 0, 0.01)
attempt("wait_for no time", condition.wait_for, lambda: "", 0)
attempt("notify nobody", condition.notify)
attempt("notify two", condition.notify, 2)
attempt("notify all", condition.notify_all)
attempt("notify text", condition.notify, "x")
attempt("release", condition.release)
attempt("release", condition.release)
attempt("release", condition.release)

for lock in (threading.Lock(), threading.RLock()):
    condition = threading.Condition(lock)
    print(plain(repr(condition)))
    items = deque()
    seen = []

    def consume(condition=condition, items=items, seen=seen):
        with condition:
            while not items:
                condition.wait()
            seen.append(items.popleft())

    threads = [threading.Thread(target=consume) for _ in range(3)]
    for thread in threads:
        thread.start()
    for item in range(3):
        with condition:
            items.append(item)
            condition.notify()
    for thread in threads:
        thread.join()
    print(seen, lock.acquire(False))
    lock.release()

condition = threading.Condition()
turns = []


def take_turn(number):
    for round_number in range(2):
        with condition:
            print(number, condition.wait_for(lambda turn=3 * round_number + number: len(turns) == turn))
            turns.append(number)
            condition.notify_all()


threads = [threading.Thread(target=take_turn, args=(number,)) for number in (2, 1, 0)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(turns)
