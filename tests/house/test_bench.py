"""Every benchmark is explained, and can be loaded."""

import ast

from .checkout import files, text
from .documents import spans


def scripts() -> set[str]:
    """Return the benchmarks that can be run."""
    return {path for path in files() if path.startswith("bench/") and path.endswith(".py")}


def test_every_script_stands_on_the_page():
    assert scripts() <= set(spans("bench/README.md"))


def test_every_script_runs_only_when_it_is_asked_to():
    """Importing one must be harmless: what it does stands under the guard at its end."""
    unguarded = []
    for path in scripts():
        last = ast.parse(text(path)).body[-1]
        if not (isinstance(last, ast.If) and ast.unparse(last.test) == "__name__ == '__main__'"):
            unguarded.append(path)
    assert unguarded == []
