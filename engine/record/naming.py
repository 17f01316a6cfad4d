"""What the program calls an object: found among its globals, locals and attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FrameType, ModuleType
from typing import Any

from .frames import is_user_file

MEMBERS = 256
"""How far into a list, tuple or dictionary a name is looked for."""


def _in_container(value: object, wanted: object) -> str | None:
    """Return how to index `value` to get `wanted`, as "[2]" or "['left']"."""
    if type(value) in (list, tuple):
        for index, item in enumerate(value[:MEMBERS]):  # type: ignore[index]
            if item is wanted:
                return f"[{index}]"
    elif type(value) is dict:
        for _, (key, item) in zip(range(MEMBERS), value.items(), strict=False):
            if item is wanted and isinstance(key, str | int):
                return f"[{key!r}]"
    return None


def _attribute(value: object, wanted: object) -> str | None:
    """Return the instance attribute of `value` that is `wanted`, as ".lock", without running any of its code."""
    try:
        attributes = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    if type(attributes) is not dict:
        return None
    for name, item in attributes.items():
        if item is wanted:
            return f".{name}"
        inner = _in_container(item, wanted)
        if inner is not None:
            return f".{name}{inner}"
    return None


def _direct(scope: Mapping[str, Any], wanted: object) -> list[str]:
    return [name for name, value in scope.items() if value is wanted and not name.startswith("__")]


def _indirect(scope: Mapping[str, Any], wanted: object, known: Mapping[str, Any]) -> str | None:
    for name, value in scope.items():
        if name.startswith("__") or isinstance(value, ModuleType | type):
            continue
        suffix = _in_container(value, wanted) or _attribute(value, wanted)
        if suffix is None:
            continue
        if name == "self":
            # `self` says little on a picture: prefer the global that is this object, else its class.
            outer = _direct(known, value)
            return (outer[0] if outer else type(value).__name__) + suffix
        return name + suffix
    return None


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        if is_user_file(frame.f_code.co_filename):
            yield frame
        frame = frame.f_back


def find_name(wanted: object, program: Mapping[str, Any], frame: FrameType | None) -> str | None:
    """Return the program's name for `wanted`, or None while it has none.

    Looks at the program's globals first ("mutexA = mutexB" when two name one object), then at the locals of the user's
    frames from `frame` outwards (closures included) and at their modules' globals, then one step deeper: items and
    attributes ("forks[2]", "bank.lock"). No code of the program is run.
    """
    names = _direct(program, wanted)
    if names:
        return " = ".join(names)
    frames = list(_frames(frame))
    functions: list[Mapping[str, Any]] = [candidate.f_locals for candidate in frames]
    modules: list[Mapping[str, Any]] = [each.f_globals for each in frames if each.f_globals is not program]
    for scope in [*functions, *modules]:
        names = [name for name in _direct(scope, wanted) if name != "self"]
        if names:
            return names[0]
    for scope in [*functions, program, *modules]:
        name = _indirect(scope, wanted, program)
        if name is not None:
            return name
    return None
