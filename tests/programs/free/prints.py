"""Three threads write a line each: all 3! = 6 orders are possible."""

import sys
import threading

threads = [threading.Thread(target=sys.stdout.write, args=(f"{name}\n",)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
