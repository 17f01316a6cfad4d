"""Colours that tell workers apart where a name has no room: who has a GIL or is on a core."""

from typing import Final

from ..trace.events import NONE

HUES: Final = 6
"""Colours there are; further workers take them in turn again."""


def hue(worker: int) -> str:
    """Return the name of a worker's colour, the same on every lane and picture; nobody has that of the pane."""
    return "pane" if worker == NONE else f"holder-{worker % HUES}"
