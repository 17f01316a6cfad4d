"""The rooms import only what they may, and the engine and the trace run without anything that draws."""

import ast
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from .checkout import ROOT, modules, text

IMPORT_ALL = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def packages_after_importing(room: str) -> set[str]:
    """Import every module of a room in a new process; return the top-level packages that are then there."""
    imported = subprocess.run(
        [sys.executable, "-P", "-c", IMPORT_ALL, f"concurrency_tui.{room}"], capture_output=True, text=True, check=False
    )
    assert imported.returncode == 0, imported.stderr
    return set(imported.stdout.split())


def test_the_contracts_between_rooms_hold(capsys: pytest.CaptureFixture[str]):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("room", ["engine", "trace"])
def test_a_room_below_the_screen_imports_nothing_that_draws(room: str):
    packages = packages_after_importing(room)
    assert "concurrency_tui" in packages
    assert packages.isdisjoint({"textual", "rich"})


def test_the_scenarios_import_nothing_that_draws_or_runs():
    assert packages_after_importing("scenarios").isdisjoint({"textual", "rich", "greenlet", "gevent"})


def test_rooms_import_each_other_relatively():
    absolute = [
        f"{path}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(text(path)))
        if (isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("concurrency_tui"))
        or (isinstance(node, ast.Import) and any(name.name.startswith("concurrency_tui") for name in node.names))
    ]
    assert absolute == []
