"""Whose code a frame is: the user's, or the standard library's and ours."""

from __future__ import annotations

import os
import sysconfig
from types import FrameType
from typing import Final

_STDLIB: Final = tuple({os.path.realpath(sysconfig.get_path(name)) + os.sep for name in ("stdlib", "platstdlib")})
_SITE: Final = ("site-packages" + os.sep, "dist-packages" + os.sep)
_LIBRARIES: Final = tuple(site + "gevent" + os.sep for site in _SITE)
"""Packages whose own calls concern nobody else, as the standard library's do."""
_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
_OURS: Final = tuple(os.path.join(_PACKAGE, room) + os.sep for room in ("engine", "trace"))

_known: dict[str, bool] = {}
_ours: dict[str, bool] = {}


def _judge(filename: str) -> bool:
    if filename.startswith("<"):
        return False  # generated code: of a named tuple, of a data class
    path = os.path.realpath(filename)
    if path.startswith(_OURS):
        return False
    if any(part in path for part in _LIBRARIES):
        return False
    return not path.startswith(_STDLIB) or any(part in path for part in _SITE)


def is_user_file(filename: str) -> bool:
    """Tell whether code of that file is the program's: neither a library's that is simulated nor this engine's."""
    known = _known.get(filename)
    if known is None:
        known = _known[filename] = _judge(filename)
    return known


def is_own_file(filename: str) -> bool:
    """Tell whether code of that file is the program's own, and no installed package's: what a person steps through."""
    return is_user_file(filename) and not any(part in filename for part in _SITE)


def is_engine_file(filename: str) -> bool:
    """Tell whether code of that file is this package's engine's."""
    ours = _ours.get(filename)
    if ours is None:
        ours = _ours[filename] = os.path.realpath(filename).startswith(_OURS)
    return ours


def user_frame(frame: FrameType | None) -> FrameType | None:
    """Return the nearest frame of user code, from `frame` outwards, or None."""
    while frame is not None and not is_user_file(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def entry_point(frame: FrameType | None) -> str:
    """Return the name of the library function that user code called to get to `frame`, or "" if there is none."""
    name = ""
    while frame is not None and not is_user_file(frame.f_code.co_filename):
        if not is_engine_file(frame.f_code.co_filename):
            name = frame.f_code.co_name
        frame = frame.f_back
    return name if frame is not None else ""
