"""Where threads may be interrupted: at operations only, between lines, or between instructions."""

import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from concurrency_tui.trace.events import Event, Kind

from .runs import PROGRAMS, Run, run_child, run_here

GRAINS = PROGRAMS / "grains"
SEEDS = range(40)


def outputs(path: Path, grain: str) -> set[str]:
    runs = [run_here(path, seed=seed, grain=grain) for seed in SEEDS]
    assert {run.outcome for run in runs} == {"finished"}
    return {run.out.strip() for run in runs}


@pytest.mark.parametrize(
    ("name", "grain", "loses"),
    [
        ("counter", "sync", False),
        ("counter", "line", False),
        ("counter", "bytecode", True),
        ("two_lines", "sync", False),
        ("two_lines", "line", True),
        ("two_lines", "bytecode", True),
        ("locked", "sync", False),
        ("locked", "line", False),
        ("locked", "bytecode", False),
    ],
)
def test_counts_are_lost_at_the_grain_that_can_lose_them(name: str, grain: str, loses: bool):
    found = outputs(GRAINS / f"{name}.py", grain)
    assert "4" in found
    assert bool(found - {"4"}) == loses
    if loses:
        assert found <= {"2", "3", "4"}
        assert {"2", "3"} & found


@pytest.mark.parametrize("place", ["attribute", "item", "index", "closure", "method"])
def test_instructions_that_touch_any_shared_place_are_points(place: str):
    found = {
        run_here(GRAINS / "places.py", seed=seed, grain="bytecode", arguments=(place,)).out.strip()
        for seed in range(100)
    }
    assert found == {"1", "2"}


def lines_of(run: Run, function: str) -> dict[int, Counter[int]]:
    """Return, for each worker, how often each line of a function was executed."""
    sites = {event.obj: event for event in run.kinds(Kind.SITE)}
    found: dict[int, Counter[int]] = {}
    for event in run.kinds(Kind.LINE):
        site: Event = sites[event.site]
        if site.text == function:
            found.setdefault(event.worker, Counter())[site.value] += 1
    return found


@pytest.mark.parametrize("grain", ["sync", "line", "bytecode"])
@pytest.mark.parametrize(("strategy", "seed"), [("random", 1), ("random", 2), ("round-robin", 0), ("fifo", 0)])
def test_every_line_of_every_thread_is_recorded(grain: str, strategy: str, seed: int):
    run = run_here(GRAINS / "many_lines.py", strategy, seed, grain=grain, lines=True)
    assert run.out == "[0, 3, 6]\n"
    assert not [event for event in run.kinds(Kind.FILE) if "json" in event.text]
    expected_work = Counter({13: 1, 14: 4, 15: 3, 16: 1})
    expected_inner = Counter({8: 3, 9: 3})
    assert lines_of(run, "work") == dict.fromkeys((1, 2, 3), expected_work)
    assert lines_of(run, "inner") == dict.fromkeys((1, 2, 3), expected_inner)


def test_switches_happen_between_lines_and_instructions_of_functions_in_progress():
    def interruptions(grain: str) -> int:
        run = run_here(GRAINS / "many_lines.py", "round-robin", grain=grain, lines=True)
        workers = [event.worker for event in run.kinds(Kind.LINE) if event.worker]
        return sum(one != other for one, other in itertools.pairwise(workers))

    assert interruptions("sync") <= 3
    assert interruptions("line") > 30
    assert interruptions("bytecode") > 20


def test_recording_lines_changes_no_schedule():
    def told(lines: bool) -> list[Any]:
        run = run_child(PROGRAMS / "free" / "permits.py", seed=4, lines=lines)
        told = run.kinds(*(set(Kind) - {Kind.LINE, Kind.RUN, Kind.SITE, Kind.FILE, Kind.SOURCE}))
        return [(event.kind, event.step, event.time, event.worker, event.obj, event.text) for event in told]

    assert told(lines=False) == told(lines=True)


def test_a_long_computation_is_recorded_only_at_its_beginning(tmp_path: Path):
    path = tmp_path / "long.py"
    path.write_text(
        "import time\nfor number in range(50_000):\n    x = number\ntime.sleep(1)\nprint(x)\ny = x\nprint(y)\n"
    )
    run = run_here(path, lines=True)
    assert run.out == "49999\n49999\n"
    assert 900 < len(run.kinds(Kind.LINE)) < 1100
    sites = {event.obj: event.value for event in run.kinds(Kind.SITE)}
    # It goes on being recorded after its next schedule point.
    assert [sites[event.site] for event in run.kinds(Kind.LINE)][-3:] == [5, 6, 7]
