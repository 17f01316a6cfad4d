"""What is wrong with a lesson, as far as its files tell: everything at once, each on a line of its own."""

import ast
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import fields
from pathlib import Path
from typing import Final

from .folder import Lesson, LessonError, load
from .parameters import Parameter
from .wording import shown
from .words import HEADINGS, Words

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ITEM: Final = re.compile(r"^- ", re.MULTILINE)
_CODE: Final = re.compile(r"`([^`]+)`")
_SETS: Final = {"en": re.compile(r"\bSet (\w+) to "), "zh": re.compile(r"把“(.+?)”(?:调|换)")}
"""How a lesson's words speak of a control, by its label: "Set gap to 0.25 s"."""

_PACKAGE: Final = __name__.partition(".")[0]


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the lesson in a folder, a line each; [] if nothing is."""
    try:
        lesson = load(folder)
    except LessonError as error:
        return [str(error)]
    found = [] if _NAME.fullmatch(lesson.name) else [_name_of(lesson)]
    try:
        parameters = lesson.parameters
    except LessonError as error:
        return [*found, str(error), *_words(lesson, ())]
    return [*found, *_controls(lesson, parameters), *_program(lesson), *_words(lesson, parameters)]


def _name_of(lesson: Lesson) -> str:
    return f"{shown(lesson.folder, 400)}: the folder's name is the lesson's: small letters, digits and single hyphens"


def _controls(lesson: Lesson, parameters: tuple[Parameter, ...]) -> Iterator[str]:
    path = shown(lesson.folder / "lesson.toml", 400)
    if not lesson.tags:
        yield f"{path}: tags is empty, so nobody finds the lesson by what it is about"
    for parameter in parameters:
        said = {"label": parameter.labels, "help": parameter.helps}
        for lang in HEADINGS:
            for what in (what for what, texts in said.items() if not texts.get(lang)):
                yield f"{path}: parameters.{parameter.name}: {what}.{lang} is missing"
        if parameter.type in ("int", "float"):
            for what in ("minimum", "maximum"):
                if getattr(parameter, what) is None:
                    yield f"{path}: parameters.{parameter.name}: {what} is missing, and the control panel needs it"


def _program(lesson: Lesson) -> Iterator[str]:
    path = shown(lesson.path, 400)
    tree = ast.parse(lesson.path.read_text("utf-8"))
    if not ast.get_docstring(tree):
        yield f"{path}: a docstring should say in a line what the program shows"
    if not any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
        yield f"{path}: there is no function main, whose parameters are the lesson's controls"
    for number, name in _imports(tree):
        if name.partition(".")[0] == _PACKAGE:
            yield f"{path}: line {number}: a lesson is a plain program and imports nothing of {_PACKAGE}"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(name)):
                yield node.lineno, name


def _words(lesson: Lesson, parameters: tuple[Parameter, ...]) -> Iterator[str]:
    try:
        words = {lang: lesson.words(lang) for lang in HEADINGS}
    except LessonError as error:
        yield str(error)
        return
    for lang, told in words.items():
        path = shown(lesson.folder / f"lesson.{lang}.md", 400)
        if lang != "en" and told is words["en"]:
            yield f"{path}: missing, so the words are shown in English"
            continue
        named = {choice for parameter in parameters for choice in parameter.names}
        yield from (f"{path}: {problem}" for problem in _against(told, words["en"], named))
        labels = {parameter.label(lang) for parameter in parameters}
        for label in sorted(set(_SETS[lang].findall(told.try_next)) - labels):
            yield f"{path}: {shown(label)} is set in the text, but no control has this label"


def _against(told: Words, english: Words, named: AbstractSet[str]) -> Iterator[str]:
    """Tell where a translation leaves something out or adds something; but for choices that have a name there."""
    for field, heading in zip(fields(Words)[1:], HEADINGS["en"], strict=True):
        here, there = getattr(told, field.name), getattr(english, field.name)
        if len(_ITEM.findall(here)) != len(_ITEM.findall(there)):
            yield f"under “{heading}” there are other list items than in English"
        for code in sorted((set(_CODE.findall(here)) ^ set(_CODE.findall(there))) - named):
            yield f"under “{heading}” `{shown(code)}` stands in one language and not in the other"
