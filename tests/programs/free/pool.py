"""The order in which two workers of a pool finish three tasks."""

from concurrent.futures import ThreadPoolExecutor, as_completed

with ThreadPoolExecutor(2) as pool:
    futures = [pool.submit(str, number) for number in range(3)]
    print([future.result() for future in as_completed(futures)])
    order = []
    for number in range(3):
        pool.submit(order.append, number)
print(order)
