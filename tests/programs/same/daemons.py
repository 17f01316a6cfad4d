"""Daemon threads end with the program, and their cleanup does not run."""

import threading

waiting = threading.Event()
never = threading.Event()
lock = threading.Lock()


def serve():
    try:
        with lock:
            waiting.set()
            never.wait()
    finally:
        print("cleanup that does not happen")


thread = threading.Thread(target=serve, daemon=True)
thread.start()
waiting.wait()
print("main ends", thread.daemon, thread.is_alive(), lock.locked())
