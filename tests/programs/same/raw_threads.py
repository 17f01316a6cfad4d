"""`_thread` itself, and threads that `threading` did not start."""

import _thread
import threading

from attempt import attempt, plain

done = _thread.allocate_lock()


def body(*args, **kwargs):
    current = threading.current_thread()
    print(args, kwargs, type(current).__name__, current.name, current.daemon, current.is_alive(), plain(repr(current)))
    print(threading.get_ident() == _thread.get_ident(), current.ident == threading.get_ident())
    attempt("nobody can join it", current.join)
    done.release()


for number in range(1):
    done.acquire()
    identity = _thread.start_new_thread(body, (number,), {"key": number})
    done.acquire()
    print(isinstance(identity, int))
    done.release()
attempt("no function", _thread.start_new_thread, 5, ())
attempt("no tuple", _thread.start_new_thread, body, [])
attempt("no dictionary", _thread.start_new_thread, body, (), 5)

done.acquire()


def leave():
    done.release()
    _thread.exit()


_thread.start_new_thread(leave, ())
done.acquire()
print(_thread.TIMEOUT_MAX == threading.TIMEOUT_MAX, issubclass(_thread.error, RuntimeError))
attempt("exit", _thread.exit)
