"""The lessons that come with the program, in their order."""

from functools import cache
from pathlib import Path
from typing import Final

from .folder import Lesson, LessonError, load

__all__ = ["FOLDER", "Lesson", "LessonError", "lesson", "lessons", "names"]

FOLDER: Final = Path(__file__).parent
"""Where the lessons are, one folder each."""


def names() -> tuple[str, ...]:
    """Return the names of all lessons, in alphabetical order, without reading any."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/lesson.toml")))


@cache
def lesson(name: str) -> Lesson:
    """Return the lesson of this name. Raises KeyError if there is none, LessonError if its facts are broken."""
    if name not in names():
        raise KeyError(name)
    return load(FOLDER / name)


@cache
def lessons() -> tuple[Lesson, ...]:
    """Return the lessons in the tutorial's order, then those beyond it. Raises LessonError if one has broken facts."""
    return tuple(sorted(map(lesson, names()), key=lambda one: (one.section == 0, one.section, one.order, one.name)))
