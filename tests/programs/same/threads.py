"""Thread: life, names, wrong uses."""

import threading
import time

from attempt import attempt, plain

main = threading.current_thread()
print(main.name, main is threading.main_thread(), main.is_alive(), main.daemon, plain(repr(main)))
print(main.ident == threading.get_ident(), main.native_id == threading.get_native_id(), threading.active_count())
print([thread.name for thread in threading.enumerate()])
attempt("join the current thread", main.join)

go, seen = threading.Event(), threading.Event()


def work(*args, **kwargs):
    current = threading.current_thread()
    print("work", args, kwargs, current.name, current is thread, current.ident == threading.get_ident())
    seen.set()
    go.wait()


thread = threading.Thread(target=work, args=(1, 2), kwargs={"three": 3})
print(thread.name, thread.ident, thread.native_id, thread.is_alive(), thread.daemon, plain(repr(thread)))
attempt("join before start", thread.join)
thread.start()
seen.wait()
print(thread.is_alive(), isinstance(thread.ident, int), thread.ident != main.ident, plain(repr(thread)))
attempt("start again", thread.start)
attempt("daemon too late", setattr, thread, "daemon", True)
attempt("join in no time", thread.join, 0)
attempt("join in a negative time", thread.join, -1)
attempt("join in a short time", thread.join, 0.01)
print(threading.active_count(), [each.name for each in threading.enumerate()])
thread.name = "renamed"
print(thread.name, plain(repr(thread)))
go.set()
attempt("join", thread.join)
attempt("join again", thread.join)
print(thread.is_alive(), isinstance(thread.ident, int), plain(repr(thread)), threading.active_count())
attempt("start after the end", thread.start)

attempt("a group", threading.Thread, group=1)
attempt("no such argument", threading.Thread, colour="red")
attempt("no target", lambda: (each := threading.Thread(), each.start(), each.join(), each.is_alive())[1:])
attempt("join with text", thread.join, "x")
print(threading.Thread().name, threading.Thread(target=work).name, threading.Thread(name="n").name)
print(threading.Thread(name=5).name, threading.Thread(daemon=True).daemon, threading.Thread(daemon=None).daemon)
print(plain(repr(threading.Thread(target=print, daemon=True))))


class Counter(threading.Thread):
    def __init__(self, limit):
        super().__init__(name=f"counter to {limit}")
        self.limit = limit
        self.total = 0

    def run(self):
        for number in range(self.limit):
            self.total += number


counters = [Counter(limit) for limit in (5, 10)]
for counter in counters:
    counter.start()
for counter in counters:
    counter.join()
    print(counter.name, counter.total, plain(repr(counter)))


class Unready(threading.Thread):
    def __init__(self):
        pass


attempt("not initialised", Unready().start)
attempt("not initialised", lambda: Unready().name)

child_daemon = []
inheriting = threading.Thread(target=lambda: child_daemon.append(threading.Thread().daemon), daemon=True)
inheriting.start()
inheriting.join()
print("daemon is inherited", child_daemon)


def nest(depth):
    if depth:
        inner = threading.Thread(target=nest, args=(depth - 1,), name=f"depth {depth - 1}")
        inner.start()
        inner.join()
    print(threading.current_thread().name)


nest(3)

joined = []
first = threading.Thread(target=time.sleep, args=(0.01,))
first.start()
others = [threading.Thread(target=lambda number=number: (first.join(), joined.append(number))) for number in range(3)]
for other in others:
    other.start()
for other in others:
    other.join()
print(sorted(joined))


def stubborn():
    threading.current_thread().join()


thread = threading.Thread(target=lambda: attempt("join itself", stubborn))
thread.start()
thread.join()
print(threading.current_thread().name, threading.active_count())
