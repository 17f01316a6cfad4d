"""What a control panel is made of, as plain data: its rows, what each accepts, and the message that one has changed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from textual.message import Message

from ..locales.words import _, pgettext

ControlKind = Literal["int", "float", "bool", "str", "choice"]
Setting = bool | int | float | str

LONGEST_TEXT = 10_000
"""Characters that a text may have."""


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that a person can set. Numbers may have bounds, a step and a unit; a choice has its choices."""

    name: str
    """Stays the same in every language: what messages are about."""
    label: str
    kind: ControlKind
    value: Setting
    choices: tuple[Setting, ...] = ()
    names: tuple[str, ...] = ()
    """What each of the choices is called, if not by its value."""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    """How far one key press goes; 1 for whole numbers and a tenth for others where there is none."""
    unit: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Some controls under a title."""

    title: str
    controls: tuple[Control, ...]


@dataclass
class ControlChanged(Message):
    """A person has set a control to another value, which is in its bounds."""

    name: str
    value: Setting


class ControlError(ValueError):
    """What was typed cannot be a control's value; the message says why in one short line."""


def read(control: Control, text: str) -> Setting:
    """Return the value that `text` stands for.

    Raises:
        ControlError: If it is none that the control accepts.
    """
    text = text.strip()
    match control.kind:
        case "int" | "float":
            return _within(control, _number(control, text))
        case "bool":
            return _truth(text)
        case "choice":
            for choice in control.choices:
                if text in (str(choice), shown(control, choice)):
                    return choice
            raise ControlError(
                _("one of {choices}", choices=", ".join(shown(control, each) for each in control.choices))
            )
        case "str":
            if len(text) > LONGEST_TEXT:
                raise ControlError(_("at most {count:,} characters", count=LONGEST_TEXT))
            return text


def stepped(control: Control, by: int) -> Setting:
    """Return the value that lies `by` steps from the present one, within bounds; choices and switches go around."""
    value = control.value
    match control.kind:
        case "bool":
            return not value if by % 2 else value
        case "choice":
            return control.choices[(_place(control.choices, value) + by) % len(control.choices)]
        case "int" | "float":
            step = control.step or (1 if control.kind == "int" else 0.1)
            # Decimals, because 0.1 three times over must be 0.3.
            far = Decimal(str(value)) + Decimal(str(step)) * by
            low = Decimal(str(control.minimum)) if control.minimum is not None else far
            high = Decimal(str(control.maximum)) if control.maximum is not None else far
            far = max(min(far, high), low)
            return int(far) if control.kind == "int" else float(far)
        case "str":
            return value


def shown(control: Control, value: Setting) -> str:
    """Return a value as a person reads it, with its unit."""
    if control.kind == "bool":
        return pgettext("switch", "on") if value else pgettext("switch", "off")
    if control.names:
        return control.names[_place(control.choices, value)]
    if not control.unit:
        return str(value)
    return f"{value} {control.unit}" if control.unit[0].isalpha() else f"{value}{control.unit}"


def _number(control: Control, text: str) -> int | float:
    if control.unit and text.endswith(control.unit):
        text = text.removesuffix(control.unit).strip()
    try:
        number = int(text) if control.kind == "int" else float(text)
    except ValueError:
        raise ControlError(_("not a whole number") if control.kind == "int" else _("not a number")) from None
    if not math.isfinite(number):
        raise ControlError(_("not a finite number"))
    return number


def _within(control: Control, number: float) -> int | float:
    unit = f" {control.unit}" if control.unit else ""
    if control.minimum is not None and number < control.minimum:
        raise ControlError(_("at least {minimum:g}{unit}", minimum=control.minimum, unit=unit))
    if control.maximum is not None and number > control.maximum:
        raise ControlError(_("at most {maximum:g}{unit}", maximum=control.maximum, unit=unit))
    return number


_TRUTHS = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


def _truth(text: str) -> bool:
    spoken = {pgettext("switch", "on"): True, pgettext("switch", "off"): False}
    try:
        return (_TRUTHS | spoken)[text.lower()]
    except KeyError:
        raise ControlError(_("on or off")) from None


def _place(choices: Sequence[Setting], value: Setting) -> int:
    """Return the place of a value among choices, the first where it is none of them; 1, 1.0 and True are different."""
    for place, choice in enumerate(choices):
        if type(choice) is type(value) and choice == value:
            return place
    return 0
