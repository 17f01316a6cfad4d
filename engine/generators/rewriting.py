"""Having the program's own generator functions tell what they do, by changing the syntax tree before it is compiled.

A generator stays a generator: nothing is put around it. Its body begins with `watch.enters()` and stands in a `try`
that tells how it ends, a `yield x` becomes `watch.resumed((yield watch.yields(x)))`, and wherever an exception that is
thrown into a generator can come to (a handler, a `finally`, the end of a `with`), `watch.acts()` comes first. All that
is added stands on the function's first line, which no statement of the body is on, so that lines stay what they are.

Coroutines and asynchronous generators are left as they are, and so are lambdas and generator expressions.
"""

from __future__ import annotations

import ast
from typing import Final

WATCH: Final = "__watched_generators__"
"""The name by which the changed program calls the watch."""

_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_Statements = list[ast.stmt]


def watched(tree: ast.Module) -> ast.Module:
    """Have every named generator function of a module tell what its generators do."""
    _Functions().visit(tree)
    return ast.fix_missing_locations(tree)


class _Functions(ast.NodeTransformer):
    """Finds the generator functions, at any depth."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Change a function that is a generator's; the functions inside it come first."""
        self.generic_visit(node)
        if any(_yields(statement) for statement in node.body):
            _rewrite(node)
        return node


def _rewrite(node: ast.FunctionDef) -> None:
    line = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    change = _Body(line)
    documented = ast.get_docstring(node, clean=False) is not None
    head, body = node.body[:documented], node.body[documented:]
    changed: _Statements = []
    for statement in body:
        done = change.visit(statement)
        assert isinstance(done, ast.stmt)
        changed.append(done)
    fails = ast.ExceptHandler(None, None, [_told("raised", line), ast.Raise()])
    whole = ast.Try(changed, [fails], [], [_told("left", line)])
    for added in (fails, fails.body[1], whole):
        _place(added, line)
    node.body = [*head, _told("enters", line), whole]


class _Body(ast.NodeTransformer):
    """Changes the body of one generator function, and not the functions inside it."""

    def __init__(self, line: int) -> None:
        self._line = line

    def visit(self, node: ast.AST) -> ast.AST:
        """Leave inner scopes alone, but for what they evaluate out here: decorators and default values."""
        if not isinstance(node, _SCOPES):
            changed: ast.AST = super().visit(node)
            return changed
        if not isinstance(node, ast.Lambda):
            node.decorator_list = [self.visit(each) for each in node.decorator_list]  # type: ignore[misc]
        if isinstance(node, ast.ClassDef):
            node.bases = [self.visit(each) for each in node.bases]  # type: ignore[misc]
        else:
            node.args = self.visit(node.args)  # type: ignore[assignment]
        return node

    def visit_Yield(self, node: ast.Yield) -> ast.AST:
        """Tell what is handed over, and that the generator is resumed."""
        self.generic_visit(node)
        call = _call("yields", node, [node.value]) if node.value is not None else _call("rests", node, [])
        node.value = call
        return _call("resumed", node, [node])

    def visit_YieldFrom(self, node: ast.YieldFrom) -> ast.AST:
        """Tell that the generator lets another one go on in its place, and that it goes on itself."""
        self.generic_visit(node)
        node.value = _call("delegates", node, [node.value])
        return _call("resumed", node, [node])

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """Tell that the generator acts where an exception thrown into it may come to."""
        return self._try(node)

    def visit_TryStar(self, node: ast.TryStar) -> ast.AST:
        """Do the same for groups of exceptions."""
        return self._try(node)

    def visit_With(self, node: ast.With) -> ast.AST:
        """Tell that the generator acts before a context manager sees an exception thrown into it."""
        concerned = _yields(node)
        self.generic_visit(node)
        if concerned:
            inside = ast.Try(node.body, [], [], [_told("acts", self._line)])
            node.body = [_place(inside, self._line)]
        return node

    def _try(self, node: ast.Try | ast.TryStar) -> ast.AST:
        concerned = _yields(node)
        self.generic_visit(node)
        if concerned:
            for handler in node.handlers:
                handler.body.insert(0, _told("acts", self._line))
            if node.finalbody:
                node.finalbody.insert(0, _told("acts", self._line))
        return node


def _yields(node: ast.AST) -> bool:
    """Tell whether a statement has a `yield` of its own function in it."""
    if isinstance(node, ast.Yield | ast.YieldFrom):
        return True
    if isinstance(node, ast.Lambda):
        return _yields(node.args)
    if isinstance(node, ast.ClassDef):
        return any(map(_yields, [*node.decorator_list, *node.bases]))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return any(map(_yields, [*node.decorator_list, node.args]))
    return any(map(_yields, ast.iter_child_nodes(node)))


def _call(method: str, place: ast.expr, arguments: list[ast.expr]) -> ast.Call:
    """Return `watch.method(arguments)` at the place of the `yield` that it stands around or in."""
    name = ast.copy_location(ast.Name(WATCH, ast.Load()), place)
    function = ast.copy_location(ast.Attribute(name, method, ast.Load()), place)
    return ast.copy_location(ast.Call(function, arguments, []), place)


def _told(method: str, line: int) -> ast.stmt:
    """Return the statement `watch.method()` on the function's first line."""
    statement = ast.Expr(ast.Call(ast.Attribute(ast.Name(WATCH, ast.Load()), method, ast.Load()), [], []))
    for node in ast.walk(statement):
        _place(node, line)
    return statement


def _place(node: ast.AST, line: int) -> ast.stmt:
    for name, number in (("lineno", line), ("end_lineno", line), ("col_offset", 0), ("end_col_offset", 0)):
        setattr(node, name, number)
    return node  # type: ignore[return-value]
