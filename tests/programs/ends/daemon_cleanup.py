"""A daemon thread's cleanup does not run, whatever it waits for."""

import threading
import time


def work():
    try:
        time.sleep(1000)
    finally:
        print("not reached")


threading.Thread(target=work, daemon=True).start()
time.sleep(1)
print("the end")
