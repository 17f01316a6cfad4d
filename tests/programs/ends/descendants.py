"""Leaves a process behind."""

import subprocess

process = subprocess.Popen(["sleep", "1000"])
print(process.pid, flush=True)
