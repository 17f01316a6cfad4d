"""An uncaught exception in the main thread: the others still run to their end, and the exit status is 1."""

import atexit
import threading

go = threading.Event()


def work():
    go.wait()
    print("the thread ends")


def fail():
    go.set()
    raise ZeroDivisionError("on purpose")


atexit.register(print, "exit handlers run last")
threading.Thread(target=work).start()
fail()
