"""What an annotation lets a parameter be, read from its syntax tree."""

import ast
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from .names import Names

SIMPLE: Final = ("int", "float", "bool", "str")

POSITIONAL: Final = {"Ge": "ge", "Gt": "gt", "Le": "le", "Lt": "lt"}
"""Bounds of annotated_types that take one value, and the keyword that says the same."""

BOUNDS: Final = {
    "ge": ("minimum", "above_minimum", False),
    "gt": ("minimum", "above_minimum", True),
    "le": ("maximum", "below_maximum", False),
    "lt": ("maximum", "below_maximum", True),
}
"""The keywords of `annotated_types.Interval`, and which fields of a Parameter they set."""

Domain = dict[str, Any]
"""Fields of a Parameter: its type, and what narrows it."""


def domain(annotation: ast.expr, names: Names) -> Domain | None:
    """Return what the annotation allows, or None if that cannot be set from outside."""
    annotation = names.resolve(annotation)
    match annotation:
        case ast.Constant(value=str(quoted)):
            return domain(ast.parse(quoted, mode="eval").body, names)
        case ast.Subscript(value=generic, slice=ast.Tuple(elts=[inner, *metadata])) if _is(generic, "Annotated", names):
            allowed = domain(inner, names)
            return None if allowed is None else allowed | _narrowed(metadata, names)
        case ast.Subscript(value=generic, slice=ast.Tuple(elts=options)) if _is(generic, "Literal", names):
            return _options(options)
        case ast.Subscript(value=generic, slice=option) if _is(generic, "Literal", names):
            return _options([option])
        case ast.Name(id=name) if name in SIMPLE:
            return {"type": name}
        case ast.Name(id=name):
            return enum(name, names)
        case _:
            return None


def enum(name: str, names: Names) -> Domain | None:
    """Return the choice among an enum's members, or None if the file has no enum of this name."""
    members = names.members(name)
    if not members:
        return None
    return {"type": "choice", "choices": members, "sources": tuple(f"{name}.{member}" for member in members)}


def constant(node: ast.expr) -> object:
    """Return the value of a literal, such as `3` or `-0.5`, or None if it is anything else."""
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None
    return value


def _is(node: ast.expr, name: str, names: Names) -> bool:
    return names.original(node) == name


def _options(options: Iterable[ast.expr]) -> Domain:
    """Name a Literal's options as a person would: without quotes, unless two would read the same."""
    sources = tuple(ast.unparse(option) for option in options)
    texts = [_text(option) for option in options]
    often = Counter(texts)
    choices = tuple(text if often[text] == 1 else source for text, source in zip(texts, sources, strict=True))
    return {"type": "choice", "choices": choices, "sources": sources}


def _text(option: ast.expr) -> str:
    match option:
        case ast.Attribute(attr=member):
            return member
        case ast.Constant(value=value):
            return str(value)
        case _:
            return ast.unparse(option)


def _narrowed(metadata: Iterable[ast.expr], names: Names) -> Domain:
    """Read bounds from calls such as `Ge(1)` and `Interval(gt=0, le=5)`; a bare text is help."""
    found: Domain = {}
    for node in map(names.resolve, metadata):
        match node:
            case ast.Constant(value=str(text)):
                found["help"] = text
            case ast.Call(func=function, args=[bound]) if names.original(function) in POSITIONAL:
                found |= _bound(POSITIONAL[names.original(function)], bound, names)
            case ast.Call(keywords=keywords):
                for keyword in keywords:
                    found |= _bound(keyword.arg or "", keyword.value, names)
    return found


def _bound(keyword: str, node: ast.expr, names: Names) -> Domain:
    value = constant(names.resolve(node))
    if (
        keyword not in BOUNDS
        or isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
    ):
        return {}
    field, strict_field, strict = BOUNDS[keyword]
    return {field: value, strict_field: strict}
