"""Three threads print a line each: all 3! = 6 orders are possible."""

import threading

threads = [threading.Thread(target=print, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
