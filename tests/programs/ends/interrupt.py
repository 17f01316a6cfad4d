"""Interrupts itself, as Ctrl-C would."""

import signal

try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("caught one")
signal.raise_signal(signal.SIGINT)
