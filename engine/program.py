"""The program: found, compiled with the person's parameters, and run as `__main__`."""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import importlib.util
import io
import os
import sys
import tokenize
import types
from collections.abc import Callable, Mapping
from typing import Any

from .cpu.charges import CHARGE, Charges
from .generators import rewriting
from .generators.watch import Generators
from .variables import WATCH, Watch, watched


class ProgramError(Exception):
    """The program cannot be started. The message is one line that says what to do."""


def with_defaults(tree: ast.Module, defaults: Mapping[str, str]) -> ast.Module:
    """Replace default values in the signature of the top-level `main`. Everything keeps its place in the source."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "main":
            _replace(node.args, defaults)
    return ast.fix_missing_locations(tree)


def _replace(signature: ast.arguments, defaults: Mapping[str, str]) -> None:
    positional = [*signature.posonlyargs, *signature.args]
    first = len(positional) - len(signature.defaults)
    for index, argument in enumerate(positional[first:]):
        if argument.arg in defaults:
            old = signature.defaults[index]
            signature.defaults[index] = ast.copy_location(ast.parse(defaults[argument.arg], mode="eval").body, old)
    for index, argument in enumerate(signature.kwonlyargs):
        old_default = signature.kw_defaults[index]
        if argument.arg in defaults and old_default is not None:
            new = ast.parse(defaults[argument.arg], mode="eval").body
            signature.kw_defaults[index] = ast.copy_location(new, old_default)


class Program:
    """A compiled program and the module it will run as."""

    def __init__(
        self, code: types.CodeType, module: types.ModuleType, root: str, argv: list[str], *, charged: bool = False
    ) -> None:
        self.code = code
        self.module = module
        self._dunders = {**module.__dict__, "__name__": "__mp_main__"}
        self.root = root
        """The folder that its source files are shown relative to; also the first place it imports from."""
        self.argv = argv
        self.charged = charged
        """Whether any of its calls may cost time."""

    def run(self) -> None:
        """Execute it as `__main__`, with its own `sys.argv` and its own folder first on `sys.path`."""
        sys.modules["__main__"] = self.module
        sys.argv = self.argv
        sys.path.insert(0, self.root)
        exec(self.code, self.module.__dict__)  # noqa: S102 - running the program is the purpose

    def again(self) -> tuple[types.ModuleType, Callable[[], None]]:
        """Return a fresh module for another process and what executes it, under the name that `spawn` gives it."""
        module = types.ModuleType("__mp_main__")
        module.__dict__.update(self._dunders)
        return module, lambda: exec(self.code, module.__dict__)  # noqa: S102 - as above


def _compile(
    source: bytes | str,
    filename: str,
    defaults: Mapping[str, str],
    watch: Watch | None,
    charges: Charges | None,
    *,
    generators: Generators | None,
) -> types.CodeType:
    tree = with_defaults(ast.parse(source, filename), defaults)
    if watch is not None:
        tree = watched(tree)
    if charges is not None:
        tree = charges.rewritten(tree, os.path.basename(filename))
    if generators is not None:
        tree = rewriting.watched(tree)  # last, so that what the others added to a generator is its own doing
    return compile(tree, filename, "exec", dont_inherit=True)


def _main_module(
    filename: str, watch: Watch | None, charges: Charges | None, generators: Generators | None, **attributes: Any
) -> types.ModuleType:
    module = types.ModuleType("__main__")
    if watch is not None:
        attributes[WATCH] = watch
    if charges is not None:
        attributes[CHARGE] = charges
    if generators is not None:
        attributes[rewriting.WATCH] = generators
    names = {"__file__": filename, "__cached__": None, "__builtins__": builtins, **attributes}
    if sys.version_info < (3, 14):
        names["__annotations__"] = {}
    module.__dict__.update(names)
    return module


def from_path(
    path: str,
    arguments: tuple[str, ...],
    defaults: Mapping[str, str],
    watch: Watch | None = None,
    charges: Charges | None = None,
    *,
    generators: Generators | None = None,
) -> Program:
    """Load a script; with `watch`, have its shared variables told, with `charges`, its calls charged.

    With `generators`, its generators become workers.

    Raises ProgramError if it cannot be read, SyntaxError if it is no Python, CostError if a cost does not fit it.
    """
    full = os.path.abspath(path)
    try:
        with open(full, "rb") as file:
            source = file.read()
        tokenize.detect_encoding(io.BytesIO(source).readline)
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise ProgramError(message) from None
    code = _compile(source, full, defaults, watch, charges, generators=generators)
    loader = importlib.machinery.SourceFileLoader("__main__", full)
    module = _main_module(full, watch, charges, generators, __spec__=None, __package__=None, __loader__=loader)
    return Program(code, module, os.path.dirname(full), [path, *arguments], charged=charges is not None)


def from_module(
    name: str,
    arguments: tuple[str, ...],
    defaults: Mapping[str, str],
    watch: Watch | None = None,
    charges: Charges | None = None,
    *,
    generators: Generators | None = None,
) -> Program:
    """Load a module, or a package's `__main__`, as `python -m` does; the rest is as for `from_path`.

    Raises ProgramError if there is none, CostError if a cost does not fit it.
    """
    sys.path.insert(0, os.getcwd())
    try:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = importlib.util.find_spec(f"{name}.__main__")
    except (ImportError, ValueError, AttributeError) as error:
        message = f"cannot find module {name}: {error}"
        raise ProgramError(message) from None
    finally:
        del sys.path[0]
    get_source = getattr(spec.loader, "get_source", None) if spec is not None else None
    source = get_source(spec.name) if spec is not None and get_source is not None else None
    if spec is None or source is None:
        message = f"there is no module {name} whose source can be run"
        raise ProgramError(message)
    filename = spec.origin or f"<{name}>"
    code = _compile(source, filename, defaults, watch, charges, generators=generators)
    package = spec.name if spec.submodule_search_locations is not None else spec.name.rpartition(".")[0]
    places = {"__spec__": spec, "__package__": package, "__loader__": spec.loader}
    module = _main_module(filename, watch, charges, generators, **places)
    return Program(code, module, os.getcwd(), [filename, *arguments], charged=charges is not None)
