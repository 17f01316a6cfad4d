"""Pictures of the objects that workers meet at, one module a kind.

Every such module has `KINDS` (the type names it draws), `look(scene)`, which gathers what the picture shows into a
frozen record, `draw(record, width, bands)`, which makes the rows of the picture and is kept by its inputs, and
`rows(capacity, width, bands)`, which knows how many rows those will be inside the frame. That depends on the kind and
size of the object only, never on what goes on, so that a stack of pictures does not jump while a run plays. The size is
the object's capacity, unless the module has a `size(thing)`.
"""

from collections.abc import Callable, Hashable, Sequence
from operator import attrgetter
from types import ModuleType
from typing import Any, Final, NamedTuple

from ...trace.state import State, Thing
from ...trace.store import Trace
from . import box, boxes, clock, future, gate, ledger, padlock, pool, sockets, stalls, traffic_light, waiting_room
from .ink import EMPTY, Row, padded
from .scene import Scene

NARROWEST: Final = 16
"""The least width that a picture is drawn at; a narrower place shows the left part."""

_FRAME: Final = 2
"""Rows of the frame."""


class Drawing(NamedTuple):
    """How objects of one kind are drawn."""

    look: Callable[[Scene], Hashable]
    draw: Callable[[Any, int, int], Sequence[Row]]
    rows: Callable[[int, int, int], int]
    size: Callable[[Thing], int]


def _drawing(module: ModuleType) -> Drawing:
    return Drawing(module.look, module.draw, module.rows, getattr(module, "size", _CAPACITY))


_CAPACITY: Final = attrgetter("capacity")


_MODULES: Final = (boxes, clock, future, gate, ledger, padlock, pool, sockets, stalls, traffic_light, waiting_room)
_PLAIN: Final = _drawing(box)
_DRAWINGS: Final = {kind: _drawing(module) for module in _MODULES for kind in module.KINDS}
_WITH_PARTS: Final = frozenset({*pool.KINDS, *sockets.KINDS, *waiting_room.KINDS})
"""Kinds that draw their parts in their own way; the others have a row for them."""


def height(thing: Thing, width: int, bands: int = 0) -> int:
    """Return how many rows the picture of an object takes at that width; `bands` as for `draw`."""
    drawing = _DRAWINGS.get(thing.kind, _PLAIN)
    rows = drawing.rows(drawing.size(thing), max(width, NARROWEST), bands)
    return rows + _FRAME + (bool(thing.parts) and thing.kind not in _WITH_PARTS)


def draw(trace: Trace, state: State, thing: Thing, width: int, bands: int = 0) -> Sequence[Row]:
    """Return the picture of an object at a state: `height` rows of `width` cells, but never below `NARROWEST`.

    With `bands`, kinds that draw a crowd have so many more lanes or lines for it.
    """
    drawing = _DRAWINGS.get(thing.kind, _PLAIN)
    wide = max(width, NARROWEST)
    picture = drawing.draw(drawing.look(Scene(trace, state, thing)), wide, bands)
    missing = height(thing, width, bands) - len(picture)
    # A part that a strange trace names but never declares has a row in the stack and none in the picture.
    return (*picture, *(padded(EMPTY, wide) for _ in range(missing))) if missing > 0 else picture
