"""CPython's own tests, run inside the simulator.

A test module is loaded while the seam is in place, so that whatever it takes from `_thread`, `threading` or `time` is
the simulator's, and counts as the user's code, so that every operation it makes is a schedule point.
"""

import contextlib
import gc
import importlib.util
import inspect
import os
import re
import sys
import types
import unittest
from collections.abc import Callable, Collection, Iterator
from typing import Any

import pytest
from concurrency_tui.engine.record import frames
from concurrency_tui.engine.seam.patches import installed
from concurrency_tui.trace.events import Kind

from .runs import call_here

pytest.importorskip("test.support.threading_helper", reason="this interpreter came without its tests")
FOLDER = os.path.dirname(sys.modules["test"].__file__ or "")


def load(name: str) -> types.ModuleType:
    """Load a module of CPython's test package once more, over the seam."""
    path = os.path.join(FOLDER, f"{name}.py")
    if not os.path.exists(path):
        pytest.skip(f"this interpreter came without {name}", allow_module_level=True)
    frames._known[path] = True
    with installed():
        spec = importlib.util.spec_from_file_location(f"simulated_{name.replace('/', '_')}", path)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def names(tests: type[unittest.TestCase]) -> list[str]:
    return list(unittest.TestLoader().getTestCaseNames(tests))


def classes(module: types.ModuleType) -> Iterator[type[unittest.TestCase]]:
    for value in tuple(vars(module).values()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == module.__name__:
            yield value


def cases(
    modules: dict[str, types.ModuleType],
    wanted: dict[str, list[str]],
    different: Collection[str],
    elsewhere: re.Pattern[str],
) -> Iterator[Any]:
    """Yield a parameter for each test of the wanted classes, less those that are named or whose source matches."""
    for name, module in modules.items():
        for tests in classes(module):
            if tests.__name__ not in wanted[name]:
                continue
            for test in names(tests):
                if test not in different and not elsewhere.search(inspect.getsource(getattr(tests, test))):
                    yield pytest.param(tests, test, id=f"{name}-{tests.__name__}-{test}")


@contextlib.contextmanager
def small_heap() -> Iterator[None]:
    """Spare tests that collect garbage all the time from looking at what pytest has in memory."""
    gc.freeze()
    yield
    gc.unfreeze()


def check(make: Callable[[], unittest.TestCase], strategy: str, seed: int) -> None:
    """Run one test under one schedule. It passes, and leaves no thread behind."""
    result = unittest.TestResult()

    def body() -> None:
        make().run(result)

    run, outcome = call_here(body, strategy, seed)
    problems = [text for _, text in (*result.errors, *result.failures)]
    assert not problems, f"{strategy} {seed}: {problems[0]}"
    assert outcome.name == "finished" or run.failures, f"{strategy} {seed}: {outcome}"
    assert result.testsRun == 1 or result.skipped  # 3.12 does not count what it skips
    ended = run.kinds(Kind.END, Kind.FAIL, Kind.KILL)
    assert len(ended) == len(run.kinds(Kind.SPAWN)), f"{strategy} {seed}: threads were left over"
