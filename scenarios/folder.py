"""A lesson, read from its folder: `program.py`, `lesson.toml`, and `lesson.en.md` beside its translations."""

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec

from . import costs, machine, signature
from .costs import Cost
from .machine import Machine
from .parameters import Parameter, ParameterError, Value
from .wording import shown
from .words import HEADINGS, Words, WordsError, parse

ENGLISH: Final = "en"

_Table = TypeVar("_Table", bound=msgspec.Struct)

_POSITIVE: Final = msgspec.Meta(gt=0)


class LessonError(Exception):
    """A lesson is broken. The message is one line that names the file and says what is wrong with it."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"{shown(path, 400)}: {' '.join(str(reason).split())}")


class Knob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `lesson.toml` says about one parameter of the program, beyond its signature."""

    label: dict[str, str]
    """Language code to label."""
    help: dict[str, str] = {}
    """Language code to a sentence."""
    choices: dict[str, dict[str, str]] = {}
    """Option of a choice to language code to what it is called there."""
    unit: str = ""
    minimum: int | float | None = None
    maximum: int | float | None = None
    step: Annotated[int, _POSITIVE] | Annotated[float, _POSITIVE] | None = None


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `lesson.toml` says."""

    section: Annotated[int, msgspec.Meta(ge=0)]
    order: int
    hero: str
    tags: tuple[str, ...] = ()
    generators: bool = False
    parameters: dict[str, Any] = {}
    costs: dict[str, str] = {}
    model: dict[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Lesson:
    """A program to learn from. The program and the words are read when they are first asked for."""

    name: str
    folder: Path
    section: int
    """The tutorial's section; 0 for what lies beyond it."""
    order: int
    """Place among the lessons of the section."""
    hero: str
    """Kind of the object to draw first, as "Event"."""
    tags: tuple[str, ...]
    """What it is about, to be found by."""
    generators: bool
    """Whether each generator of its program is shown as a worker."""
    knobs: Mapping[str, Knob]
    """Parameter's name to what `lesson.toml` says about it."""
    costs: Mapping[str, Cost]
    """What calls of the program's functions cost, by their qualified names."""
    model: Machine
    """What is declared of the machine that it is simulated on."""

    @property
    def path(self) -> Path:
        """The program."""
        return self.folder / "program.py"

    @property
    def title(self) -> str:
        """The title in English. Raises LessonError."""
        return self.words().title

    def words(self, lang: str = ENGLISH) -> Words:
        """Return the words in a language ("zh", "zh_CN.UTF-8"), or in English where there are none in it.

        Raises LessonError if they are not laid out as `words.HEADINGS` says.
        """
        code = lang.replace("-", "_").split("_")[0].split(".")[0].casefold()
        return self._words.get(code) or self._words[ENGLISH]

    @cached_property
    def _words(self) -> dict[str, Words]:
        words = {}
        for lang in HEADINGS:
            path = self.folder / f"lesson.{lang}.md"
            if lang == ENGLISH or path.exists():
                try:
                    words[lang] = parse(_text(path), lang)
                except WordsError as error:
                    raise LessonError(path, error) from error
        return words

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the program's `main`, with what `lesson.toml` says about them. Raises LessonError."""
        try:
            found = signature.parameters(_text(self.path))
        except (SyntaxError, ValueError) as error:
            raise LessonError(self.path, error) from error
        for name in self.knobs.keys() - {parameter.name for parameter in found}:
            raise self._wrong(name, "main has no such parameter")
        adjusted = tuple(map(self._adjusted, found))
        try:
            costs.check(self.costs, ast.parse(_text(self.path)))
            machine.check(self.model, adjusted)
        except costs.CostError as error:
            raise LessonError(self.folder / "lesson.toml", f"costs: {error}") from error
        except machine.ModelError as error:
            raise LessonError(self.folder / "lesson.toml", f"model.{error}") from error
        return adjusted

    def machine(self, values: Mapping[str, Value]) -> dict[str, int | bool]:
        """Return the machine that it is simulated on with these values of its parameters. Raises LessonError."""
        defaults = {parameter.name: parameter.default for parameter in self.parameters}
        try:
            return machine.settled(self.model, {**defaults, **values})
        except machine.ModelError as error:
            raise LessonError(self.folder / "lesson.toml", f"model.{error}") from error

    def _adjusted(self, parameter: Parameter) -> Parameter:
        knob = self.knobs.get(parameter.name)
        if knob is None or ENGLISH not in knob.label:
            raise self._wrong(parameter.name, f"label.{ENGLISH} is missing")
        numbers = {"minimum": knob.minimum, "maximum": knob.maximum, "step": knob.step}
        given: dict[str, Any] = {name: number for name, number in numbers.items() if number is not None}
        if given and parameter.type not in ("int", "float"):
            raise self._wrong(parameter.name, f"{min(given)} is for numbers, this is a {parameter.type}")
        if unknown := knob.choices.keys() - set(parameter.choices):
            raise self._wrong(parameter.name, f"there is no choice {shown(min(unknown))}")
        adjusted = replace(parameter, labels=knob.label, helps=knob.help, names=knob.choices, unit=knob.unit, **given)
        try:
            adjusted.check(adjusted.default)
        except ParameterError as error:
            raise self._wrong(parameter.name, f"the default does not fit: {error}") from error
        return adjusted

    def _wrong(self, parameter: str, reason: str) -> LessonError:
        return LessonError(self.folder / "lesson.toml", f"parameters.{parameter}: {reason}")


def load(folder: Path) -> Lesson:
    """Read the facts of the lesson in a folder. Raises LessonError."""
    path = folder / "lesson.toml"
    try:
        table = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(path, error) from error
    facts = _convert(table, Facts, path)
    knobs = {name: _convert(knob, Knob, path, f"parameters.{name}: ") for name, knob in facts.parameters.items()}
    prices, model = _declared(facts, path)
    place = (facts.section, facts.order, facts.hero, facts.tags)
    return Lesson(folder.name, folder, *place, facts.generators, knobs, prices, model)


def _declared(facts: Facts, path: Path) -> tuple[dict[str, Cost], Machine]:
    """Return the costs and the machine that the facts declare."""
    prices = {}
    for name, text in facts.costs.items():
        try:
            prices[name] = costs.cost(text)
        except costs.CostError as error:
            raise LessonError(path, f"costs.{name}: {error}") from error
    try:
        return prices, machine.parse(facts.model)
    except machine.ModelError as error:
        raise LessonError(path, f"model.{error}") from error


def _convert(table: Any, wanted: type[_Table], path: Path, where: str = "") -> _Table:
    try:
        return msgspec.convert(table, wanted)
    except msgspec.ValidationError as error:
        raise LessonError(path, f"{where}{error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise LessonError(path, error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise LessonError(path, f"not UTF-8: {error.reason} at byte {error.start}") from error
