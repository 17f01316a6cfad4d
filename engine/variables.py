"""Shared variables: which globals a program's functions change, and telling each read and write of them.

The module's syntax tree is changed before it is compiled. A read `money` becomes `watch.read("money", money)`, and
behind a statement that binds the name stands a call of `watch.wrote`. Both only record: they are no schedule points,
and what the program computes stays the same.
"""

from __future__ import annotations

import ast
import sys
from typing import Final

from ..trace.events import NONE, Kind
from .kernel.running import current_kernel
from .probes.text import shown

WATCH: Final = "__watched_variables__"
"""The name by which the changed program calls the watch."""


DATA: Final = (int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, type(None))
"""What is shown as a variable's value. A lock or a queue that a global names is shown as itself."""


class Variable:
    """One global variable of one simulated process."""

    def __init__(self, name: str) -> None:
        self.name = name


class Watch:
    """Records reads and writes. One serves a run; each process has its own variables."""

    def __init__(self) -> None:
        self._variables: dict[tuple[object, str], Variable] = {}

    def read(self, name: str, value: object) -> object:
        """Record that the current worker reads `name`, and return the value."""
        self._tell(Kind.READ, name, value)
        return value

    def wrote(self, name: str, value: object) -> None:
        """Record that the current worker has written `name`."""
        self._tell(Kind.WRITE, name, value)

    def _tell(self, kind: Kind, name: str, value: object) -> None:
        kernel = current_kernel()
        if kernel is None or kernel.current is None or kernel.closing or kernel.frozen or not isinstance(value, DATA):
            return
        key = (kernel.current.space, name)
        variable = self._variables.setdefault(key, Variable(name))
        objects = kernel.recorder.objects
        number = objects.number(variable)
        if number == NONE:
            number = objects.declare(variable, "variable", named=False)
            kernel.recorder.emit(Kind.NAME, obj=number, text=name)
        kernel.recorder.emit(kind, obj=number, text=shown(kernel, value), frame=sys._getframe(2))


def watched(tree: ast.Module) -> ast.Module:
    """Have every access to the program's shared variables told: the globals that some function declares `global`."""
    names = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    return ast.fix_missing_locations(_Instrument(names).visit(tree)) if names else tree


class _Instrument(ast.NodeTransformer):
    """Adds the calls, in the module's own body and in each function for which the name is the global one."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Watch the names that mean the global in this function."""
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Watch the names that mean the global in this coroutine."""
        return self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """A class body has names of its own; its methods are functions."""
        node.body = [self.visit(each) if isinstance(each, _FUNCTIONS) else each for each in node.body]
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """A lambda's arguments may hide a global; it is left as it is."""
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Tell a read."""
        if node.id not in self._names or not isinstance(node.ctx, ast.Load):
            return node
        return _call("read", node.id, node)

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """Tell the writes of an assignment."""
        node.value = self.visit(node.value)
        return [node, *self._writes(node, node.targets)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        """Tell the write of an annotated assignment."""
        if node.value is None:
            return [node]
        node.value = self.visit(node.value)
        return [node, *self._writes(node, [node.target])]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        """Tell the read before and the write after `+=`."""
        node.value = self.visit(node.value)
        writes = self._writes(node, [node.target])
        reads = [ast.copy_location(ast.Expr(_call("read", name.id, name)), node) for name in self._bound([node.target])]
        return [*reads, node, *writes]

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        inner = _Instrument(self._names - _local_names(node))
        node.body = [each for statement in node.body for each in _listed(inner.visit(statement))]
        return node

    def _bound(self, targets: list[ast.expr]) -> list[ast.Name]:
        found = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        return [node for node in found if node.id in self._names and isinstance(node.ctx, ast.Store)]

    def _writes(self, statement: ast.stmt, targets: list[ast.expr]) -> list[ast.stmt]:
        return [
            ast.copy_location(ast.Expr(_call("wrote", node.id, statement)), statement) for node in self._bound(targets)
        ]


_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


def _listed(nodes: ast.stmt | list[ast.stmt]) -> list[ast.stmt]:
    return nodes if isinstance(nodes, list) else [nodes]


def _local_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names that a function binds for itself, and so does not take from the module."""
    arguments = function.args
    names = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    names |= {each.arg for each in (arguments.vararg, arguments.kwarg) if each is not None}
    declared: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            declared.update(node.names)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
    return names - declared


def _call(method: str, name: str, place: ast.AST) -> ast.Call:
    """Return `watch.method(name, name's value)`, at the place of the code it stands for."""
    watch = ast.Attribute(ast.Name(WATCH, ast.Load()), method, ast.Load())
    call = ast.Call(watch, [ast.Constant(name), ast.Name(name, ast.Load())], [])
    for node in ast.walk(call):
        if isinstance(node, ast.expr):
            ast.copy_location(node, place)
    return call
