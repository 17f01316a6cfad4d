"""However a program ends, its run is told to the end and nothing of it is left."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from concurrency_tui.engine import client
from concurrency_tui.engine.client import Child
from concurrency_tui.engine.limits import Limits
from concurrency_tui.engine.request import Request
from concurrency_tui.trace.events import NONE, Event, Kind

from .runs import PATIENCE, PROGRAMS, drain, run_child, run_real

ENDS = PROGRAMS / "ends"

EXPECTED = {
    # name: outcome, status, standard output
    "os_exit": ("failed", 7, "before\n"),
    "os_exit_in_thread": ("failed", 3, "before\n"),
    "abort": ("failed: the process was killed by SIGABRT", signal.SIGABRT, "before\n"),
    "segfault": ("failed: the process was killed by SIGSEGV", signal.SIGSEGV, "before\n"),
    "signals": ("failed: the process was killed by SIGTERM", signal.SIGTERM, "before\n"),
    "interrupt": ("failed", 1, "caught one\n"),
    "recursion": ("failed", 1, ""),
    "no_output": ("finished", 0, ""),
    "no_memory": ("finished", 0, "before\nMemoryError\n"),
    "daemon_cleanup": ("finished", 0, "the end\n"),
    "forks": ("finished", 0, "the parent 5\nthe child\n"),
    "deadlock": ("deadlock", 0, ""),
    "self_deadlock": ("deadlock", 0, ""),
    "lost_signal": ("deadlock", 0, ""),
    "vandal": ("failed: the program wrote into its own trace", signal.SIGKILL, ""),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_end_is_told(name: str):
    outcome, status, output = EXPECTED[name]
    run = run_child(ENDS / f"{name}.py")
    assert run.outcome == outcome
    assert run.out == output
    if name != "vandal":  # it may end by itself before the client notices
        assert run.status == status


@pytest.mark.parametrize("name", ["os_exit", "os_exit_in_thread", "daemon_cleanup", "no_output", "no_memory"])
def test_output_and_status_are_the_real_ones(name: str):
    expected = run_real(ENDS / f"{name}.py")
    run = run_child(ENDS / f"{name}.py")
    assert (run.out, run.err, run.status) == (expected.stdout, expected.stderr, expected.returncode)


@pytest.mark.parametrize("name", ["abort", "segfault", "signals"])
def test_real_signals_are_the_same(name: str):
    assert run_child(ENDS / f"{name}.py").status == -run_real(ENDS / f"{name}.py").returncode


LIMITED = {
    "endless": ({"stall_seconds": 0.2}, "limit: 0.2 s without reaching a schedule point", "before\n"),
    "endless_steps": ({"steps": 500}, "limit: 500 steps", ""),
    "endless_sleep": ({"virtual_seconds": 7200.0}, "limit: 7200 virtual seconds", ""),
    "flood": ({"output_bytes": 5_000}, "limit: 5000 bytes of output", None),
    "flood_of_bytes": ({"output_bytes": 5_000}, "limit: 5000 bytes of output", None),
}


@pytest.mark.parametrize("name", LIMITED)
def test_limits_end_a_run(name: str):
    limits, outcome, output = LIMITED[name]
    run = run_child(ENDS / f"{name}.py", limits=Limits(**limits))
    assert run.outcome == outcome
    assert run.status == 0
    if output is not None:
        assert run.out == output
    if name == "endless_steps":
        assert run.events[-1].step in {500, 501}
        assert len(run.choices) == 500
    if name == "endless_sleep":
        assert run.events[-1].time == 7200 * 10**9
    if name.startswith("flood"):
        assert 4_000 <= len(run.out) <= 6_002


def test_a_program_stuck_in_c_is_killed_by_the_client(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "GRACE", 0.2)
    run = run_child(ENDS / "blocked_in_c.py", limits=Limits(stall_seconds=0.1))
    assert run.outcome == "limit: no sign of life for 0.3 s"
    assert run.out == "before\n"


def test_a_program_that_closes_every_descriptor_is_told_through_shared_memory():
    run = run_child(ENDS / "closed_descriptors.py")
    assert run.out == "before\nafter\n"
    assert run.outcome in {"finished", "failed: the process ended with status 1 before the run was over"}


def test_the_cycle_of_a_deadlock_is_told():
    run = run_child(ENDS / "deadlock.py", seed=3)
    workers = {event.obj: event.text for event in run.kinds(Kind.SPAWN)}
    stuck = [(workers[event.worker], run.names[event.obj], workers[event.value]) for event in run.kinds(Kind.DEADLOCK)]
    assert sorted(stuck) == [("backward", "first", "forward"), ("forward", "second", "backward")]


def test_a_thread_that_waits_for_itself_is_a_cycle_of_one():
    (stuck,) = run_child(ENDS / "self_deadlock.py").kinds(Kind.DEADLOCK)
    assert (stuck.worker, stuck.value) == (0, 0)


def test_waiters_whom_nobody_can_wake_are_told_without_a_holder():
    run = run_child(ENDS / "lost_signal.py")
    assert [(event.worker, event.value) for event in run.kinds(Kind.DEADLOCK)] == [(0, NONE), (1, NONE)]
    assert {run.names[event.obj] for event in run.kinds(Kind.DEADLOCK)} == {"event"}


def test_output_that_is_no_text_is_told_as_escapes():
    run = run_child(ENDS / "stray.py")
    lines = run.out.splitlines()
    assert lines[:3] == ["text", "bytes \\xff\\xfe", "lone surrogate \\udcff"]
    # What does not pass through Python's streams comes at the end, as nobody's.
    assert sorted(lines[3:]) == ["another process", "descriptor \\xff", "error descriptor"]
    assert run.kinds(Kind.OUTPUT)[-1].worker == NONE
    assert run.outcome == "finished"


def is_alive(process: int) -> bool:
    """Tell whether a process still runs; one that has ended and waits for its parent does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(process: int) -> bool:
    """Wait for the end of a process that has been killed."""
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(process)
        with open(descriptor):
            select.select([descriptor], [], [], PATIENCE)
    return not is_alive(process)


