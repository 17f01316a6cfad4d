"""`queue.SimpleQueue`: the standard library's own pure-Python twin, under the name of the one in C."""

import queue


class SimpleQueue(queue._PySimpleQueue):  # type: ignore[name-defined, misc]
    """An unbounded queue. The one in C waits below anything that can be simulated."""


SimpleQueue.__module__ = "_queue"
