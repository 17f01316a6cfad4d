"""Waits for an event that nobody sets."""

import threading

event = threading.Event()
threading.Thread(target=event.wait, name="waiter").start()
event.wait()
