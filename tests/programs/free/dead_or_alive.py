"""A daemon thread's line may or may not come before the end."""

import sys
import threading

thread = threading.Thread(target=sys.stdout.write, args=("the daemon\n",), daemon=True)
thread.start()
sys.stdout.write(f"main saw it {'alive' if thread.is_alive() else 'dead'}\n")
