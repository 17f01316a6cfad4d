"""What panes ask of the player. The screen decides what comes of it."""

from dataclasses import dataclass
from typing import Literal

from textual.message import Message

Button = Literal["start", "back", "play", "forward", "end"]


@dataclass
class Seek(Message):
    """Move the cursor to a position of the trace."""

    position: int


@dataclass
class Pressed(Message):
    """A button of the transport bar was clicked."""

    button: Button
