"""What the names in a source file stand for: constants, aliases of types, enums, imports under other names."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

ENUMS: Final = frozenset({"Enum", "IntEnum", "StrEnum"})

DEPTH: Final = 20
"""How often one name may stand for another before it must be a circle."""


class Names:
    """What the top level of a file binds, known without running it. A name that is bound twice is not known."""

    def __init__(self, tree: ast.Module) -> None:
        stores = Counter(
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
        )
        self._assigned = {name: value for name, value in _assignments(tree.body) if stores[name] == 1}
        self._classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        self._imported = {
            alias.asname or alias.name: alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def resolve(self, node: ast.expr) -> ast.expr:
        """Return the expression that a name was assigned; any other expression as it is."""
        for _ in range(DEPTH):
            if not (isinstance(node, ast.Name) and node.id in self._assigned):
                break
            node = self._assigned[node.id]
        return node

    def original(self, node: ast.expr) -> str:
        """Return what a thing is called where it was made: "Literal" for `Literal`, `typing.Literal` and an alias."""
        match node:
            case ast.Name(id=name):
                return self._imported.get(name, name)
            case ast.Attribute(attr=name):
                return name
            case _:
                return ""

    def members(self, name: str) -> tuple[str, ...]:
        """Return the members of the file's enum class of this name, in order; () if there is no such class."""
        if not self._is_enum(name, DEPTH):
            return ()
        return tuple(
            member
            for member, value in _assignments(self._classes[name].body)
            if not member.startswith("_") and not isinstance(value, ast.Lambda)
        )

    def _is_enum(self, name: str, depth: int) -> bool:
        bases = self._classes[name].bases if name in self._classes and depth else []
        return any(
            self.original(base) in ENUMS or (isinstance(base, ast.Name) and self._is_enum(base.id, depth - 1))
            for base in bases
        )


def _assignments(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a block binds by simple assignments, with their values."""
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
        if sys.version_info >= (3, 12) and isinstance(node, ast.TypeAlias):
            yield node.name.id, node.value
