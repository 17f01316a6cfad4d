"""atexit: order, failures, registrations that come too late."""

import atexit

from attempt import attempt


def fail(name):
    raise ValueError(name)


def late():
    print("late")
    atexit.register(print, "too late")


def gone():
    print("unregistered")


atexit.register(print, "first registered, last called", sep="")
atexit.register(fail, "in a callback")
atexit.register(late)
print(atexit.register(gone) is gone, atexit._ncallbacks())
atexit.unregister(gone)
attempt("no function", atexit.register, 5)


@atexit.register
def decorated():
    print("decorated")
