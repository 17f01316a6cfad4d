"""Each lesson's program is plain Python: it runs without us, and does what the lesson says."""

import ast
import re
import subprocess
import sys

import pytest
from concurrency_tui.scenarios.catalogue import lesson, lessons

from ..engine.runs import run_real
from .settled import written

NAMES = [one.name for one in lessons()]


def printed(tmp_path, name, **values):
    """Run a lesson on the interpreter itself and return what it prints.

    `print` writes the text and the end of the line one after the other, so lines of two threads may run into each other.
    """
    done = run_real(written(name, tmp_path, **values))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_it_imports_nothing_of_ours(name):
    tree = ast.parse(lesson(name).path.read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert not {module for module in modules if module is None or module.startswith("concurrency_tui")}


@pytest.mark.parametrize("name", NAMES)
def test_importing_it_starts_nothing(name):
    tree = ast.parse(lesson(name).path.read_text())
    guard = tree.body[-1]
    assert isinstance(guard, ast.If)
    assert ast.unparse(guard) == "if __name__ == '__main__':\n    main()"


def test_cars_drive_on_after_the_light_turned_green(tmp_path):
    said = printed(tmp_path, "traffic-light", cars=3, red=0.1, gap=0.01)
    waiting, green, driving = said.partition("the light turns green")
    assert green
    for number in range(3):
        assert (waiting.count(f"car {number} arrives"), driving.count(f"car {number} drives on")) == (1, 1)
    assert "drives on" not in waiting


def test_cars_that_come_in_the_second_red_wait_for_the_second_green(tmp_path):
    said = printed(tmp_path, "traffic-light", cars=4, red=0.4, gap=0.3, open_for=0.35)
    before, again, after = said.partition("the light is red again")
    assert again
    assert "car 0 drives on" in before
    waiting, good, driving = after.partition("the light turns green for good")
    assert good
    assert "car 3 arrives" in waiting
    assert "car 3 drives on" in driving


def test_visitors_come_out_of_the_stalls(tmp_path):
    said = printed(tmp_path, "semaphore-stalls", visitors=4, permits=4, longest=1)
    for number in range(4):
        places = [said.index(f"visitor {number} {does}") for does in ("queues", "goes in", "comes out")]
        assert places == sorted(places)


def test_one_rlock_lets_every_worker_through(tmp_path):
    said = printed(tmp_path, "deadlock", workers=3, hold=0.01, lock="one RLock").splitlines()
    assert len(said) == 12
    for first, second in zip(said[::2], said[1::2], strict=True):
        assert first.split(" has ")[0] == second.split(" has ")[0], "one lock is one worker's at a time"


def test_two_locks_never_come_to_an_end(tmp_path):
    script = written("deadlock", tmp_path, workers=10, hold=0.2, lock="two locks")
    with pytest.raises(subprocess.TimeoutExpired) as hanging:
        subprocess.run([sys.executable, "-u", script], stdout=subprocess.PIPE, timeout=1.5, check=False)
    assert b"Thread-1 has mutexB" in hanging.value.stdout, "it got as far as the trap"


@pytest.mark.parametrize("collect", ["callback", "result at once", "results at the end"])
def test_every_result_is_collected(tmp_path, collect):
    said = printed(tmp_path, "pool-callbacks", tasks=4, size=2, seconds=0.05, collect=collect)
    collected = re.findall(r"(?:pool_[01])?(\d+) is collected by (pool_[01]|MainThread)", said)
    results, threads = zip(*collected, strict=True)
    assert sorted(results) == ["1", "1", "27", "4"]
    if collect == "callback":
        assert set(threads) <= {"pool_0", "pool_1"}
    else:
        assert results == ("1", "1", "4", "27")
        assert set(threads) == {"MainThread"}
