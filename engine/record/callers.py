"""Whose call it is: one that the user's code makes, or has made for it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from concurrent.futures.thread import _WorkItem
from types import FrameType
from typing import Final

from .frames import is_user_file

_CALLERS: Final = {
    id(function.__code__)
    for function in (threading.Thread.run, _WorkItem.run, Future._invoke_callbacks)  # type: ignore[attr-defined]
}
_TIMER: Final = id(threading.Timer.run.__code__)


def is_users_call(frame: FrameType, thing: object = None) -> bool:
    """Tell whether a call made in `frame` is the user's own, on `thing` if that is given.

    A thread, a pool's worker, a timer and a future call what they were given: `Thread(target=event.wait)` is as much
    the user's call as `event.wait()`. But a timer also waits on an event of its own.
    """
    code = frame.f_code
    if is_user_file(code.co_filename):
        return True
    if id(code) == _TIMER:
        return thing is not frame.f_locals["self"].finished
    return id(code) in _CALLERS
