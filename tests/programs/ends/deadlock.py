"""Two threads, two locks, both orders."""

import threading

first, second = threading.Lock(), threading.Lock()
both = threading.Barrier(2)


def work(one, other):
    with one:
        both.wait()
        with other:
            print("not reached")


threading.Thread(target=work, args=(first, second), name="forward").start()
threading.Thread(target=work, args=(second, first), name="backward").start()
