"""ThreadPoolExecutor and Future."""

import concurrent.futures
import threading
import time
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, Future, ThreadPoolExecutor

from attempt import attempt, plain


def square(number):
    return number * number


def fail(number):
    raise ValueError(f"cannot {number}")


with ThreadPoolExecutor(max_workers=2) as pool:
    future = pool.submit(square, 7)
    print(future.result(), future.done(), future.running(), future.cancelled(), future.exception())
    print(plain(repr(future)))
    attempt("cancel a done one", future.cancel)
    failed = pool.submit(fail, 3)
    attempt("result of a failed one", failed.result)
    print(repr(failed.exception()), plain(repr(failed)))
    print(list(pool.map(square, range(6))))
    print(list(pool.map(pow, [2, 3], [5, 2])))
    print(list(pool.map(square, range(3), timeout=20, chunksize=5)))
    results = pool.map(fail, range(2))
    attempt("map that fails", next, results)
    attempt("map is over", next, results)
    attempt("no function", pool.submit)
    attempt("no function but a number", lambda: pool.submit(5).result())
    attempt("wrong arguments", lambda: pool.submit(square).result())
attempt("submit after shutdown", pool.submit, square, 1)
attempt("no workers", ThreadPoolExecutor, 0)
attempt("an initializer that is none", ThreadPoolExecutor, initializer=5)

names = set()
with ThreadPoolExecutor(max_workers=3, thread_name_prefix="cook") as pool:
    meet = threading.Barrier(3)
    for _ in range(3):
        pool.submit(lambda: (meet.wait(), names.add(threading.current_thread().name)))
print(sorted(names))

# One worker, kept busy: what waits behind it can be cancelled.
hold, busy = threading.Event(), threading.Event()
pool = ThreadPoolExecutor(1)
running = pool.submit(lambda: (busy.set(), hold.wait(), "ran")[2])
busy.wait()
waiting = [pool.submit(square, number) for number in range(4)]
print(running.running(), waiting[0].running(), waiting[0].done(), plain(repr(running)), plain(repr(waiting[0])))
attempt("cancel what runs", running.cancel)
attempt("cancel what waits", waiting[1].cancel)
attempt("cancel it again", waiting[1].cancel)
attempt("result in time", running.result, 0.01)
attempt("result in no time", running.result, timeout=0)
attempt("exception in time", running.exception, 0.01)
attempt("result of a cancelled one", waiting[1].result)
attempt("exception of a cancelled one", waiting[1].exception)
done, pending = concurrent.futures.wait([running, *waiting], timeout=0.01)
print(len(done), len(pending), waiting[1].cancelled(), plain(repr(waiting[1])))
pool.shutdown(wait=False, cancel_futures=True)
hold.set()
attempt("what ran", running.result)
print([future.cancelled() for future in waiting])
pool.shutdown()

# Callbacks: in order, in the thread that ends the future, or at once.
order = []
with ThreadPoolExecutor(1, thread_name_prefix="worker") as pool:
    hold.clear()
    future = pool.submit(hold.wait)
    for number in range(3):
        future.add_done_callback(
            lambda done, number=number: order.append((number, done is future, threading.current_thread().name))
        )
    hold.set()
    future.result()
print(order)
future.add_done_callback(lambda _done: print("at once in", threading.current_thread().name))
cancelled = Future()
cancelled.add_done_callback(lambda done: print("cancelled", done.cancelled()))
cancelled.cancel()

# wait and as_completed.
with ThreadPoolExecutor(3) as pool:
    futures = {pool.submit(time.sleep, delay): delay for delay in (0.09, 0.01, 0.05)}
    print([futures[future] for future in concurrent.futures.as_completed(futures)])
    slow, quick = pool.submit(time.sleep, 0.08), pool.submit(square, 2)
    done, pending = concurrent.futures.wait([slow, quick], return_when=FIRST_COMPLETED)
    print(quick in done, slow in pending)
    bad = pool.submit(fail, 1)
    done, pending = concurrent.futures.wait({slow, bad}, return_when=FIRST_EXCEPTION)
    print(bad in done, slow in pending)
    done, pending = concurrent.futures.wait({slow, bad}, return_when=ALL_COMPLETED)
    print(len(done), len(pending))
    sleeper = pool.submit(time.sleep, 0.08)
    attempt("as_completed in time", list, concurrent.futures.as_completed([sleeper], timeout=0.01))
    attempt("map in time", list, pool.map(time.sleep, [0.08], timeout=0.01))
    attempt("wait for what", concurrent.futures.wait, [quick], return_when="never")

# A Future by hand.
future = Future()
attempt("set_result", future.set_result, 5)
attempt("set_result again", future.set_result, 6)
attempt("set_exception after it", future.set_exception, ValueError("late"))
attempt("result", future.result)
future = Future()
attempt("set_running", future.set_running_or_notify_cancel)
attempt("cancel while running", future.cancel)
attempt("set_exception", future.set_exception, KeyError("k"))
attempt("result", future.result)
attempt("exception", future.exception)
future = Future()
future.cancel()
attempt("set_running of a cancelled one", future.set_running_or_notify_cancel)
attempt("set_result of a cancelled one", future.set_result, 1)

# Initializers.
with ThreadPoolExecutor(1, initializer=print, initargs=("ready",)) as pool:
    print(pool.submit(square, 3).result())
local = threading.local()
with ThreadPoolExecutor(2, initializer=lambda: setattr(local, "value", 5)) as pool:
    print(list(pool.map(lambda number: local.value + number, range(3))))
