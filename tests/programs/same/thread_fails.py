"""Uncaught exceptions in threads: reported on standard error, and no matter for the exit status."""

import sys
import threading


def deep(depth):
    if depth:
        deep(depth - 1)
    raise LookupError("at the bottom")


def run(target, *args, **options):
    thread = threading.Thread(target=target, args=args, **options)
    thread.start()
    thread.join()


run(deep, 2)
run(deep, 0, name="named")
run(sys.exit, 3)
run(sys.exit, "a message that nobody sees")
run(int, "x")


class Odd(Exception):
    def __str__(self):
        return "odd [/b] \x1b[31m"


def chained():
    try:
        deep(0)
    except LookupError as error:
        raise Odd from error


run(chained)


class Derived(threading.Thread):
    def run(self):
        raise Odd


thread = Derived()
thread.start()
thread.join()

threading.excepthook = lambda args: print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name)
run(deep, 1)
run(sys.exit, 1)
threading.excepthook = threading.__excepthook__
run(deep, 0)
print("main ends well")
