"""Reads where there is no memory."""

import ctypes

print("before", flush=True)
ctypes.string_at(0)
