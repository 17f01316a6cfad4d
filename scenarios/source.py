"""A Python source file, read and checked as the interpreter would, without running it."""

import ast
import io
import tokenize
import warnings
from pathlib import Path
from typing import Final

from ..locales.words import _
from .wording import shown

LARGEST: Final = 16 * 2**20
"""Bytes of source; a script longer than that is a mistake."""


class SourceError(Exception):
    """This is no Python source that could run. The message begins with the path, and the line where one is to blame."""

    def __init__(self, name: str, line: int | None, reason: str) -> None:
        super().__init__(f"{shown(name, 400)}{f':{line}' if line else ''}: {shown(reason, 200)}")


def read(path: Path, name: str) -> ast.Module:
    """Return the syntax tree of a file that errors call `name`. Raises SourceError, or OSError if it cannot be read."""
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise SourceError(name, None, _("too large for a Python script"))
    if b"\0" in raw:
        raise SourceError(name, None, _("not Python source, it contains null bytes"))
    text = _decoded(raw, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, name)
            compile(tree, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise SourceError(name, error.lineno, error.msg) from error
    except (RecursionError, MemoryError) as error:
        raise SourceError(name, None, _("nested too deeply for the Python compiler")) from error
    except ValueError as error:
        raise SourceError(name, None, str(error)) from error
    return tree


def _decoded(raw: bytes, name: str) -> str:
    """Decode the source as its first two lines say, or as UTF-8."""
    try:
        encoding, _lines = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = _(
            "byte 0x{byte:02x} is not {encoding}; save the file as UTF-8, or declare its encoding",
            byte=raw[error.start],
            encoding=error.encoding,
        )
        raise SourceError(name, line, reason) from error
    except (SyntaxError, LookupError) as error:
        raise SourceError(name, None, str(error)) from error
