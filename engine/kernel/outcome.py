"""How a run ends."""

from typing import NamedTuple

from .deadlock import Stuck


class Outcome(NamedTuple):
    """How a run ended."""

    name: str
    """ "finished", "failed", "deadlock", "limit: " with the limit's name, or "mismatch: " with what does not fit."""
    status: int
    """The exit status that the program itself asked for, or 1 after an uncaught exception in its main thread."""
    stuck: tuple[Stuck, ...] = ()
