"""CPython's own tests of threads, queues, thread-local data and `sched`, as far as they are about what is simulated."""

import re
from collections.abc import Iterator

import pytest

from . import cpython

SCHEDULES = [("fifo", 0), ("random", 1), ("random", 2)]

CLASSES = {
    "test_thread": ["ThreadRunningTests", "BarrierTest"],
    "test_threading": ["ThreadTests", "ThreadingExceptionTests", "ExceptHookTests", "TimerTests"],
    "test_threading_local": ["ThreadLocalTest", "PyThreadingLocalTest"],
    "test_queue": ["PyQueueTest", "PyLifoQueueTest", "PyPriorityQueueTest", "PyFailingQueueTest", "PySimpleQueueTest"],
    "test_sched": ["TestCase"],
}

ELSEWHERE = re.compile(
    r"assert_python|spawn_python|run_python|os\.fork|ctypes|_testcapi|_testinternalcapi|interpreters"
)
"""Tests that start other interpreters or fork this one, and tests of the interpreter's interface for C."""

DIFFERENT = {
    "test_disallow_instantiation": "before 3.13, type(lock)() makes a lock instead of refusing",
    "test_excepthook_thread_None": "the default hook names a thread that is no Thread by its real identity",
    "test_many_threads_nonblock": "a hundred threads that poll take more steps than the limit",
    "test_shutdown_locks": "the private set of locks that exit waits for is not swept",
    "test_shutdown_all_methods_in_many_threads": "65,536 items take more steps than the limit",
    "test_shutdown_immediate_all_methods_in_many_threads": "as above",
}
"""Differences, and tests that are too long; docs/fidelity.md has the differences too."""

MODULES = {name: cpython.load(name) for name in CLASSES}

CASES = list(cpython.cases(MODULES, CLASSES, DIFFERENT, ELSEWHERE))


@pytest.fixture(scope="module", autouse=True)
def small_heap() -> Iterator[None]:
    with cpython.small_heap():
        yield


def test_there_are_tests_of_every_class():
    found = {(case.values[0].__module__, case.values[0].__name__) for case in CASES}
    assert len(found) == sum(len(names) for names in CLASSES.values())
    assert len(CASES) > 90


@pytest.mark.parametrize(("tests", "test"), CASES)
def test_passes_under_every_schedule(tests: type, test: str):
    for strategy, seed in SCHEDULES:
        cpython.check(lambda: tests(test), strategy, seed)
