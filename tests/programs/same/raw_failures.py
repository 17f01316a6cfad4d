"""An exception in a thread that `_thread` started, with and without a hook of the program's own."""

import _thread
import sys
import threading

done = threading.Event()


def fail(text):
    try:
        raise ValueError(text)
    finally:
        done.set()


def run(text):
    done.clear()
    _thread.start_new_thread(fail, (text,))
    done.wait()
    while _thread._count():
        pass_by.wait(0.01)


pass_by = threading.Event()
run("shown by the interpreter")
sys.unraisablehook = lambda args: print(args.exc_type.__name__, args.exc_value, args.err_msg, args.object is fail)
run("shown by the program")
