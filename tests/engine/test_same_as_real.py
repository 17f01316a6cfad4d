"""What a program prints, how it fails and how it exits is the same simulated as it is for real."""

import functools
import re
import subprocess
from pathlib import Path

import pytest

from .runs import PROGRAMS, run_child, run_real

NEIGHBOURS = {"attempt", "slow_module"}
SAME = [path for path in sorted((PROGRAMS / "same").glob("*.py")) if path.stem not in NEIGHBOURS]
SCHEDULES = [("round-robin", 0), ("random", 1)]

ADDRESS = re.compile(r"0x[0-9a-f]+")
IDENTITY = re.compile(r"\b[1-9][0-9]{11,15}\b")
CARETS = re.compile(r"^ *[~^]+\n", re.MULTILINE)


def plain(text: str) -> str:
    """Leave out what differs from run to run: addresses, threads' identities, and how an interpreter underlines."""
    return CARETS.sub("", IDENTITY.sub("IDENTITY", ADDRESS.sub("ADDRESS", text)))


@functools.cache
def real(path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run_real(path, *arguments)


@pytest.mark.parametrize(("strategy", "seed"), SCHEDULES)
@pytest.mark.parametrize("path", SAME, ids=lambda path: path.stem)
def test_same_as_real(path: Path, strategy: str, seed: int):
    expected = real(path)
    run = run_child(path, strategy=strategy, seed=seed)
    assert plain(run.out) == plain(expected.stdout)
    assert plain(run.err) == plain(expected.stderr)
    assert run.status == expected.returncode
    assert run.outcome == ("failed" if expected.returncode or run.failures else "finished")
