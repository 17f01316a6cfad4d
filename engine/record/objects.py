"""The objects of a run: numbered when the trace first speaks of them, named when the program names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

from ...trace.events import NONE, Kind
from .naming import find_name

TRIES = 12
"""How many operations on a nameless object look for its name before it stays nameless."""


class Objects:
    """Numbers by identity. Every numbered object is kept alive, so that an identity is never used twice."""

    def __init__(self, emit: Callable[..., None]) -> None:
        self._emit = emit
        self._numbers: dict[int, int] = {}
        self._kept: list[object] = []
        self._nameless: dict[int, int] = {}
        self._wholes: dict[int, int] = {}
        self.program: Callable[[], Mapping[str, Any]] = dict
        """Returns the globals of the main module, in the process that runs now."""

    def number(self, thing: object) -> int:
        """Return the object's number, or NONE if the trace does not know it yet."""
        return self._numbers.get(id(thing), NONE)

    def whole(self, number: int) -> int:
        """Return the object that `number` is a part of, or NONE."""
        return self._wholes.get(number, NONE)

    def declare(self, thing: object, kind: str, *, capacity: int = NONE, whole: int = NONE, named: bool = True) -> int:
        """Give `thing` a number and record it, once. A part and an object that cannot have a name are not looked up."""
        number = self._numbers.get(id(thing))
        if number is not None:
            return number
        number = self._numbers[id(thing)] = len(self._kept)
        self._kept.append(thing)
        self._emit(Kind.OBJECT, obj=number, value=capacity, text=kind)
        if whole != NONE:
            self._wholes[number] = whole
            self._emit(Kind.PART, obj=number, value=whole)
        elif named:
            self._nameless[number] = TRIES
        return number

    def look_for_name(self, number: int, frame: FrameType | None, face: object = None) -> None:
        """Name the object if the program has named it by now; `face` is what the program has of it, if not itself."""
        tries = self._nameless.get(number)
        if tries is None:
            return
        wanted = self._kept[number] if face is None else face
        name = find_name(wanted, self.program(), frame)
        if name is not None:
            del self._nameless[number]
            self._emit(Kind.NAME, obj=number, text=name.removesuffix("._semlock").removesuffix("._sock"))
        elif tries == 1:
            del self._nameless[number]
        else:
            self._nameless[number] = tries - 1
