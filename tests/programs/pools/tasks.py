"""A pool of processes or threads is given calls in each way there is."""

import sys
import time
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool


def square(number):
    time.sleep(1)
    return number * number


def add(left, right):
    return left + right


def fail(number):
    raise ValueError(number)


if __name__ == "__main__":
    with {"Pool": Pool, "ThreadPool": ThreadPool}[sys.argv[1]](2) as pool:
        print(pool.apply(square, (1,)))
        print(pool.apply_async(add, (2,), {"right": 3}, callback=print).get())
        print(pool.map(square, range(4), chunksize=2))
        print(pool.starmap(add, [(5, 6)]))
        print(list(pool.imap(square, [7, 8])))
        print(sorted(pool.imap_unordered(square, [9])))
        try:
            pool.apply(fail, (10,))
        except ValueError as error:
            print(repr(error))
