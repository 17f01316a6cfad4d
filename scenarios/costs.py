"""What calls of a program's functions cost, as a person declares it: `work=10s`, `scan=50ns * loops`."""

import ast
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, NamedTuple

from ..locales.words import N_, _
from .wording import shown

UNITS: Final = {"ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000}
"""Nanoseconds in each unit that a duration may have."""

_DURATION: Final = re.compile(r"\s*([0-9]{1,18}(?:\.[0-9]{1,18})?)\s*(ns|us|ms|s)\s*", re.ASCII)
_LARGEST: Final = 2**63 - 1


class CostError(ValueError):
    """No cost, or one that fits no function. The message is one line for the person who declared it."""


class Cost(NamedTuple):
    """What a call of one function costs."""

    nanoseconds: int
    times: str = ""
    """The function's parameter whose value multiplies that, or ""."""


def duration(text: str) -> int:
    """Return a duration such as "10s", "1.5 ms" or "50ns" in nanoseconds. Raises CostError."""
    matched = _DURATION.fullmatch(text)
    if matched is None:
        words = N_("{text}: a number and one of the units ns, us, ms and s is wanted, such as 10s or 1.5ms")
        message = _(words, text=shown(text))
        raise CostError(message)
    nanoseconds = Decimal(matched[1]) * UNITS[matched[2]]
    if nanoseconds % 1:
        raise CostError(_("{text}: whole nanoseconds are wanted", text=shown(text)))
    if nanoseconds > _LARGEST:
        raise CostError(_("{text}: too long, 292 years are all there is", text=shown(text)))
    return int(nanoseconds)


def cost(text: str) -> Cost:
    """Return what a text declares: a duration, or one times the name of a parameter. Raises CostError."""
    length, star, times = text.partition("*")
    times = times.strip()
    if star and not times.isidentifier():
        words = N_("{text}: behind * the name of one of the function's parameters is wanted, as in 50ns * loops")
        message = _(words, text=shown(text))
        raise CostError(message)
    return Cost(duration(length), times)


def declared(assignments: Iterable[str]) -> dict[str, Cost]:
    """Return the costs that the `NAME=DURATION`s of a command line declare. Raises CostError."""
    costs: dict[str, Cost] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        name = name.strip()
        if not equals or not name:
            raise CostError(_("{assignment}: write NAME=DURATION, such as work=10s", assignment=shown(assignment)))
        if name in costs:
            raise CostError(_("the cost of {name} is declared twice", name=shown(name)))
        costs[name] = cost(text)
    return costs


def check(costs: Mapping[str, Cost], tree: ast.Module) -> None:
    """Raise CostError for a cost of a function, or a parameter, that the program has not."""
    functions = dict(_functions(tree, ""))
    for name, each in costs.items():
        if name not in functions:
            close = get_close_matches(name, functions, 1)
            hint = _("; did you mean {name}?", name=close[0]) if close else ""
            words = N_("a cost is declared of {name}, but the program has no such function{hint}")
            raise CostError(_(words, name=shown(name), hint=hint))
        if each.times and each.times not in functions[name]:
            words = N_("the cost of {name} depends on {parameter}, but that is no parameter of it")
            raise CostError(_(words, name=name, parameter=each.times))


def _functions(tree: ast.AST, prefix: str) -> Iterable[tuple[str, set[str]]]:
    """Yield the qualified names of all functions in a tree, with the names of their parameters."""
    for node in ast.iter_child_nodes(tree):
        inner = prefix
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = node.args
            names = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
            yield f"{prefix}{node.name}", names
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{prefix}{node.name}."
        yield from _functions(node, inner)
