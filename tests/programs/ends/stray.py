"""Writes to standard output in several ways, not all of them text."""

import os
import subprocess
import sys

print("text")
sys.stdout.buffer.write(b"bytes \xff\xfe\n")
sys.stdout.buffer.flush()
print("lone surrogate \udcff")
os.write(1, b"descriptor \xff\n")
os.write(2, b"error descriptor\n")
subprocess.run([sys.executable, "-c", "print('another process')"], check=True)
