"""sys.exit in the main thread waits for the others."""

import sys
import threading

go = threading.Event()


def work():
    go.wait()
    print("the thread ends")


threading.Thread(target=work).start()
go.set()
sys.exit(int(sys.argv[1]) if sys.argv[1:] else "a message")
