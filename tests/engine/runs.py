"""Running programs in the ways the tests compare: simulated in this process, simulated in a child, and for real."""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concurrency_tui.engine import program as programs
from concurrency_tui.engine.client import Child
from concurrency_tui.engine.kernel.outcome import Outcome
from concurrency_tui.engine.limits import Limits
from concurrency_tui.engine.request import Request
from concurrency_tui.engine.simulate import call, simulate
from concurrency_tui.engine.strategies import make
from concurrency_tui.trace.events import NONE, Event, Kind, WorkerFlag

PROGRAMS = Path(__file__).parent.parent / "programs"
PATIENCE = 30.0
"""Real seconds after which a child or a real program is taken to hang."""


@dataclass
class Run:
    """What a simulated run left behind."""

    events: list[Event] = field(default_factory=list)

    def kinds(self, *kinds: Kind) -> list[Event]:
        return [event for event in self.events if event.kind in kinds]

    def written(self, channel: int) -> str:
        return "".join(event.text for event in self.kinds(Kind.OUTPUT) if event.value == channel)

    @property
    def out(self) -> str:
        return self.written(1)

    @property
    def err(self) -> str:
        return self.written(2)

    @property
    def outcome(self) -> str:
        return self.events[-1].text

    @property
    def status(self) -> int:
        return self.events[-1].value

    @property
    def failures(self) -> int:
        """How many threads ended with an uncaught exception; that of a coroutine is for whoever awaits it."""
        nested = {event.obj for event in self.kinds(Kind.SPAWN) if event.value & WorkerFlag.COROUTINE}
        return sum(event.worker not in nested for event in self.kinds(Kind.FAIL))

    @property
    def names(self) -> dict[int, str]:
        """Objects' names by number."""
        return {event.obj: event.text for event in self.kinds(Kind.NAME)}

    @property
    def choices(self) -> tuple[int, ...]:
        """The worker that was chosen at each step, from step 1 on."""
        chosen: dict[int, int] = {}
        for event in self.events:
            if event.step and event.worker != NONE:
                chosen.setdefault(event.step, event.worker)
        return tuple(chosen[step] for step in sorted(chosen))


def call_here(
    function: Callable[[], Any],
    strategy: str = "random",
    seed: int = 0,
    *,
    choices: tuple[int, ...] = (),
    **limits: Any,
) -> tuple[Run, Outcome]:
    """Run a function as the main thread of a simulated run in this process."""
    run = Run()
    _, outcome = call(function, make(strategy, seed, choices), run.events.append, seed=seed, limits=Limits(**limits))
    return run, outcome


@contextlib.contextmanager
def _as_main() -> Iterator[None]:
    """Put back what a program changes of the interpreter it runs in."""
    main, argv, path, hook = sys.modules["__main__"], sys.argv, sys.path[:], sys.excepthook
    try:
        yield
    finally:
        sys.modules["__main__"], sys.argv, sys.path[:], sys.excepthook = main, argv, path, hook


def run_here(
    path: Path,
    strategy: str = "random",
    seed: int = 0,
    *,
    choices: tuple[int, ...] = (),
    arguments: tuple[str, ...] = (),
    **options: Any,
) -> Run:
    """Simulate a script in this process."""
    run = Run()
    with _as_main():
        program = programs.from_path(str(path), arguments, {})
        simulate(program, make(strategy, seed, choices), run.events.append, seed=seed, **options)
    return run


def drain(child: Child) -> Run:
    """Take in everything that a child sends, waiting for its pipe and never longer than the tests' patience."""
    run = Run()
    deadline = time.monotonic() + PATIENCE
    while (events := child.receive()) is not None:
        run.events += events
        if not events:
            left = deadline - time.monotonic()
            assert left > 0, f"the child hangs after {run.events[-3:]}"
            select.select([child], [], [], min(left, 1.0))
    return run


def run_child(path: Path | None, *arguments: str, **options: Any) -> Run:
    """Simulate a script in a child process."""
    target = "" if path is None else str(path)
    with Child(Request(target=target, path=target or None, arguments=arguments, **options)) as child:
        return drain(child)


def run_real(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script on the interpreter itself."""
    return subprocess.run(
        [sys.executable, str(path), *arguments],
        capture_output=True,
        text=True,
        errors="backslashreplace",
        timeout=PATIENCE,
        check=False,
        env={
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",  # what is written comes in the order in which it was written
            "NO_COLOR": "1",
        },
        stdin=subprocess.DEVNULL,
    )
