"""Lessons with their parameters set, simulated and for real."""

import ast
from pathlib import Path

from concurrency_tui.engine.program import with_defaults
from concurrency_tui.scenarios.catalogue import lesson
from concurrency_tui.scenarios.parameters import Value
from concurrency_tui.trace.model import Cost, Model

from ..engine.runs import Run, run_child


def expressions(name: str, values: dict[str, Value]) -> dict[str, str]:
    known = {parameter.name: parameter for parameter in lesson(name).parameters}
    return {key: known[key].expression(value) for key, value in values.items()}


def costs(name: str) -> dict[str, Cost]:
    """Return what calls cost in a lesson."""
    return {function: Cost(*cost) for function, cost in lesson(name).costs.items()}


def machine(name: str, values: dict[str, Value]) -> Model:
    """Return the machine that a lesson is simulated on, with its parameters set."""
    return Model(**lesson(name).machine(values))


def simulated(name: str, seed: int = 0, **values: Value) -> Run:
    """Simulate a lesson in a child process."""
    return run_child(
        lesson(name).path,
        seed=seed,
        defaults=expressions(name, values),
        costs=costs(name),
        model=machine(name, values),
        generators=lesson(name).generators,
    )


def written(name: str, folder: Path, **values: Value) -> Path:
    """Write a lesson's program, with other defaults, as a script for the interpreter itself."""
    tree = with_defaults(ast.parse(lesson(name).path.read_bytes()), expressions(name, values))
    script = folder / "program.py"
    script.write_text(ast.unparse(tree))
    return script
