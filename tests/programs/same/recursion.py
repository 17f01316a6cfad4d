"""Endless recursion is an ordinary exception."""

import threading


def fall(depth):
    return fall(depth + 1)


def work():
    try:
        fall(0)
    except RecursionError as error:
        print(threading.current_thread().name, type(error).__name__)


thread = threading.Thread(target=work)
thread.start()
thread.join()
work()
