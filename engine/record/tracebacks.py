"""Tracebacks as they read without us: no frame of the engine is in them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from types import CodeType, TracebackType
from typing import Any, Final

from .frames import is_engine_file, is_user_file

_in_c: dict[int, CodeType] = {}


def hide(code: CodeType) -> None:
    """Leave frames of this code out, too: for real it is in C, and has none."""
    _in_c[id(code)] = code


def _is_hidden(code: CodeType) -> bool:
    return id(code) in _in_c or is_engine_file(code.co_filename)


def _kept(trace: TracebackType | None) -> list[TracebackType]:
    entries = []
    while trace is not None:
        if not _is_hidden(trace.tb_frame.f_code):
            entries.append(trace)
        trace = trace.tb_next
    return entries


def clean(error: BaseException) -> None:
    """Take the engine's frames out of the traceback of `error`, of its causes, and of the members of a group."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        current = left.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        kept = _kept(current.__traceback__)
        for index, entry in enumerate(kept, start=1):
            entry.tb_next = kept[index] if index < len(kept) else None
        current.__traceback__ = kept[0] if kept else None
        left += (current.__cause__, current.__context__)
        if isinstance(current, BaseExceptionGroup):
            left += current.exceptions


def raised_at(error: BaseException) -> tuple[CodeType, int] | None:
    """Return the user's code and line that raised `error`, or that called what raised it."""
    for entry in reversed(_kept(error.__traceback__)):
        code = entry.tb_frame.f_code
        if is_user_file(code.co_filename):
            return code, entry.tb_lineno
    return None


def _filtered(walk: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    def walked(start: Any) -> Iterator[Any]:
        return (entry for entry in walk(start) if not _is_hidden(entry[0].f_code))

    return walked


WALKS: Final = {
    name: _filtered(getattr(traceback, name)) for name in ("walk_tb", "_walk_tb_with_full_positions", "walk_stack")
}
"""What takes the place of functions of `traceback`, for programs that format a traceback themselves."""
