"""CPython's own tests of asyncio's tasks, futures, locks and queues, run inside the simulator."""

import inspect
import os
import re
import sys
import types
import unittest
from collections.abc import Iterator
from typing import Any

import pytest

from . import cpython

MODULES = ("locks", "queues", "tasks", "taskgroups", "timeouts", "waitfor", "futures")
"""Those of `test.test_asyncio`; a version of Python may lack some."""

IN_C = re.compile(r"^_?C[A-Z]|CTask|CFuture|_C[A-Z]")
"""Classes that test what asyncio has in C."""

ELSEWHERE = re.compile(
    r"assert_python|spawn_python|run_python|_testcapi|_testinternalcapi|_asyncio|CTask|CFuture|gc_collect|gc\.collect"
    r"|set_debug|never_retrieved"
)
"""Tests of the part in C, of garbage, and of debug mode, which looks at tracebacks and stacks."""

_BOUND = ("unittest.async_case", "test.test_asyncio")
"""What the tests use, and what has the asyncio that was there when it was imported."""


def _load() -> list[types.ModuleType]:
    """Load the test modules over the seam, together with what they use."""
    saved = {name: sys.modules.pop(name) for name in [*sys.modules] if name.startswith(_BOUND)}
    case = vars(unittest).pop("IsolatedAsyncioTestCase", None)
    try:
        paths = {name: os.path.join(cpython.FOLDER, "test_asyncio", f"test_{name}.py") for name in MODULES}
        return [cpython.load(f"test_asyncio/test_{name}") for name, path in paths.items() if os.path.exists(path)]
    finally:
        for name in [name for name in sys.modules if name.startswith(_BOUND)]:
            del sys.modules[name]
        sys.modules.update(saved)
        vars(unittest).pop("IsolatedAsyncioTestCase", None)
        if case is not None:
            unittest.IsolatedAsyncioTestCase = case  # type: ignore[misc]


def _cases() -> Iterator[Any]:
    for module in _load():
        for tests in cpython.classes(module):
            if IN_C.search(tests.__name__):
                continue
            for test in cpython.names(tests):
                if not ELSEWHERE.search(test + inspect.getsource(getattr(tests, test))):
                    yield pytest.param(tests, test, id=f"{module.__name__}-{tests.__name__}-{test}")


CASES = list(_cases())


def test_there_are_tests_of_every_module():
    assert len(CASES) > 250


@pytest.mark.parametrize(("tests", "test"), CASES)
def test_passes(tests: type, test: str):
    cpython.check(lambda: tests(test), "random", 1)
