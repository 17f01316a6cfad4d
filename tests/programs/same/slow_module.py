"""A module that takes its time."""

import time

print("the module's body runs")
value = "unready"
time.sleep(0.02)
value = "ready"
