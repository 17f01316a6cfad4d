"""An exception in a future's callback is logged; the others still run."""

import threading
from concurrent.futures import ThreadPoolExecutor


def bad(future):
    raise RuntimeError(f"no use for {future.result()}")


def good(future):
    print("got", future.result())


go = threading.Event()
with ThreadPoolExecutor(1) as pool:
    future = pool.submit(lambda: go.wait() and 32)
    future.add_done_callback(good)
    future.add_done_callback(bad)
    future.add_done_callback(good)
    go.set()
print("after the pool")
