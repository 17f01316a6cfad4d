"""Programs whose order is free: what a real run shows is among what the simulator shows over many schedules."""

import functools
import itertools
from pathlib import Path

import pytest

from .runs import PROGRAMS, run_here, run_real

FREE = sorted((PROGRAMS / "free").glob("*.py"))
SEEDS = 500


@functools.cache
def simulated(path: Path) -> frozenset[str]:
    outputs = set()
    for seed in range(SEEDS):
        run = run_here(path, seed=seed)
        assert run.outcome == "finished"
        assert run.err == ""
        outputs.add(run.out)
    return frozenset(outputs)


@pytest.mark.parametrize("path", FREE, ids=lambda path: path.stem)
def test_real_order_is_among_the_simulated_ones(path: Path):
    assert len(simulated(path)) > 1
    for _ in range(3):
        assert run_real(path).stdout in simulated(path)


EVERY_ORDER = {
    "appends": {"".join(log) + "\n" for log in itertools.permutations("aabb")},
    "prints": {"".join(f"{name}\n" for name in order) for order in itertools.permutations("abc")},
    "check_then_act": {f"{sorted(['item', second])}\n" for second in ("gone", "none")},
    "timeouts": {"[True]\n", "[False]\n"},
    "waiting_room": {f"{sorted(pair)}\n" for pair in (("late", "late"), ("a", "late"), ("b", "late"))},
    "barrier": {f"{sorted(zip('abc', places, strict=True))}\n" for places in itertools.permutations(range(3))},
    "pool": {f"{order}\n" for order in ([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0])},
    "completions": {f"{order}\n" for order in (["0", "1"], ["1", "0"])},
    "cancellations": {f"{[first, second]}\n" for first in (True, False) for second in (True, False)},
    "dead_or_alive": {
        "the daemon\nmain saw it alive\n",
        "the daemon\nmain saw it dead\n",
        "main saw it alive\nthe daemon\n",
        "main saw it alive\n",
    },
}


@pytest.mark.parametrize("name", EVERY_ORDER)
def test_every_possible_order_is_met_and_no_other(name: str):
    assert simulated(PROGRAMS / "free" / f"{name}.py") == EVERY_ORDER[name]
