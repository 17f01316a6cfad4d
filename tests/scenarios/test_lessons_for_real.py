"""The lessons without a simulator: the plain interpreter prints what the simulated runs print, in whatever order."""

import os
import re

import pytest

from ..engine.runs import run_real
from .here import SEEDS, simulated
from .settled import written

ALIKE = [
    ("start-thread", {"threads": 3, "delay": 0.02}),
    ("start-thread", {"style": "subclass", "delay": 0.02}),
    ("start-thread", {"style": "subclass", "method": "run()", "delay": 0.01}),
    ("thread-info", {"workers": 2, "seconds": 0.3}),
    ("thread-info", {"workers": 2, "seconds": 0.3, "named": False}),
    ("join", {"unit": 0.05}),
    ("join", {"unit": 0.05, "join": "after each start"}),
    ("join", {"unit": 0.3, "jobs": 2, "patience": 0.05}),
    ("daemon", {"interval": 0.2, "editing": 0.5}),
    ("daemon", {"interval": 0.02, "editing": 0.05, "daemon": False}),
    ("daemon-surprise", {"music": 0.05, "loading": 0.3}),
    ("daemon-surprise", {"music": 0.9, "loading": 0.1}),
    ("rlock", {"seconds": 0.02, "clerks": 2, "deposits": 2}),
    ("semaphore-or-pool", {"tasks": 4, "limit": 2, "seconds": 0.02}),
    ("semaphore-or-pool", {"tasks": 4, "limit": 1, "seconds": 0.02, "model": "pool"}),
    ("queues", {"seconds": 0.02, "patience": 0.3, "kind": "FIFO"}),
    ("queues", {"seconds": 0.02, "patience": 0.3, "kind": "LIFO"}),
    ("queues", {"seconds": 0.02, "patience": 0.3, "kind": "priority"}),
    ("barrier", {"unit": 0.05, "stages": 2}),
    ("dining-philosophers", {"seconds": 0.02, "order": "smaller fork first"}),
    ("dining-philosophers", {"seconds": 0.02, "order": "ask the waiter"}),
    ("readers-writers", {"seconds": 0.06, "visits": 2, "prefer": "readers"}),
    ("readers-writers", {"seconds": 0.06, "visits": 2, "prefer": "writers"}),
    ("lost-wakeup", {"check": "under the lock"}),
    ("lost-wakeup", {"check": "never", "cooking": 0.3}),
    ("starvation", {"seconds": 0.05, "pause": 0.02, "wanted": 2, "others": 1, "manners": "queue up"}),
    ("thread-local", {"seconds": 0.02}),
    ("switch-cost", {"steps": 3}),
    ("switch-cost", {"order": "one after the other", "steps": 3}),
    ("switch-cost", {"work": "io", "answer": 0.1, "steps": 3}),
    ("switch-cost", {"work": "io", "order": "one after the other", "answer": 0.1, "steps": 3}),
    ("asyncio-tasks", {"unit": 0.03}),
    ("asyncio-tasks", {"unit": 0.02, "style": "one by one"}),
    ("asyncio-tasks", {"unit": 0.02, "wait": "time.sleep"}),
    ("asyncio-tasks", {"unit": 0.05, "patience": 0.125}),
    ("asyncio-tasks", {"unit": 0.02, "patience": 0.05, "wait": "time.sleep"}),
    ("five-models", {"seconds": 0.05}),
    ("five-models", {"seconds": 0.05, "work": "cpu"}),
    ("gil", {"threads": 2, "seconds": 0.02, "frames": 2}),
    ("gil", {"threads": 2, "seconds": 0.02, "frames": 0, "gil": False, "cores": 1}),
    ("gevent-join", {"unit": 0.05}),
    ("gevent-join", {"unit": 0.02, "wait": "join after each spawn"}),
    ("gevent-join", {"unit": 0.02, "wait": "do not wait"}),
    ("gevent-join", {"unit": 0.02, "sleep": "time.sleep"}),
    ("gevent-join", {"unit": 0.05, "sleep": "time.sleep, patched"}),
    ("gevent-echo-server", {"think": 0.02}),
    ("gevent-echo-server", {"think": 0.02, "model": "one after the other"}),
    ("all-together", {"seconds": 0.1}),
    ("cpu-vs-io", {"cores": os.cpu_count()}),
    ("cpu-vs-io", {"cores": os.cpu_count(), "model": "processes", "workers": 3}),
    ("cpu-vs-io", {"cores": os.cpu_count(), "work": "io", "workers": 50}),
    ("start-speed", {"model": "thread", "workers": 2}),
    ("start-speed", {"model": "process", "workers": 2}),
    ("echo-server", {"work": 0.02, "pause": 0.1, "clients": 2}),
    ("echo-server", {"work": 0.02, "pause": 0.1, "model": "processes", "clients": 2}),
    ("echo-server", {"work": 0.02, "pause": 0.3, "model": "one by one", "clients": 2, "messages": 2}),
    ("echo-server", {"work": 0.02, "pause": 0.3, "leaves": "after an answer"}),
    ("echo-server", {"work": 0.02, "pause": 0.3, "leaves": "before an answer"}),
    ("echo-server", {"work": 0.6, "pause": 0.02, "patience": 0.2, "messages": 2}),
]
"""Lessons and settings with which every run writes the same lines. Times are real: they part what must not meet."""


def same(left, simulated_text):
    """Tell whether two runs write the same lines, in whatever order, apart from the seconds that a real clock counts.

    `print` writes a text and its line end one after the other, so two threads' lines may run into each other.
    """
    left, text = (re.sub(r"\d+\.\d+ s", "some s", each) for each in (left, simulated_text))
    for line in sorted(text.splitlines(), key=len, reverse=True):
        if line not in left:
            return False
        left = left.replace(line, "", 1)
    return not left.strip()


def really(name, folder, **values):
    """Run a lesson on the interpreter itself and return what it writes."""
    done = run_real(written(name, folder, **values))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(("name", "values"), ALIKE, ids=lambda value: value if isinstance(value, str) else "")
def test_the_interpreter_says_what_the_simulator_says(tmp_path, name, values):
    left = really(name, tmp_path, **values)
    assert any(same(left, simulated(name, seed, **values).out) for seed in SEEDS), left
