"""A pool whose initializer fails is broken."""

from concurrent.futures import ThreadPoolExecutor

from attempt import attempt


def prepare():
    raise OSError("nothing is here")


pool = ThreadPoolExecutor(1, initializer=prepare)
future = pool.submit(print, "never")
attempt("result", future.result)
attempt("submit", pool.submit, print)
pool.shutdown()