def started(path: Path, **options: object) -> Child:
    return Child(Request(target=str(path), path=str(path), **options))


def until(child: Child, kind: Kind) -> list[Event]:
    """Receive events until there is one of that kind."""
    events: list[Event] = []
    deadline = time.monotonic() + PATIENCE
    while not any(event.kind is kind for event in events):
        select.select([child], [], [], 1.0)
        arrived = child.receive()
        assert arrived is not None
        events += arrived
        assert time.monotonic() < deadline
    return events


def test_a_process_that_the_program_leaves_behind_is_killed():
    run = run_child(ENDS / "descendants.py")
    assert run.outcome == "finished"
    assert wait_until_gone(int(run.out))


@pytest.fixture
def endless() -> Iterator[tuple[Child, int]]:
    """A running child and the process that its program has started."""
    with started(ENDS / "endless_descendants.py", limits=Limits(steps=10**9)) as child:
        output = "".join(event.text for event in until(child, Kind.OUTPUT) if event.kind is Kind.OUTPUT)
        assert is_alive(int(output))
        yield child, int(output)


def test_kill_ends_everything(endless: tuple[Child, int]):
    child, descendant = endless
    child.kill()
    child.kill()
    assert wait_until_gone(descendant)
    run = drain(child)
    assert run.outcome == "failed: the process was killed by SIGKILL"
    assert child.receive() is None


def test_close_ends_everything(endless: tuple[Child, int]):
    child, descendant = endless
    child.close()
    child.close()
    assert wait_until_gone(descendant)
    assert child.receive() is None


