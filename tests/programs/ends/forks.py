"""Forks; both go on, and only the parent's run is told."""

import os
import sys

child = os.fork()
if not child:
    print("the child")
    sys.exit(5)
_, status = os.waitpid(child, 0)
print("the parent", os.waitstatus_to_exitcode(status))
