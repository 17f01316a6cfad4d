"""CPython's own tests of its synchronization primitives, run inside the simulator.

The interpreter's `test.lock_tests` is loaded while the seam is in place, so that its `start_new_thread` is ours, and
counts as the user's code, so that every operation it makes is a schedule point. The classes and types are those of
CPython's `test_threading` and `test_thread`.
"""

import _thread
import gc
import importlib.util
import os
import sys
import threading
import types
import unittest
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from concurrency_tui.engine.record import frames
from concurrency_tui.engine.seam.patches import installed
from concurrency_tui.trace.events import Kind

from .runs import call_here

support = pytest.importorskip("test.support.threading_helper", reason="this interpreter came without its tests")
PATH = os.path.join(os.path.dirname(sys.modules["test"].__file__ or ""), "lock_tests.py")

SCHEDULES = [("fifo", 0), ("round-robin", 0), *(("random", seed) for seed in range(4))]

NOT_APPLICABLE = {
    # CPython skips it too: a Condition does not hand on its lock's _recursion_count.
    ("RLockTests", "Condition", "test_recursion_count"),
}


@dataclass(frozen=True)
class Suite:
    """One class of tests and the type it is about, looked up while the seam is in place."""

    tests: str
    attribute: str
    kind: Callable[[], Any]
    name: str


SUITES = [
    Suite("LockTests", "locktype", lambda: _thread.allocate_lock, "Lock"),
    Suite("RLockTests", "locktype", lambda: threading.RLock, "RLock"),
    Suite("RLockTests", "locktype", lambda: threading._PyRLock, "_PyRLock"),
    Suite("RLockTests", "locktype", lambda: threading.Condition, "Condition"),
    Suite("EventTests", "eventtype", lambda: threading.Event, "Event"),
    Suite("ConditionTests", "condtype", lambda: threading.Condition, "Condition"),
    Suite("SemaphoreTests", "semtype", lambda: threading.Semaphore, "Semaphore"),
    Suite("BoundedSemaphoreTests", "semtype", lambda: threading.BoundedSemaphore, "BoundedSemaphore"),
    Suite("BarrierTests", "barriertype", lambda: threading.Barrier, "Barrier"),
]


def load() -> types.ModuleType:
    frames._known[PATH] = True
    with installed():
        spec = importlib.util.spec_from_file_location("lock_tests_under_the_simulator", PATH)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


LOCK_TESTS = load()


def cases() -> Iterator[Any]:
    for suite in SUITES:
        for test in unittest.TestLoader().getTestCaseNames(getattr(LOCK_TESTS, suite.tests)):
            if (suite.tests, suite.name, test) not in NOT_APPLICABLE:
                yield pytest.param(suite, test, id=f"{suite.tests}-{suite.name}-{test}")


@pytest.fixture(scope="module", autouse=True)
def small_heap() -> Iterator[None]:
    """The tests collect garbage all the time; what pytest has in memory need not be looked at each time."""
    gc.freeze()
    yield
    gc.unfreeze()


def test_the_tests_start_simulated_threads():
    def bunch() -> None:
        with LOCK_TESTS.Bunch(lambda: started.append(_thread.get_ident()), 3):
            pass

    started: list[int] = []
    run, outcome = call_here(bunch)
    assert outcome.name == "finished"
    assert len(set(started)) == 3
    assert len(run.kinds(Kind.SPAWN)) == 4


@pytest.mark.parametrize(("suite", "test"), list(cases()))
def test_passes_under_every_schedule(suite: Suite, test: str):
    for strategy, seed in SCHEDULES:
        result = unittest.TestResult()

        def body(result: unittest.TestResult = result) -> None:
            tests = getattr(LOCK_TESTS, suite.tests)
            case = type(suite.tests, (tests,), {suite.attribute: staticmethod(suite.kind())})
            case(test).run(result)

        run, outcome = call_here(body, strategy, seed)
        problems = [text for _, text in (*result.errors, *result.failures)]
        assert not problems, f"{strategy} {seed}: {problems[0]}"
        assert outcome.name == "finished", f"{strategy} {seed}: {outcome}"
        assert result.testsRun == 1
        assert not result.skipped
        assert len(run.kinds(Kind.END)) == len(run.kinds(Kind.SPAWN)), f"{strategy} {seed}: threads were left over"
