"""Asks for more than there is."""

print("before", flush=True)
try:
    bytearray(1 << 62)
except MemoryError as error:
    print(type(error).__name__)
