"""Leaves at once, with other threads alive and cleanup undone."""

import atexit
import os
import threading

atexit.register(print, "exit handlers do not run")
ready = threading.Event()


def work():
    try:
        ready.set()
        threading.Event().wait()
    finally:
        print("nor does cleanup")


threading.Thread(target=work).start()
ready.wait()
print("before", flush=True)
os._exit(7)
