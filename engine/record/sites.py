"""Places in source code, numbered as they are met."""

from __future__ import annotations

import functools
import os
import tokenize
from collections.abc import Callable
from types import CodeType, FrameType
from typing import NamedTuple

from ...trace.events import NONE, Kind
from .frames import is_user_file

SOURCE_LIMIT = 400_000
"""Characters of a source file that a trace carries; a longer one is named without its text."""


def read_source(path: str) -> str | None:
    """Return a Python file's text, decoded as Python decodes it, or None if that cannot be done."""
    try:
        changed = os.stat(path).st_mtime_ns
    except (OSError, ValueError):
        return None
    return _read(path, changed)


@functools.lru_cache(maxsize=64)
def _read(path: str, _changed: int) -> str | None:
    """As `read_source`, but once for many runs in one process, as long as the file stays as it is."""
    try:
        with tokenize.open(path) as file:
            text = file.read(SOURCE_LIMIT + 1)
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError):
        return None
    return text if len(text) <= SOURCE_LIMIT else None


class _Places(NamedTuple):
    """The numbers given in one code object."""

    code: CodeType
    by_line: dict[int, int]
    by_instruction: dict[int, int]


class Sites:
    """Numbers for (code, line) pairs; a new one is declared in the trace together with its file and its text."""

    def __init__(self, declare: Callable[..., None], root: str) -> None:
        self._declare = declare
        self._root = root
        # Code objects compare by value, which is slow; they are kept here by identity instead, and kept alive.
        self._by_identity: dict[int, _Places] = {}
        self._files: dict[str, int] = {}
        self._count = 0

    def nearest(self, frame: FrameType | None) -> int:
        """Return the number of the user's line that `frame` is at, or was called from; NONE if there is none."""
        while frame is not None:
            code = frame.f_code
            places = self._by_identity.get(id(code))
            if places is not None or is_user_file(code.co_filename):
                # The line of an instruction is computed from a table, which takes longer the longer the function is.
                number = places.by_instruction.get(frame.f_lasti) if places is not None else None
                if number is None:
                    number = self.number(frame)
                    self._by_identity[id(code)].by_instruction[frame.f_lasti] = number
                return number
            frame = frame.f_back
        return NONE

    def number(self, frame: FrameType | None) -> int:
        """Return the number of the line that `frame` is at, or NONE without a frame."""
        if frame is None:
            return NONE
        return self.at(frame.f_code, frame.f_lineno or 0)

    def at(self, code: CodeType, line: int) -> int:
        """Return the number of a line of `code`."""
        places = self._by_identity.get(id(code))
        if places is None:
            places = self._by_identity[id(code)] = _Places(code, {}, {})
        number = places.by_line.get(line)
        if number is None:
            file = self._file(code.co_filename)
            number = places.by_line[line] = self._count
            self._count += 1
            self._declare(Kind.SITE, number, line, code.co_qualname, file)
        return number

    def _file(self, filename: str) -> int:
        number = self._files.get(filename)
        if number is None:
            number = self._files[filename] = len(self._files)
            self._declare(Kind.FILE, number, NONE, self._shown(filename))
            source = read_source(filename)
            if source is not None:
                self._declare(Kind.SOURCE, number, NONE, source)
        return number

    def _shown(self, filename: str) -> str:
        """A path that is the same on another machine where that can be: relative to the program's own folder."""
        path = os.path.abspath(filename)
        if path.startswith(self._root + os.sep):
            return path[len(self._root) + 1 :]
        return os.path.basename(path) if filename.startswith("<") else path
