"""The order in which two futures are completed, or found completed."""

from concurrent.futures import ThreadPoolExecutor, as_completed

with ThreadPoolExecutor(2) as pool:
    futures = [pool.submit(str, number) for number in range(2)]
    print([future.result() for future in as_completed(futures)])
