"""Counts that are no globals: an attribute, an item, a closure's variable, a list's length. All may lose a count."""

import sys
import threading


class Account:
    total = 0


account = Account()
table = {"total": 0}
items = [0]


def attribute():
    account.total += 1
    return account.total


def item():
    table["total"] += 1
    return table["total"]


def index():
    items[0] = items[0] + 1
    return items[0]


def closure():
    total = 0

    def add():
        nonlocal total
        total += 1
        return total

    return add


def method():
    table.update(total=table.get("total") + 1)
    return table["total"]


count = {"attribute": attribute, "item": item, "index": index, "closure": closure(), "method": method}[sys.argv[1]]
threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count() - 1)
