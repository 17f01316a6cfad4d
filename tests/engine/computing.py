"""Running programs whose work takes virtual time, and following in their traces who had the GIL and the cores."""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concurrency_tui.engine import program as programs
from concurrency_tui.engine.cpu.charges import Charges
from concurrency_tui.engine.simulate import call, simulate
from concurrency_tui.engine.strategies import make
from concurrency_tui.trace.events import Event, Kind
from concurrency_tui.trace.model import Cost, Model

from .runs import Run, _as_main

MILLISECOND = 10**6
SECOND = 10**9

work = Charges({"work": Cost(1, "nanoseconds")})
"""`work("work", n)` in a function that is run by `compute` costs n nanoseconds."""


def compute(
    function: Callable[[], Any], strategy: str = "random", seed: int = 0, choices: tuple[int, ...] = (), **model: Any
) -> Run:
    """Run a function of this process as the main thread, on a machine where work costs what it says."""
    run = Run()
    call(function, make(strategy, seed, choices), run.events.append, seed=seed, model=Model(**model))
    return run


def charged(
    folder: Path, source: str, costs: dict[str, int | Cost], strategy: str = "random", seed: int = 0, **model: Any
) -> Run:
    """Simulate a program whose functions cost what is declared: a `Cost`, or so many nanoseconds."""
    path = folder / "program.py"
    path.write_text(textwrap.dedent(source))
    run = Run()
    charges = Charges({name: cost if isinstance(cost, Cost) else Cost(cost) for name, cost in costs.items()})
    with _as_main():
        program = programs.from_path(str(path), (), {}, None, charges)
        simulate(program, make(strategy, seed), run.events.append, seed=seed, model=Model(**model))
    return run


@dataclass
class Machine:
    """Who computes, holds and waits after some events; the objects by number."""

    kinds: dict[int, str] = field(default_factory=dict)
    capacity: dict[int, int] = field(default_factory=dict)
    holders: dict[int, list[int]] = field(default_factory=dict)
    waiters: dict[int, list[int]] = field(default_factory=dict)
    computing: dict[int, int] = field(default_factory=dict)
    """Worker to when it began."""
    done: dict[int, int] = field(default_factory=dict)
    """Worker to nanoseconds computed."""

    def take_in(self, event: Event) -> None:
        """Follow one event. Raises AssertionError if it does not fit what was before."""
        worker, obj = event.worker, event.obj
        if event.kind is Kind.OBJECT and event.text in ("GIL", "CPU"):
            self.kinds[obj], self.capacity[obj] = event.text, event.value
            self.holders[obj], self.waiters[obj] = [], []
        elif event.kind is Kind.WAIT and obj in self.kinds:
            assert event.text == "run"
            assert worker not in self.holders[obj] + self.waiters[obj]
            self.waiters[obj].append(worker)
        elif event.kind is Kind.ACQUIRE and obj in self.kinds:
            if worker in self.waiters[obj]:
                self.waiters[obj].remove(worker)
            self.holders[obj].append(worker)
            free = self.capacity[obj] - len(self.holders[obj])
            assert free >= 0
            assert event.value == (free if self.kinds[obj] == "CPU" else 1)
        elif event.kind is Kind.RELEASE and obj in self.kinds:
            self.holders[obj].remove(worker)
            free = self.capacity[obj] - len(self.holders[obj])
            assert event.value == (free if self.kinds[obj] == "CPU" else 0)
        elif event.kind is Kind.WORK:
            assert event.value > event.time
            self.computing.setdefault(worker, event.time)
        elif event.kind is Kind.WORKED:
            self.done[worker] = self.done.get(worker, 0) + event.time - self.computing.pop(worker)
            assert event.value >= 0


def followed(events: list[Event]) -> Iterator[tuple[Machine, Event]]:
    """Yield the machine before each event, with the event."""
    machine = Machine()
    for event in events:
        yield machine, event
        machine.take_in(event)


def computed(run: Run) -> dict[int, int]:
    """Return how long each worker computed, in nanoseconds."""
    machine = Machine()
    for event in run.events:
        machine.take_in(event)
    assert not machine.computing
    return machine.done


def ends(run: Run) -> dict[str, int]:
    """Return when each worker ended, by its name."""
    names = {event.obj: event.text for event in run.kinds(Kind.SPAWN)}
    return {names[event.worker]: event.time for event in run.kinds(Kind.END, Kind.FAIL)}
