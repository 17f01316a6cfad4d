"""Waits in C, where no signal handler of Python's runs."""

import ctypes
import signal

print("before", flush=True)
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
ctypes.CDLL(None).pause()
