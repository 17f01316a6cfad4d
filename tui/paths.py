"""Paths as a person types them: what they may go on with, and names for new files."""

import os
from itertools import islice
from pathlib import Path
from typing import Final

from textual.suggester import Suggester

SUFFIXES: Final = (".py", ".jsonl")
"""What can be opened: scripts and traces."""

SEEN: Final = 2000
"""How many entries of a folder are looked at."""


def completions(text: str) -> list[str]:
    """Return the paths that what is typed may become: folders, scripts and traces, in order."""
    folder, stem = os.path.split(os.path.expanduser(text))
    typed = text[: len(text) - len(stem)]
    try:
        with os.scandir(folder or ".") as entries:
            found = [
                typed + entry.name + ("/" if entry.is_dir() else "")
                for entry in islice(entries, SEEN)
                if entry.name.startswith(stem)
                and (stem or not entry.name.startswith("."))
                and (entry.is_dir() or entry.name.endswith(SUFFIXES))
            ]
    except OSError:
        return []
    return sorted(found, key=lambda path: (path.endswith("/"), path))


class PathSuggester(Suggester):
    """Completes a path to the first that fits."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed path."""
        return next(iter(completions(value)), None) if value else None


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path that no file has: the stem and suffix, with a number between them if need be."""
    path, number = folder / f"{stem}{suffix}", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}{suffix}", number + 1
    return path
