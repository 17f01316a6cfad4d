"""A future that may be cancelled before a worker takes it, or not."""

from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(1) as pool:
    futures = [pool.submit(str, number) for number in range(2)]
    print([future.cancel() for future in futures])
