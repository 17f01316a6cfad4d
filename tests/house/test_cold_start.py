"""Commands that open no screen start without the weight of one."""

import subprocess
import sys

import pytest

RUN = """
import sys
from concurrency_tui.tui.cli import invoke
status = invoke(sys.argv[1:])
print(status, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def start(*arguments: str) -> tuple[int, set[str]]:
    """Run a command in a new process; return its status and the top-level packages it has imported."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    status, *packages = done.stderr.splitlines()[-1].split()
    return int(status), set(packages)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["open", "--help"], ["run", "--help"], ["list", "--help"]],
    ids=" ".join,
)
def test_help_imports_click_and_nothing_of_weight(arguments: list[str]):
    status, packages = start(*arguments)
    assert status == 0
    assert "click" in packages
    assert packages.isdisjoint({"textual", "rich", "gevent", "greenlet", "msgspec", "asyncio", "babel"})


def test_list_draws_nothing():
    status, packages = start("list")
    assert status == 0
    assert packages.isdisjoint({"textual", "rich", "gevent", "greenlet"})


def test_run_draws_nothing_and_leaves_the_simulator_to_the_child():
    status, packages = start("run", "traffic-light", "--json")
    assert status == 0
    assert "msgspec" in packages
    assert packages.isdisjoint({"textual", "rich", "gevent", "greenlet"})
