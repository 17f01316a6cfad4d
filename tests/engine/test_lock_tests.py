"""CPython's own tests of its synchronization primitives. The classes and types are those of its `test_threading`."""

import _thread
import gc
import threading
import unittest
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from concurrency_tui.trace.events import Kind

from . import cpython
from .runs import call_here

SCHEDULES = [("fifo", 0), ("round-robin", 0), *(("random", seed) for seed in range(6))]

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

LOCK_TESTS = cpython.load("lock_tests")


def cases() -> Iterator[Any]:
    for suite in SUITES:
        for test in cpython.names(getattr(LOCK_TESTS, suite.tests)):
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
    def make() -> unittest.TestCase:
        tests = getattr(LOCK_TESTS, suite.tests)
        return type(suite.tests, (tests,), {suite.attribute: staticmethod(suite.kind())})(test)

    for strategy, seed in SCHEDULES:
        cpython.check(make, strategy, seed)
