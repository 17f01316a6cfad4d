"""The scripts, modules and traces that were opened last, kept in a small file of the user's.

The file is a convenience: when it is missing, damaged or not writable, the list is short, and nothing else happens.
"""

from pathlib import Path
from typing import Final, Literal

import msgspec
from platformdirs import user_state_path

KEPT: Final = 12
"""How many are remembered."""


class Opened(msgspec.Struct, frozen=True):
    """One thing that was opened."""

    target: str
    """What to open again: an absolute path, or "-m module"."""
    kind: Literal["script", "module", "trace"]


def default_path() -> Path:
    """Return where the list is kept for this user."""
    return user_state_path("concurrency-tui", appauthor=False) / "recent.json"


class Recent:
    """The list, newest first, backed by a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Opened, ...]:
        """Return what was opened, newest first; nothing if the file cannot be read or understood."""
        try:
            entries = msgspec.json.decode(self._path.read_bytes(), type=list[Opened])
        except (OSError, ValueError):
            return ()
        return tuple(entries[:KEPT])

    def add(self, opened: Opened) -> None:
        """Put one in front. A file system that refuses is ignored, and so is a path that is no file, but a device."""
        if self._path.exists() and not self._path.is_file():
            return
        entries = [opened, *(entry for entry in self.read() if entry.target != opened.target)]
        draft = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(entries[:KEPT]))
            draft.replace(self._path)
        except OSError:
            return
