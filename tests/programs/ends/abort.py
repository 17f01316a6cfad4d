"""Ends by a signal of its own."""

import os

print("before", flush=True)
os.abort()
