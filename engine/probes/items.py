"""What a queue's probes tell of its items, whichever library the queue is from."""

from __future__ import annotations

import bisect
import queue
from collections.abc import Collection
from typing import Any

from ...trace.events import Kind
from .probe import Call
from .text import shown


def place(kind: str, items: Collection[Any], item: Any) -> int:
    """Return how many of a queue's items will leave before `item`, which has just been put."""
    if kind == "LifoQueue":
        return 0
    return bisect.bisect_left(sorted(items), item) if kind == "PriorityQueue" else max(0, len(items) - 1)


def got(call: Call, item: object) -> None:
    """Tell which item a worker has got."""
    call.emit(Kind.GET, text=shown(call.kernel, item))


def refused(call: Call, error: BaseException) -> None:
    """Tell that a worker found the queue full or empty and has not waited."""
    if isinstance(error, queue.Full | queue.Empty) and not call.task.began_wait:
        call.emit(Kind.REFUSE, text=call.verb)
