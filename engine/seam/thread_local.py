"""`threading.local` for tasks: the standard library's own pure-Python twin, which asks for the current thread.

The one in C belongs to the operating system's thread, and all tasks run on one of those.
"""

import _threading_local

local = _threading_local.local
