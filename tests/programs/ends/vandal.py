"""Writes rubbish wherever it can."""

import contextlib
import os

print("before", flush=True)
for descriptor in range(3, 64):
    with contextlib.suppress(OSError):
        os.write(descriptor, b"rubbish\n")
print("after", flush=True)
