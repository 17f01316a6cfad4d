"""What panes ask for about workers. The screen decides what comes of it."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class WorkerPicked(Message):
    """A worker was clicked: the person wants it followed."""

    worker: int