def test_a_child_that_is_killed_from_outside_says_so():
    with started(ENDS / "endless_steps.py", limits=Limits(steps=10**9)) as child:
        until(child, Kind.ACQUIRE)
        os.kill(child._process.pid, signal.SIGKILL)
        run = drain(child)
    assert run.outcome == "failed: the process was killed by SIGKILL"
    assert [event.kind for event in run.events].count(Kind.OUTCOME) == 1


def test_a_client_that_does_not_read_is_waited_for():
    limits = Limits(steps=20_000, stall_seconds=0.2)
    with started(ENDS / "endless_steps.py", limits=limits) as child:
        until(child, Kind.ACQUIRE)
        # Longer than the stall limit without reading: the pipe is full, and the program waits for its reader.
        select.select([], [], [], 0.5)
        run = drain(child)
    assert run.outcome == "limit: 20000 steps"


def test_a_client_that_is_gone_takes_the_child_along():
    child = started(ENDS / "endless_steps.py", limits=Limits(steps=10**9))
    try:
        until(child, Kind.ACQUIRE)
        os.close(child._reader)
        child._reader = os.open(os.devnull, os.O_RDONLY)
        assert child._process.wait(timeout=PATIENCE) == 1
    finally:
        child.close()


NO_PROGRAM = {
    "missing.py": None,
    "wrong.py": b"def f(:\n",
    "latin.py": b"name = '\xe9'\n",
    "null.py": b"x = 1\0\n",
    "coding.py": b"# coding: no-such-code\n",
}


@pytest.mark.parametrize("name", NO_PROGRAM)
def test_what_is_no_program_fails_in_one_line(tmp_path: Path, name: str):
    source = NO_PROGRAM[name]
    if source is not None:
        (tmp_path / name).write_bytes(source)
    run = run_child(tmp_path / name)
    assert run.outcome == "failed"
    assert run.status == 1
    assert run.err.count("\n") == 1
    assert run.err.startswith(("ProgramError: ", "SyntaxError: ", "ValueError: "))
    assert not run.kinds(Kind.SPAWN)


def test_a_module_runs_like_a_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text("from . import till\nprint(__name__, __package__, till.__name__)\n")
    (package / "till.py").write_text("import sys\nif __name__ == '__main__':\n    print(sys.argv[1:], __spec__.name)\n")
    monkeypatch.chdir(tmp_path)
    assert run_child(None, module="shop").out == "__main__ shop shop.till\n"
    assert run_child(None, "one", "two", module="shop.till").out == "['one', 'two'] shop.till\n"
    run = run_child(None, module="shop.missing")
    assert (run.outcome, run.err) == (
        "failed",
        "ProgramError: there is no module shop.missing whose source can be run\n",
    )


def test_parameters_replace_the_defaults_of_main(tmp_path: Path):
    path = tmp_path / "shop.py"
    path.write_text("def main(size: int = 3, *, name: str = 'x'):\n    print(size, name)\n\nmain()\n")
    run = run_child(path, parameters={"size": 5, "name": "a"}, defaults={"size": "5", "name": "'a'", "other": "1"})
    assert run.out == "5 a\n"


def test_calls_made_for_the_user_are_told_as_the_users(tmp_path: Path):
    path = tmp_path / "given.py"
    path.write_text(
        "import threading\n"
        "gate = threading.Event()\n"
        "threading.Thread(target=gate.wait).start()\n"
        "threading.Timer(5, gate.set).start()\n"
    )
    run = run_child(path, strategy="fifo")
    told = [(event.kind, event.worker, run.names.get(event.obj), event.time) for event in run.events]
    assert (Kind.WAIT, 1, "gate", 0) in told
    assert (Kind.SET, 2, "gate", 5 * 10**9) in told
    assert (Kind.PASS, 1, "gate", 5 * 10**9) in told


def test_a_program_can_be_interrupted_though_its_parent_cannot():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        run = run_child(ENDS / "interrupt.py")
    finally:
        signal.signal(signal.SIGINT, before)
    assert (run.outcome, run.out) == ("failed", "caught one\n")
