"""ProcessPoolExecutor, Pool and ThreadPool."""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool


def square(number):
    time.sleep(0.02)
    return number * number, os.getpid()


def fails(number):
    raise ValueError(number)


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        results = list(executor.map(square, range(6)))
        print(
            [result for result, _ in results], len({pid for _, pid in results}) <= 2, os.getpid() not in dict(results)
        )
        print(repr(executor.submit(fails, 3).exception()))
        executor.submit(square, 7).add_done_callback(lambda future: print("callback", future.result()[0]))
    with Pool(2) as pool:
        print([result for result, _ in pool.map(square, range(4))], pool.apply(square, (5,))[0])
        try:
            pool.apply(fails, (4,))
        except ValueError as error:
            print(repr(error))
    with ThreadPool(2) as pool:
        print(sorted(result for result, _ in pool.imap_unordered(square, range(4))))
