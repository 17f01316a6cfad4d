"""A program that has nothing to do with gevent."""

import sys
import threading

thread = threading.Thread(target=int)
thread.start()
thread.join()
print("gevent" in sys.modules)
