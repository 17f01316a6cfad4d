"""What calls of a program's functions cost, as a person declares it: `work=10s`, `scan=50ns * loops`."""

import ast
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, NamedTuple

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
        message = f"{shown(text)}: a number and one of the units ns, us, ms and s is wanted, such as 10s or 1.5ms"
        raise CostError(message)
    nanoseconds = Decimal(matched[1]) * UNITS[matched[2]]
    if nanoseconds % 1:
        raise CostError(f"{shown(text)}: whole nanoseconds are wanted")
    if nanoseconds > _LARGEST:
        raise CostError(f"{shown(text)}: too long, 292 years are all there is")
    return int(nanoseconds)


def cost(text: str) -> Cost:
    """Return what a text declares: a duration, or one times the name of a parameter. Raises CostError."""
    length, star, times = text.partition("*")
    times = times.strip()
    if star and not times.isidentifier():
        message = f"{shown(text)}: behind * the name of one of the function's parameters is wanted, as in 50ns * loops"
        raise CostError(message)
    return Cost(duration(length), times)


def declared(assignments: Iterable[str]) -> dict[str, Cost]:
    """Return the costs that the `NAME=DURATION`s of a command line declare. Raises CostError."""
    costs: dict[str, Cost] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        name = name.strip()
        if not equals or not name:
            raise CostError(f"{shown(assignment)}: write NAME=DURATION, such as work=10s")
        if name in costs:
            raise CostError(f"the cost of {shown(name)} is declared twice")
        costs[name] = cost(text)
    return costs


def check(costs: Mapping[str, Cost], tree: ast.Module) -> None:
    """Raise CostError for a cost of a function, or a parameter, that the program has not."""
    functions = dict(_functions(tree, ""))
    for name, each in costs.items():
        if name not in functions:
            close = get_close_matches(name, functions, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise CostError(f"a cost is declared of {shown(name)}, but the program has no such function{hint}")
        if each.times and each.times not in functions[name]:
            raise CostError(f"the cost of {name} depends on {each.times}, but that is no parameter of it")


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
