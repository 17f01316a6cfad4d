"""What a person names on the command line: a lesson, a script, a module, or a saved trace."""

import os
import re
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from . import catalogue, module, signature, source
from .folder import load
from .parameters import Parameter
from .wording import shown

TRACE: Final = re.compile(rb'\s*\{.*"format"\s*:\s*"concurrency-tui trace"')
"""The beginning of a saved trace, whole or cut off."""

BEGINNING: Final = 4096
"""Bytes in which a trace says what it is."""


class TargetError(Exception):
    """What was named cannot be opened. The message is one line for the person who named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A program to run, or a trace of one that ran."""

    kind: Literal["lesson", "script", "module", "trace"]
    name: str
    """What names it again: a lesson's name, a path as it was given (a lesson's folder, too), or "-m module"."""
    path: Path | None = None
    """The file: the program's source, or the trace."""
    module: str | None = None
    lesson: catalogue.Lesson | None = None
    parameters: tuple[Parameter, ...] = ()
    """What can be set; a trace has none of its own."""


def resolve(text: str) -> Target:
    """Return what is named by a lesson's name or folder, a path, or `-m MODULE`. Raises TargetError.

    A lesson wins over a file of the same name in the present folder; `./NAME` is the file. Nothing is run or imported.
    """
    try:
        if text.startswith("-m"):
            return _module(text[2:].strip())
        if text in catalogue.names():
            return of_lesson(catalogue.lesson(text), text)
        return _file(text)
    except (catalogue.LessonError, source.SourceError) as error:
        raise TargetError(str(error)) from error
    except OSError as error:
        raise TargetError(f"{shown(text, 400)}: {error.strerror or error}") from error


def of_lesson(lesson: catalogue.Lesson, name: str) -> Target:
    """Return a lesson as what is to be run. Raises LessonError."""
    return Target(kind="lesson", name=name, path=lesson.path, lesson=lesson, parameters=lesson.parameters)


def _module(name: str) -> Target:
    if not all(name.split(".")):
        raise TargetError(f"-m {shown(name)}: write the name of a module, such as package.module")
    try:
        path = module.find(name)
    except LookupError as error:
        hint = "; without -m it would be a file" if name.endswith(".py") else ""
        raise TargetError(f"-m {shown(name)}: {error.args[0]}{hint}") from error
    parameters = signature.of_tree(source.read(path, str(path)))
    return Target(kind="module", name=f"-m {name}", path=path, module=name, parameters=parameters)


def _file(text: str) -> Target:
    path = Path(text)
    name = shown(text, 400)
    try:
        mode = path.stat().st_mode if text else 0
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise TargetError(_missing(text)) from error
    if stat.S_ISDIR(mode) and (path / "lesson.toml").is_file():
        return of_lesson(load(path), text)
    if stat.S_ISDIR(mode):
        hint = f", such as {path / '__main__.py'}" if (path / "__main__.py").is_file() else ""
        raise TargetError(f"{name} is a folder; name a file in it{hint}")
    if not stat.S_ISREG(mode):
        raise TargetError(f"{name} is not a file" if text else "name a lesson, a script, or a saved trace")
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if TRACE.match(beginning):
        return Target(kind="trace", name=text, path=path)
    if path.suffix != ".py" and beginning.lstrip().startswith(b"{"):
        raise TargetError(f"{name} is neither a Python script nor a saved trace")
    return Target(kind="script", name=text, path=path, parameters=signature.of_tree(source.read(path, text)))


def _missing(text: str) -> str:
    """Say that there is no such thing, and what was perhaps meant."""
    folder, file = os.path.split(text)
    could_be_lesson = not folder and not file.endswith(".py")
    try:
        neighbours = os.listdir(folder or ".")
    except (OSError, ValueError):
        neighbours = []
    close = [os.path.join(folder, name) for name in get_close_matches(file, neighbours, 2)]
    if could_be_lesson:
        close = [*get_close_matches(text, catalogue.names(), 2), *close]
    problem = f"there is no {'lesson or ' if could_be_lesson else ''}file {shown(text, 400)}"
    if close:
        return f"{problem}; did you mean {' or '.join(shown(name, 400) for name in close)}?"
    return f"{problem}; `concurrency-tui list` shows the lessons" if could_be_lesson else problem
