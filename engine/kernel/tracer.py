"""What the kernel asks of whoever follows the user's lines."""

from types import FrameType
from typing import Protocol


class Tracer(Protocol):
    """Follows user code line by line; `engine.lines` has the one there is."""

    def begin(self) -> None:
        """Trace the current task, which is about to enter the user's code."""

    def resume(self, frame: FrameType) -> None:
        """Trace the current task again, from `frame` outwards."""
