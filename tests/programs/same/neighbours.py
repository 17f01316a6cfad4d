"""What a script may rely on: its name, its folder, its arguments, its own modules."""

import os
import pickle
import sys
import threading

import attempt
from attempt import plain

print(__name__, os.path.basename(__file__), os.path.basename(sys.argv[0]), sys.argv[1:])
print(sys.modules["__main__"].__dict__ is globals(), os.path.basename(os.path.dirname(attempt.__file__)))
print(os.path.basename(sys.path[0]), __doc__.partition(":")[0], __package__, __spec__)
print(plain("at 0x7f00"), __builtins__ is sys.modules["builtins"], "__annotations__" in globals())


class Pickled:
    pass


print(type(pickle.loads(pickle.dumps(Pickled()))) is Pickled)


def main(size: int = 3):
    print(size, threading.current_thread() is threading.main_thread())


if __name__ == "__main__":
    main()
