"""A thread ends the whole process."""

import os
import threading

print("before", flush=True)
threading.Thread(target=os._exit, args=(3,)).start()
threading.Event().wait()
