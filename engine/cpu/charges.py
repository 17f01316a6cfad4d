"""Declared costs: having the program's own functions say when they are called, so that the call can be charged.

The module's syntax tree is changed before it is compiled. At the start of a function whose cost is declared, behind its
docstring, stands a call that charges the cost, and a `yield` in it charges the cost once more when it is resumed. The
calls stand at places of the user's own code, so that lines stay what they are.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from ...trace.model import Cost
from ..kernel.running import current_kernel

CHARGE: Final = "__declared_cost__"
"""The name by which the changed program calls the charges."""

_LARGEST: Final = 2**63 - 1
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class CostError(ValueError):
    """A declared cost fits no function, or no value of its parameter. The message is one line for the person."""


class Charges:
    """The declared costs of one program, by the functions' qualified names: `work`, `Shop.open`, `main.inner`."""

    def __init__(self, costs: Mapping[str, Cost]) -> None:
        self._costs = costs

    def rewritten(self, tree: ast.Module, filename: str) -> ast.Module:
        """Return the program with its calls charged. Raises CostError for a function or parameter it has not."""
        insert = _Insert(self._costs)
        insert.visit(tree)
        unknown = sorted(self._costs.keys() - insert.found)
        if unknown:
            close = get_close_matches(unknown[0], insert.known, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            message = f"a cost is declared of {unknown[0]}, but {filename} has no such function{hint}"
            raise CostError(message)
        return ast.fix_missing_locations(tree)

    def __call__(self, name: str, value: object = 1) -> None:
        """Charge the current task for a call of that function; `value` is that of the parameter the cost depends on."""
        kernel = current_kernel()
        if kernel is None or kernel.current is None or kernel.closing or kernel.frozen or kernel.cpu is None:
            return
        nanoseconds = self._price(name, value)
        if nanoseconds:
            kernel.cpu.compute(name, nanoseconds)

    def resumed(self, name: str, sent: object, value: object = 1) -> object:
        """Charge for a generator's being resumed, and return what it was sent."""
        self(name, value)
        return sent

    def _price(self, name: str, value: object) -> int:
        cost = self._costs[name]
        if not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            message = f"the cost of {name} depends on {cost.times}, which is {value!r:.60} and no number to multiply by"
            raise CostError(message)
        return min(round(cost.nanoseconds * value), _LARGEST)


class _Insert(ast.NodeTransformer):
    """Puts the charges into the functions, whose qualified names it follows."""

    def __init__(self, costs: Mapping[str, Cost]) -> None:
        self._costs = costs
        self._path: list[str] = []
        self.known: list[str] = []
        """Qualified names of all functions met."""
        self.found: set[str] = set()
        """Those among them whose cost is declared."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Go into a class."""
        return self._inside(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Charge for a function, and for those in it."""
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Charge for a coroutine, and for the functions in it."""
        return self._function(node)

    def _inside(self, node: ast.ClassDef | _Function) -> ast.AST:
        self._path.append(node.name)
        self.generic_visit(node)
        self._path.pop()
        return node

    def _function(self, node: _Function) -> ast.AST:
        name = ".".join([*self._path, node.name])
        self.known.append(name)
        self._inside(node)
        cost = self._costs.get(name)
        if cost is not None:
            self.found.add(name)
            _charge(node, name, cost.times)
        return node


def _charge(node: _Function, name: str, times: str) -> None:
    """Have a function charge what it costs."""
    arguments = node.args
    parameters = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    if times and times not in parameters:
        message = f"the cost of {name} depends on {times}, but that is no parameter of it"
        raise CostError(message)
    resumes = _Resumes(name, times)
    for statement in node.body:
        resumes.visit(statement)
    documented = ast.get_docstring(node, clean=False) is not None
    first = node.body[-1] if documented and len(node.body) == 1 else node.body[documented]
    call = ast.Call(ast.Name(CHARGE, ast.Load()), [ast.Constant(name), *_value(times)], [])
    node.body.insert(int(documented), _placed(ast.Expr(call), first))


class _Resumes(ast.NodeTransformer):
    """Has each `yield` of one function charge when it is resumed."""

    def __init__(self, name: str, times: str) -> None:
        self._name = name
        self._times = times

    def visit(self, node: ast.AST) -> ast.AST:
        """Leave the functions inside alone: they are others."""
        if isinstance(node, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            return node
        visited: ast.AST = super().visit(node)
        return visited

    def visit_Yield(self, node: ast.Yield) -> ast.AST:
        """Charge behind the `yield`."""
        self.generic_visit(node)
        resumed = ast.Attribute(ast.Name(CHARGE, ast.Load()), "resumed", ast.Load())
        call = ast.Call(resumed, [ast.Constant(self._name), node, *_value(self._times)], [])
        return ast.copy_location(call, node)


def _value(times: str) -> list[ast.expr]:
    return [ast.Name(times, ast.Load())] if times else []


def _placed(added: ast.stmt, place: ast.stmt) -> ast.stmt:
    """Give new nodes the place of the code they stand at."""
    for node in ast.walk(added):
        if isinstance(node, ast.expr | ast.stmt):
            ast.copy_location(node, place)
    return added
