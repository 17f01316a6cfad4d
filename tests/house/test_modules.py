"""Every module says what it is for, and is one idea long."""

import ast
from typing import Final

from .checkout import ROOT, files, modules, text

LONG: Final = 300
"""Lines. A longer module is most often two."""

REASONS: Final = {
    "engine/kernel/kernel.py": "who may run, who waits, what time it is: they change together, in a few steps each",
    "trace/narrate_english.py": "all sentences of one language, which a translator reads as a whole",
    "tui/session.py": "each way to make another run is a few lines on the same fields",
}
"""The modules that may be longer all the same, and why."""


def lines(path: str) -> int:
    """Return how long a file is."""
    return text(path).count("\n")


def test_every_module_says_what_it_is():
    silent = [path for path in files() if path.endswith(".py") and not ast.get_docstring(ast.parse(text(path)))]
    assert silent == []


def test_a_long_module_has_a_reason():
    assert {path: lines(path) for path in modules() if lines(path) > LONG and path not in REASONS} == {}


def test_reasons_are_given_for_modules_that_exist():
    assert set(REASONS) <= set(modules())


def test_every_room_of_python_is_a_package():
    """A folder without `__init__.py` would be left out of the import contracts."""
    folders = {path.rpartition("/")[0] for path in modules() if "/" in path}
    assert [folder for folder in sorted(folders) if not (ROOT / folder / "__init__.py").is_file()] == []
