"""The parameters of a program, read from the signature of its `main`. The program is parsed and never run."""

import ast
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from .annotation import SIMPLE, Domain, constant, domain, enum
from .names import Names
from .parameters import Parameter, ParameterError, Value

FINEST: Final = 1e-9
"""Defaults closer to zero than this get the step of this one."""


def parameters(source: str) -> tuple[Parameter, ...]:
    """Return the parameters of the top-level `main` that have a default and a type that can be set from outside.

    These are int, float, bool, str, Literal, an enum of the same file, each also inside Annotated with bounds; without
    an annotation the default tells the type. Others are left alone and keep their default. Raises SyntaxError.
    """
    return of_tree(ast.parse(source))


def of_tree(tree: ast.Module) -> tuple[Parameter, ...]:
    """Return the parameters of a program that is parsed already, as `parameters` does."""
    mains = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "main"
    ]
    if not mains:
        return ()
    names = Names(tree)
    found = (_parameter(argument, names.resolve(default), names) for argument, default in _defaults(mains[-1].args))
    return tuple(parameter for parameter in found if parameter is not None)


def _defaults(signature: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    positional = [*signature.posonlyargs, *signature.args]
    yield from zip(positional[len(positional) - len(signature.defaults) :], signature.defaults, strict=True)
    for argument, default in zip(signature.kwonlyargs, signature.kw_defaults, strict=True):
        if default is not None:
            yield argument, default


def _parameter(argument: ast.arg, default: ast.expr, names: Names) -> Parameter | None:
    """Return the parameter, or None if its type cannot be set or its default is not of that type."""
    try:
        allowed = domain(argument.annotation, names) if argument.annotation else _domain_of(default, names)
    except (SyntaxError, RecursionError):
        return None
    value = None if allowed is None else _value(default, allowed)
    if allowed is None or value is None:
        return None
    parameter = Parameter(name=argument.arg, default=value, **allowed)
    try:
        parameter.check(value)
    except ParameterError:
        return None
    return replace(parameter, step=_step(value))


def _domain_of(default: ast.expr, names: Names) -> Domain | None:
    """Return what a parameter without annotation may be: whatever is of the type of its default."""
    match default:
        case ast.Attribute(value=ast.Name(id=name)):
            return enum(name, names)
        case _:
            name = type(constant(default)).__name__
            return {"type": name} if name in SIMPLE else None


def _value(default: ast.expr, allowed: Domain) -> Value | None:
    """Return the default as a value of the parameter, or None if it is of another type."""
    if allowed["type"] == "choice":
        source = ast.unparse(default)
        return next(
            (text for text, option in zip(allowed["choices"], allowed["sources"], strict=True) if option == source),
            None,
        )
    value = constant(default)
    if allowed["type"] == "float" and type(value) is int:
        return float(value)
    return value if type(value).__name__ == allowed["type"] else None  # type: ignore[return-value]


def _step(default: Value) -> int | float | None:
    """Return a sensible step for a number: 1 for a whole one, else a power of ten about a tenth of the default."""
    if isinstance(default, bool | str):
        return None
    if isinstance(default, int):
        return 1
    return 10.0 ** math.floor(math.log10(max(abs(default), FINEST) / 5)) if default else 0.1
