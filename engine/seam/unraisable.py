"""Exceptions that CPython has nobody to raise to: shown by `sys.unraisablehook`."""

from __future__ import annotations

import sys
import traceback
from types import SimpleNamespace
from typing import Any

from ..record.tracebacks import clean


def report(error: BaseException, where: str, thing: object) -> None:
    """Show `error`, ignored by `where` ("in atexit callback") around `thing`, through the program's own hook if any."""
    clean(error)
    message, subject = f"Exception ignored {where}", thing
    if sys.version_info >= (3, 13):
        message, subject = f"{message} {thing!r}", None
    if sys.unraisablehook is not sys.__unraisablehook__:
        arguments: Any = SimpleNamespace(
            exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__, err_msg=message, object=subject
        )
        sys.unraisablehook(arguments)
        return
    # The default hook takes only what the interpreter itself has made.
    line = f"{message}:\n" if subject is None else f"{message}: {subject!r}\n"
    print(line, *traceback.format_exception(error), sep="", end="", file=sys.stderr)
