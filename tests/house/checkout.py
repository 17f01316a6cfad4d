"""What the project consists of: the files that git has, or would take."""

import subprocess
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("engine", "locales", "scenarios", "trace", "tui", "widgets")
"""The folders that are shipped."""

AT_THE_ROOT: Final = ("__init__.py", "__main__.py", "py.typed")
"""The files beside the rooms that are shipped."""


@cache
def files() -> tuple[str, ...]:
    """Return the paths of all files of the project, relative to its root, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = {path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()}
    return tuple(sorted(paths))


def shipped() -> tuple[str, ...]:
    """Return the files that a person who installs the project must get."""
    return tuple(path for path in files() if path in AT_THE_ROOT or path.split("/")[0] in ROOMS)


def modules() -> tuple[str, ...]:
    """Return the modules of the rooms. A lesson's program is data: it is what a person would write."""
    return tuple(
        path
        for path in shipped()
        if path.endswith(".py") and not (path.startswith("scenarios/") and path.endswith("/program.py"))
    )


def text(path: str) -> str:
    """Return a file's content."""
    return (ROOT / path).read_text(encoding="utf-8")
