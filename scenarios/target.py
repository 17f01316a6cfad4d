"""What a person names on the command line: a lesson, a script, a module, or a saved trace."""

import os
import re
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from ..locales.words import N_, _
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
        raise TargetError(_("-m {name}: write the name of a module, such as package.module", name=shown(name)))
    try:
        path = module.find(name)
    except LookupError as error:
        hint = _("; without -m it would be a file") if name.endswith(".py") else ""
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
        hint = _(", such as {path}", path=path / "__main__.py") if (path / "__main__.py").is_file() else ""
        raise TargetError(_("{name} is a folder; name a file in it{hint}", name=name, hint=hint))
    if not stat.S_ISREG(mode):
        raise TargetError(
            _("{name} is not a file", name=name) if text else _("name a lesson, a script, or a saved trace")
        )
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if TRACE.match(beginning):
        return Target(kind="trace", name=text, path=path)
    if path.suffix != ".py" and beginning.lstrip().startswith(b"{"):
        raise TargetError(_("{name} is neither a Python script nor a saved trace", name=name))
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
    problem = _(
        N_("there is no lesson or file {name}") if could_be_lesson else N_("there is no file {name}"),
        name=shown(text, 400),
    )
    if close:
        return _(
            "{problem}; did you mean {names}?",
            problem=problem,
            names=_(" or ").join(shown(name, 400) for name in close),
        )
    return _("{problem}; `concurrency-tui list` shows the lessons", problem=problem) if could_be_lesson else problem
