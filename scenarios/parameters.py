"""The parameters of a program's `main`: what each may be, and how a value is written in Python."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, Literal, NoReturn

from ..locales.words import N_, _
from .wording import shown

Type = Literal["int", "float", "bool", "str", "choice"]

Value = bool | int | float | str
"""A value of a parameter. That of a choice is the text of the option, whatever Python object it stands for."""

TRUE: Final = ("true", "yes", "on", "1")
FALSE: Final = ("false", "no", "off", "0")

LARGEST: Final = 2**63 - 1
"""Whole numbers fit into 64 bits, so that the header of a trace can hold them."""


class ParameterError(ValueError):
    """A value that a parameter cannot have. The message is one line for the person who gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of `main` that has a default, so that it can be set from outside."""

    name: str
    type: Type
    default: Value
    choices: tuple[str, ...] = ()
    """The options of a choice, as a person names them."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What an option is called, by language code, where that is not its own text."""
    sources: tuple[str, ...] = ()
    """The options of a choice, as Python expressions."""
    minimum: int | float | None = None
    maximum: int | float | None = None
    above_minimum: bool = False
    """Whether the minimum itself is out of bounds."""
    below_maximum: bool = False
    """Whether the maximum itself is out of bounds."""
    step: int | float | None = None
    """By how much one key press changes a number."""
    unit: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Language code to label."""
    help: str = ""
    """A sentence that the program itself says about it."""
    helps: Mapping[str, str] = field(default_factory=dict)
    """Language code to a sentence about it."""

    def label(self, lang: str = "en") -> str:
        """Return what to call it in this language, else in English, else its name in words."""
        return self.labels.get(lang) or self.labels.get("en") or self.name.replace("_", " ")

    def named(self, choice: str, lang: str = "en") -> str:
        """Return what to call an option in this language, else as the program has it."""
        return self.names.get(choice, {}).get(lang, choice)

    def explanation(self, lang: str = "en") -> str:
        """Return a sentence about it in this language, else in English, else what the program says, which may be ""."""
        return self.helps.get(lang) or self.helps.get("en") or self.help

    def check(self, value: Value) -> Value:
        """Return the value, or the one that a text stands for. Raises ParameterError for a wrong type or size."""
        match self.type:
            case "int":
                return self._within(self._whole(value))
            case "float":
                return self._within(self._number(value))
            case "bool":
                return self._truth(value)
            case "str":
                return value if isinstance(value, str) else self._refuse(value, _("a text is wanted"))
            case "choice":
                return self._option(value)

    def expression(self, value: Value) -> str:
        """Return Python source for a checked value, valid where the default stands: `20`, `'fast'`, `Colour.RED`."""
        if self.type == "choice":
            return self.sources[self.choices.index(str(value))]
        return repr(value)

    def bounds(self) -> str:
        """Return the bounds in words: "at least 1 and at most 500", "more than 0 s", or "" if there are none."""
        words = []
        if self.minimum is not None:
            words.append(
                _(N_("more than {bound}") if self.above_minimum else N_("at least {bound}"), bound=self.minimum)
            )
        if self.maximum is not None:
            words.append(
                _(N_("less than {bound}") if self.below_maximum else N_("at most {bound}"), bound=self.maximum)
            )
        return _(" and ").join(words) + (f" {self.unit}" if words and self.unit else "")

    def _whole(self, value: Value) -> int:
        try:
            number = value if isinstance(value, int) else int(str(value))
        except ValueError:
            self._refuse(value, _("a whole number is wanted"))
        if isinstance(value, bool):
            self._refuse(value, _("a whole number is wanted"))
        return number if abs(number) <= LARGEST else self._refuse(value, _("too large, 64 bits are all there is"))

    def _number(self, value: Value) -> float:
        try:
            number = math.nan if isinstance(value, bool) else float(value)
        except (ValueError, OverflowError):
            number = math.nan
        return number if math.isfinite(number) else self._refuse(value, _("a finite number is wanted"))

    def _within(self, number: int | float) -> int | float:  # noqa: PYI041 - an int stays an int
        low, high = self.minimum, self.maximum
        fits = (low is None or number > low or (number == low and not self.above_minimum)) and (
            high is None or number < high or (number == high and not self.below_maximum)
        )
        return number if fits else self._refuse(number, _("out of bounds, it must be {bounds}", bounds=self.bounds()))

    def _truth(self, value: Value) -> bool:
        word = str(value).strip().casefold()
        if word in TRUE:
            return True
        return False if word in FALSE else self._refuse(value, _("true or false is wanted"))

    def _option(self, value: Value) -> str:
        text = str(value)
        if text in self.choices:
            return text
        options = ", ".join(shown(choice) for choice in self.choices)
        close = get_close_matches(text, self.choices, 1)
        hint = _("; did you mean {name}?", name=shown(close[0])) if close else ""
        return self._refuse(value, _("one of these is wanted: {options}{hint}", options=options, hint=hint))

    def _refuse(self, value: Value, reason: str) -> NoReturn:
        raise ParameterError(f"{self.name} = {shown(value)}: {reason}")


def settings(parameters: Iterable[Parameter], assignments: Iterable[str]) -> dict[str, Value]:
    """Return what the `NAME=VALUE`s of a command line set. Raises ParameterError for one that is wrong or repeated."""
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Value] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ParameterError(_("{assignment}: write NAME=VALUE", assignment=shown(assignment)))
        if name not in known:
            raise ParameterError(_unknown(name, list(known)))
        if name in values:
            raise ParameterError(
                _(
                    "{name} is set twice: to {first} and to {second}",
                    name=name,
                    first=shown(values[name]),
                    second=shown(text),
                )
            )
        values[name] = known[name].check(text)
    return values


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return _("there is no parameter {name}: the program has none that can be set", name=shown(name))
    close = get_close_matches(name, known, 1)
    hint = _("did you mean {name}? ", name=close[0]) if close else ""
    return _(
        "there is no parameter {name}; {hint}there are: {known}", name=shown(name), hint=hint, known=", ".join(known)
    )
