"""Tracebacks, printed by the program and by the interpreter, through calls of every sort of primitive."""

import logging
import queue
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

lock = threading.Lock()
box = queue.Queue(1)


def nothing_to_release():
    lock.release()


def too_short():
    with threading.Semaphore():
        lock.acquire(timeout=-2)


def fail(number):
    if number:
        fail(number - 1)
    raise LookupError(f"number {number}")


def broken():
    barrier = threading.Barrier(2)
    barrier.wait(0.01)


with ThreadPoolExecutor(1) as pool:
    failed = pool.submit(fail, 1)

for function in (
    nothing_to_release,
    too_short,
    broken,
    lambda: box.get_nowait(),
    lambda: time.sleep(-1),
    lambda: threading.Thread().join(),
    lambda: threading.Condition().notify(),
    lambda: failed.result(),
):
    try:
        function()
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        print(len(traceback.extract_tb(error.__traceback__)))
        print("".join(traceback.format_exception(error)) == traceback.format_exc())


def look():
    traceback.print_stack(file=sys.stdout)
    print(len(traceback.extract_stack()))


look()
thread = threading.Thread(target=look)
thread.start()
thread.join()
logging.basicConfig(stream=sys.stdout, format="%(funcName)s %(lineno)d %(message)s")
try:
    fail(0)
except LookupError:
    logging.getLogger().exception("logged")


def chained():
    try:
        box.get_nowait()
    except queue.Empty as error:
        raise ExceptionGroup("both", [error, ValueError("other")]) from error


thread = threading.Thread(target=chained)
thread.start()
thread.join()
try:
    too_short()
except ValueError:
    box.get(timeout=0.01)
