"""Three threads go through the same lines, and through library code between them."""

import json
import threading


def inner(number):
    text = json.dumps({"number": number})
    return json.loads(text)["number"]


def work(number):
    total = 0
    for _ in range(3):
        total += inner(number)
    results.append(total)


results = []
threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results))
