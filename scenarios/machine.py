"""The machine that a lesson is simulated on, as its `[model]` declares it, by values or by the lesson's parameters."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from ..locales.words import N_, _
from .costs import UNITS, CostError, duration
from .parameters import Parameter, Value
from .wording import shown

_DURATIONS: Final = ("switch_interval", "thread_start", "process_start")
NAMES: Final = ("cores", "gil", *_DURATIONS)
"""What can be declared of the machine."""

_POSITIVE: Final = ("cores", "switch_interval")
_LARGEST: Final = 2**63 - 1
_BOUND: Final = re.compile(r"\{(\w+)\}")
_TYPES: Final = {"cores": ("int",), "gil": ("bool",), **dict.fromkeys(_DURATIONS, ("int", "float"))}


class ModelError(ValueError):
    """This cannot be declared of a machine. The message is one line for the person who did."""


class Bound(NamedTuple):
    """Stands for the value of one of the lesson's parameters; for a duration, a number of seconds."""

    parameter: str


Machine = Mapping[str, int | bool | Bound]
"""Some of `NAMES`, with their values; durations are in nanoseconds."""


def parse(table: Mapping[str, Any]) -> Machine:
    """Return what a table declares. Raises ModelError."""
    return {name: _value(name, given) for name, given in table.items()}


def check(machine: Machine, parameters: Iterable[Parameter]) -> None:
    """Raise ModelError for something that is bound to no parameter, or to one whose values no machine can have."""
    known = {parameter.name: parameter for parameter in parameters}
    for name, value in machine.items():
        if not isinstance(value, Bound):
            continue
        parameter = known.get(value.parameter)
        if parameter is None or parameter.type not in _TYPES[name]:
            wanted = _(" or ").join(_TYPES[name])
            words = N_("{name}: main has no parameter {parameter} of the type {wanted}")
            raise ModelError(_(words, name=name, parameter=value.parameter, wanted=wanted))
        least = parameter.minimum
        if name != "gil" and (least is None or least < 0 or (least == 0 and name in _POSITIVE)):
            positive = N_("{name}: the parameter {parameter} needs a minimum above 0")
            words = (
                positive if name in _POSITIVE else N_("{name}: the parameter {parameter} needs a minimum of 0 or more")
            )
            raise ModelError(_(words, name=name, parameter=value.parameter))


def settled(machine: Machine, values: Mapping[str, Value]) -> dict[str, int | bool]:
    """Return the machine for some values of the parameters. Raises ModelError for a value that no machine has."""
    return {
        name: _checked(name, _seconds(name, values[value.parameter])) if isinstance(value, Bound) else value
        for name, value in machine.items()
    }


def _value(name: str, given: Any) -> int | bool | Bound:
    if name not in NAMES:
        raise ModelError(_("{name}: a machine has only {names}", name=shown(name), names=", ".join(NAMES)))
    bound = _BOUND.fullmatch(given) if isinstance(given, str) else None
    if bound is not None:
        return Bound(bound[1])
    if name in _DURATIONS:
        try:
            return _checked(name, duration(str(given)))
        except CostError as error:
            raise ModelError(f"{name}: {error}") from error
    return _checked(name, given)


def _seconds(name: str, value: Value) -> Value:
    """Return the value of a parameter as the machine counts: durations are in seconds there, in nanoseconds here."""
    if name not in _DURATIONS or not isinstance(value, int | float):
        return value
    return max(min(round(value * UNITS["s"]), _LARGEST), int(name in _POSITIVE))


def _checked(name: str, value: Any) -> int | bool:
    if name == "gil":
        if not isinstance(value, bool):
            raise ModelError(_("gil: true or false is wanted, not {value}", value=shown(value)))
        return value
    least = int(name in _POSITIVE)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        words = N_("{name}: a duration above 0 is wanted, not {value}")
        if name == "cores":
            words = N_("{name}: a whole number, at least 1, is wanted, not {value}")
        elif not least:
            words = N_("{name}: a duration is wanted, not {value}")
        raise ModelError(_(words, name=name, value=shown(value)))
    return value
