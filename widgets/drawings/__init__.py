"""Pictures of the objects that workers meet at, one module a kind.

Every such module has `look(scene)`, which gathers what the picture shows into a frozen record, `draw(record, width,
bands)`, which makes the rows of the picture and is kept by its inputs, and `rows(capacity, width, bands)`, which knows
how many rows those will be inside the frame. That depends on the kind and size of the object only, never on what goes
on, so that a stack of pictures does not jump while a run plays. The size is the object's capacity, unless the module
has a `size(thing)`. A module with `OWN_PARTS` draws an object's parts in its own way; the others have a row for them.

A module is imported when the first object of its kind is drawn, because most runs need one or two of them.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, Final, NamedTuple

from ...trace.state import State, Thing
from ...trace.store import Trace
from .ink import EMPTY, Row, padded
from .scene import Scene

NARROWEST: Final = 16
"""The least width that a picture is drawn at; a narrower place shows the left part."""

_FRAME: Final = 2
"""Rows of the frame."""


_MODULES: Final = {
    "Barrier": "gate",
    "BoundedSemaphore": "stalls",
    "CPU": "cores",
    "Condition": "waiting_room",
    "Event": "traffic_light",
    "Future": "future",
    "GIL": "gil",
    "LifoQueue": "boxes",
    "Lock": "padlock",
    "Pool": "pool",
    "PriorityQueue": "boxes",
    "ProcessPoolExecutor": "pool",
    "Queue": "boxes",
    "RLock": "padlock",
    "Semaphore": "stalls",
    "SimpleQueue": "boxes",
    "ThreadPool": "pool",
    "ThreadPoolExecutor": "pool",
    "Timer": "clock",
    "socket": "sockets",
    "variable": "ledger",
}
"""Type names to the modules that draw them; `box` draws every other one."""


class Drawing(NamedTuple):
    """How objects of one kind are drawn."""

    look: Callable[[Scene], Hashable]
    draw: Callable[[Any, int, int], Sequence[Row]]
    rows: Callable[[int, int, int], int]
    size: Callable[[Thing], int]
    own_parts: bool


_CAPACITY: Final = attrgetter("capacity")


def _drawing(kind: str) -> Drawing:
    return _loaded(_MODULES.get(kind, "box"))


@cache
def _loaded(name: str) -> Drawing:
    module = import_module(f".{name}", __package__)
    size = getattr(module, "size", _CAPACITY)
    return Drawing(module.look, module.draw, module.rows, size, getattr(module, "OWN_PARTS", False))


def size(thing: Thing) -> tuple[int, bool]:
    """Return what the height of an object's picture depends on besides its kind and the room there is."""
    return _drawing(thing.kind).size(thing), not thing.parts


def height(thing: Thing, width: int, bands: int = 0) -> int:
    """Return how many rows the picture of an object takes at that width; `bands` as for `draw`."""
    drawing = _drawing(thing.kind)
    rows = drawing.rows(drawing.size(thing), max(width, NARROWEST), bands)
    return rows + _FRAME + (bool(thing.parts) and not drawing.own_parts)


def draw(trace: Trace, state: State, thing: Thing, width: int, bands: int = 0) -> Sequence[Row]:
    """Return the picture of an object at a state: `height` rows of `width` cells, but never below `NARROWEST`.

    With `bands`, kinds that draw a crowd have so many more lanes or lines for it.
    """
    drawing = _drawing(thing.kind)
    wide = max(width, NARROWEST)
    picture = drawing.draw(drawing.look(Scene(trace, state, thing)), wide, bands)
    missing = height(thing, width, bands) - len(picture)
    # A part that a strange trace names but never declares has a row in the stack and none in the picture.
    return (*picture, *(padded(EMPTY, wide) for _ in range(missing))) if missing > 0 else picture
