"""The order in which two workers of a pool run three tasks: the third cannot be the first."""

from concurrent.futures import ThreadPoolExecutor

order = []
with ThreadPoolExecutor(2) as pool:
    for number in range(3):
        pool.submit(order.append, number)
print(order)
