"""The same request gives the same bytes: in another process, with other hashes, on another day."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from concurrency_tui.engine import outbox
from concurrency_tui.engine.request import Request
from concurrency_tui.trace.file import decode, decode_header

from .runs import PATIENCE, PROGRAMS, Run, run_child, run_here

HASHES = PROGRAMS / "hashes.py"


def trace_bytes(request: Request, **environment: str) -> bytes:
    """Return what the child sends, from its first byte to its last."""
    with tempfile.TemporaryFile() as shared, tempfile.TemporaryFile() as stray:
        outbox.make_shared(shared.fileno())
        reader, writer = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "concurrency_tui.engine.host", str(writer), str(shared.fileno())],
            stdin=subprocess.PIPE,
            stdout=stray,
            stderr=stray,
            pass_fds=[writer, shared.fileno()],
            env={**os.environ, **environment},
        )
        os.close(writer)
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(request))
        process.stdin.close()
        with open(reader, "rb") as pipe:
            data = pipe.read()
        process.wait(timeout=PATIENCE)
    return data


def request(path: Path, **options: Any) -> Request:
    return Request(target=str(path), path=str(path), **options)


@pytest.mark.parametrize(
    "options", [{"seed": 7}, {"strategy": "round-robin"}, {"seed": 3, "grain": "bytecode", "lines": True}]
)
def test_the_trace_is_the_same_in_another_process(options: dict[str, Any]):
    wanted = request(HASHES, **options)
    first = trace_bytes(wanted, PYTHONHASHSEED="0")
    assert trace_bytes(wanted, PYTHONHASHSEED="1") == first
    assert trace_bytes(wanted, PYTHONHASHSEED="random", TZ="UTC", LANG="C") == first
    header, _, lines = first.partition(b"\n")
    assert decode_header(header) == wanted.header()
    assert Run(decode(lines)).outcome == "failed"


@pytest.mark.parametrize("name", ["sockets", "sockets_nonblocking", "socket_processes"])
def test_sockets_are_the_same_in_another_process(name: str):
    wanted = request(PROGRAMS / "same" / f"{name}.py", seed=4)
    assert trace_bytes(wanted, PYTHONHASHSEED="0") == trace_bytes(wanted, PYTHONHASHSEED="1")


def test_another_seed_gives_another_trace():
    assert trace_bytes(request(HASHES, seed=1)) != trace_bytes(request(HASHES, seed=2))


@pytest.mark.parametrize("grain", ["sync", "line", "bytecode"])
def test_choices_replay_a_run_in_another_process(grain: str):
    path = PROGRAMS / "free" / "permits.py"
    run = run_child(path, seed=11, grain=grain)
    again = run_child(path, seed=11, grain=grain, strategy="fifo", choices=run.choices)
    assert again.events == run.events


def test_a_choice_that_does_not_fit_is_told():
    run = run_child(PROGRAMS / "free" / "appends.py", choices=(0, 0, 5))
    assert run.outcome == "mismatch: step 3 asks for worker 5, which cannot run there"


def test_a_thousand_runs_in_one_process_are_alike():
    path = PROGRAMS / "free" / "appends.py"
    first = run_here(path, seed=5)
    for _ in range(200):
        assert run_here(path, seed=5).events == first.events
