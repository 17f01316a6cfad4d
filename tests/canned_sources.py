"""The programs that the canned traces pretend to have run."""

from typing import Final

DEADLOCK: Final = """\
import threading
import time

mutexA = threading.Lock()
mutexB = threading.Lock()


def forward():
    with mutexA:
        print(threading.current_thread().name, "has A")
        time.sleep(1)
        with mutexB:
            print("both")


def backward():
    with mutexB:
        print(threading.current_thread().name, "has B")
        time.sleep(1)
        with mutexA:
            print("both")


def main():
    first = threading.Thread(target=forward)
    second = threading.Thread(target=backward)
    first.start()
    second.start()
    first.join()
    second.join()
"""

LOST_UPDATE: Final = """\
import threading
import time

money = 100


def spend():
    global money
    kept = money
    time.sleep(0.1)
    money = kept - 1


def main():
    global money
    money = 100
    threads = [threading.Thread(target=spend) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(money)
"""

PROCESSES: Final = """\
import multiprocessing
import threading


def work():
    global n
    n = 0
    threading.Thread(target=work).start()


def main():
    global n
    n = 100
    child = multiprocessing.Process(target=work)
    child.start()
    child.join()
    print(n)
"""

REENTRANT: Final = """\
import threading

lock = threading.RLock()


def dig(depth=1):
    with lock:
        if depth < 3:
            dig(depth + 1)


def main():
    threads = [threading.Thread(target=dig) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""

TRAFFIC_LIGHT: Final = """\
import threading
import time

event = threading.Event()


def light():
    time.sleep(3)
    event.set()
    print("green")


def car(number):
    print("car", number, "waits")
    event.wait()
    print("car", number, "passes")


def main(cars=20):
    threads = [threading.Thread(target=light, name="light")]
    for number in range(cars):
        threads.append(threading.Thread(target=car, args=(number,), name=f"car {number}"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""

SEMAPHORE: Final = """\
import threading
import time

stalls = threading.Semaphore(5)


def visit(number):
    with stalls:
        print("worker", number, "enters")
        time.sleep(1 + number % 5)
        print("worker", number, "leaves")


def main(workers=20):
    threads = [threading.Thread(target=visit, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""

POOL: Final = """\
import time
from concurrent.futures import ThreadPoolExecutor


def power(n):
    time.sleep(2)
    return n**n


def show(future):
    print(future.result())


def main(tasks=20, size=5):
    with ThreadPoolExecutor(size) as pool:
        for n in range(tasks):
            pool.submit(power, n).add_done_callback(show)
"""

QUEUE: Final = """\
import queue
import threading

line = queue.Queue(4)


def produce():
    for number in range(6):
        line.put((7 * number) % 6)


def consume():
    for _ in range(6):
        item = line.get()
        print(item)
        line.task_done()


def main():
    threads = [
        threading.Thread(target=produce, name="producer"),
        threading.Thread(target=consume, name="consumer"),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""

BARRIER: Final = """\
import threading
import time

gate = threading.Barrier(4)


def walk(number):
    time.sleep(number)
    gate.wait()


def main():
    threads = [threading.Thread(target=walk, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""

CONDITION: Final = """\
import threading
import time

ready = threading.Condition()


def guest(patience=None):
    with ready:
        ready.wait(patience)


def main():
    threads = [threading.Thread(target=guest), threading.Thread(target=guest, args=(1,))]
    for thread in threads:
        thread.start()
    time.sleep(2)
    with ready:
        ready.notify()
    for thread in threads:
        thread.join()
"""

DAEMON: Final = """\
import threading
import time


def tick():
    while True:
        print("tick", end="")
        time.sleep(2)


def main():
    threading.Thread(target=tick, name="clock", daemon=True).start()
    time.sleep(1)
    print("main ends")
"""

FAILURE: Final = """\
import threading

lock = threading.Lock()


def divide():
    lock.acquire()
    1 / 0


def look():
    if lock.locked() and not lock.acquire(blocking=False):
        lock.acquire(timeout=2)


def main():
    breaker = threading.Thread(target=divide, name="breaker")
    finder = threading.Thread(target=look, name="finder")
    breaker.start()
    finder.start()
    breaker.join()
    finder.join(1)
"""

CROWD: Final = """\
import threading

locks = [threading.Lock() for _ in range(10)]


def work(lock):
    for turn in range(3):
        with lock:
            print("turn", turn + 1)


def main(workers=100):
    threads = [threading.Thread(target=work, args=(locks[n % 10],)) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""
