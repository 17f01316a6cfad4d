"""Standard output, closed by the program."""

import sys

print("before")
sys.stdout.close()
try:
    print("after")
except ValueError as error:
    print(type(error).__name__, error, sys.stdout.closed, file=sys.stderr)
