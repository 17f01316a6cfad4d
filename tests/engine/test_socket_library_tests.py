"""CPython's own tests of sockets, selectors and socket servers, as far as they are about what is simulated."""

import re
import unittest
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import cpython

SCHEDULES = [("fifo", 0), ("random", 1)]

SOCKET = [
    "GeneralModuleTests",
    "BasicTCPTest",
    "BasicTCPTest2",
    "BasicUDPTest",
    "SendmsgTCPTest",
    "SendmsgUDPTest",
    "SendmsgUnixStreamTest",
    "RecvmsgTCPTest",
    "RecvmsgUDPTest",
    "RecvmsgUnixStreamTest",
    "RecvmsgIntoTCPTest",
    "RecvmsgIntoUDPTest",
    "RecvmsgIntoUnixStreamTest",
    "TCPCloserTest",
    "BasicSocketPairTest",
    "NonBlockingTCPTests",
    "FileObjectClassTestCase",
    "UnbufferedFileObjectClassTestCase",
    "LineBufferedFileObjectClassTestCase",
    "SmallBufferedFileObjectClassTestCase",
    "UnicodeReadFileObjectClassTestCase",
    "UnicodeWriteFileObjectClassTestCase",
    "UnicodeReadWriteFileObjectClassTestCase",
    "NetworkConnectionNoServer",
    "NetworkConnectionAttributesTest",
    "NetworkConnectionBehaviourTest",
    "TCPTimeoutTest",
    "UDPTimeoutTest",
    "TestExceptions",
    "TestLinuxAbstractNamespace",
    "TestUnixDomain",
    "BufferIOTest",
    "ContextManagersTest",
    "InheritanceTest",
    "SendfileUsingSendTest",
    "CreateServerTest",
    "CreateServerFunctionalTest",
]
CLASSES = {
    "test_socket": SOCKET,
    "test_selectors": [
        "DefaultSelectorTestCase",
        "SelectSelectorTestCase",
        "PollSelectorTestCase",
        "EpollSelectorTestCase",
    ],
    "test_socketserver": ["SocketServerTest", "ErrorHandlerTest"],
}

ELSEWHERE = re.compile(
    r"signal\.(alarm|setitimer|siginterrupt)|Forking|os\.fork|fcntl\.|assert_python|spawn_python|_testcapi"
)
"""Tests of signals, of forking, of descriptors as files, and tests that start other interpreters."""

DIFFERENT = {
    "testRefCountGetNameInfo": "a function in Python holds its arguments while it runs",
    "test_sethostname": "the simulated machine's name cannot be changed",
    "test_socket_type": "`_socket.socket` is a class in Python, which can be changed",
    "test_sendall_interrupted": "signals do not end a wait in the simulator",
    "test_sendall_interrupted_with_timeout": "as above",
    "test_select_interrupt_exc": "as above",
    "test_select_interrupt_noraise": "as above",
    "testInitNonBlocking": "`fcntl` knows nothing of simulated descriptors",
    "testSetBlocking": "as above",
    "testSetBlocking_overflow": "as above",
    "test_above_fd_setsize": "thousands of sockets, most of a minute on a busy machine",
}
"""docs/fidelity.md has these too."""

MODULES = {name: cpython.load(name) for name in CLASSES}

CASES = list(cpython.cases(MODULES, CLASSES, DIFFERENT, ELSEWHERE))


@pytest.fixture(scope="module", autouse=True)
def small_heap() -> Iterator[None]:
    with cpython.small_heap():
        yield


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some tests make files where they are."""
    monkeypatch.chdir(tmp_path)


def test_there_are_tests_of_every_class():
    found = {(case.values[0].__module__, case.values[0].__name__) for case in CASES}
    assert len(found) == sum(len(names) for names in CLASSES.values())
    assert len(CASES) > 350


@pytest.mark.parametrize(("tests", "test"), CASES)
def test_passes_under_every_schedule(tests: type[unittest.TestCase], test: str):
    tests.setUpClass()
    try:
        for strategy, seed in SCHEDULES:
            cpython.check(lambda: tests(test), strategy, seed)
    finally:
        tests.tearDownClass()
