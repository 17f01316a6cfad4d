"""Leaves a process behind, and does not end by itself."""

import subprocess
import threading

process = subprocess.Popen(["sleep", "1000"])
print(process.pid, flush=True)
while True:
    threading.Lock().acquire()
