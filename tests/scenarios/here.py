"""Lessons simulated in this process, which is fast enough for a claim to be tried under many seeds."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from concurrency_tui.engine import program as programs
from concurrency_tui.engine.cpu.charges import Charges
from concurrency_tui.engine.generators.watch import Generators
from concurrency_tui.engine.simulate import simulate
from concurrency_tui.engine.strategies import make
from concurrency_tui.scenarios.catalogue import lesson
from concurrency_tui.scenarios.parameters import Value
from concurrency_tui.trace.events import NANOSECONDS, Event, Kind

from ..engine.runs import Run
from .settled import costs, expressions, machine

SEEDS = range(20)
every_seed = pytest.mark.parametrize("seed", SEEDS)


@dataclass
class LessonRun(Run):
    """A run that answers the questions of a lesson's reader: who was there, who said what, and when."""

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def workers(self) -> dict[int, str]:
        """Workers' names by number."""
        return {event.obj: event.text for event in self.kinds(Kind.SPAWN)}

    @property
    def seconds(self) -> float:
        """Virtual time of the end."""
        return self.events[-1].time / NANOSECONDS

    def when(self, said: str) -> list[float]:
        """Return the virtual times at which lines with these words were printed."""
        return [event.time / NANOSECONDS for event in self.kinds(Kind.OUTPUT) if said in event.text]

    def of(self, name: str, *kinds: Kind) -> list[Event]:
        """Return what happened to the object that the program calls so, in order."""
        (number,) = [number for number, called in self.names.items() if called == name]
        return [event for event in self.kinds(*kinds) if event.obj == number]

    def stuck(self) -> dict[str, str]:
        """Return the workers that a deadlock has caught, and the object each waits for."""
        return {self.workers[event.worker]: self.names.get(event.obj, "") for event in self.kinds(Kind.DEADLOCK)}

    def is_cycle(self) -> bool:
        """Tell whether every worker that is stuck waits for what the next one holds."""
        edges = [(event.worker, event.value) for event in self.kinds(Kind.DEADLOCK)]
        return all(held == waiting for (_, held), (waiting, _) in pairwise([*edges, *edges[:1]]))


@contextlib.contextmanager
def _as_main() -> Iterator[None]:
    """Put back what a program changes of the interpreter it runs in."""
    main, argv, path, hook = sys.modules["__main__"], sys.argv, sys.path[:], sys.excepthook
    try:
        yield
    finally:
        sys.modules["__main__"], sys.argv, sys.path[:], sys.excepthook = main, argv, path, hook


def simulated(name: str, seed: int = 0, *, strategy: str = "random", **values: Value) -> LessonRun:
    """Simulate a lesson with its parameters set, each checked as the app checks it."""
    known = {parameter.name: parameter for parameter in lesson(name).parameters}
    checked = {key: known[key].check(value) for key, value in values.items()}
    run = LessonRun()
    with _as_main():
        charges, model = Charges(costs(name)), machine(name, checked)
        generators = Generators() if lesson(name).generators else None
        program = programs.from_path(
            str(lesson(name).path), (), expressions(name, checked), charges=charges, generators=generators
        )
        simulate(program, make(strategy, seed), run.events.append, seed=seed, model=model)
    return run
