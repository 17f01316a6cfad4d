"""Whose call it is: one that the user's code makes, or has made for it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from concurrent.futures.thread import _WorkItem
from types import CodeType, FrameType
from typing import Final

from .frames import is_user_file

_TIMER: Final = threading.Timer.run.__code__
_CALLERS: Final = (
    threading.Thread.run.__code__,
    _WorkItem.run.__code__,
    Future._invoke_callbacks.__code__,  # type: ignore[attr-defined]
)

# By identity, because code objects compare by value, which is slow. Every one that is judged is kept alive.
_verdicts: dict[int, bool] = {id(code): True for code in _CALLERS}
_judged: list[CodeType] = [*_CALLERS]


def _judge(code: CodeType) -> bool:
    _judged.append(code)
    verdict = _verdicts[id(code)] = is_user_file(code.co_filename)
    return verdict


def count_as_caller(code: CodeType) -> None:
    """Have calls made in this code of a library count as the user's: it calls what it was given."""
    _judged.append(code)
    _verdicts[id(code)] = True


def is_users_call(frame: FrameType, thing: object = None) -> bool:
    """Tell whether a call made in `frame` is the user's own, on `thing` if that is given.

    A thread, a pool's worker, a timer and a future call what they were given: `Thread(target=event.wait)` is as much
    the user's call as `event.wait()`. But a timer also waits on an event of its own.
    """
    code = frame.f_code
    if code is _TIMER:
        return thing is not frame.f_locals["self"].finished
    verdict = _verdicts.get(id(code))
    return _judge(code) if verdict is None else verdict
