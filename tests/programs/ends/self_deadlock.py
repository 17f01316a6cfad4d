"""A lock taken twice by the same thread."""

import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()
