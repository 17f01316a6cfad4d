"""Stand-ins for what is outside: a clock that is wound by hand, and a child process that makes up a run."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from concurrency_tui.engine.request import Request
from concurrency_tui.scenarios.parameters import Parameter
from concurrency_tui.scenarios.target import Target
from concurrency_tui.trace.events import Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace
from concurrency_tui.tui.app import ConcurrencyApp
from concurrency_tui.tui.recent import Recent
from concurrency_tui.tui.screens.stage import Stage
from concurrency_tui.tui.session import Session
from concurrency_tui.tui.settings import Settings
from concurrency_tui.tui.wiring import watch
from textual.pilot import Pilot

from ..canned_script import Script


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float) -> None:
        """Go on by so many seconds."""
        self.now += seconds


class Child:
    """Sends the events that it is made with, a batch at each `receive`, through a pipe that is always readable."""

    def __init__(self, trace: Trace, batch: int) -> None:
        self.header: Header | None = trace.header
        self.closed = False
        events = [trace.event(index) for index in range(len(trace))]
        self._batches = [events[index : index + batch] for index in range(0, len(events), batch)]
        self._reader, writer = os.pipe()
        os.close(writer)

    def fileno(self) -> int:
        """Return the reading end of a pipe whose other end is closed: always readable."""
        return self._reader

    def receive(self) -> list[Event] | None:
        """Return the next batch; after the last one, None."""
        return self._batches.pop(0) if self._batches else None

    def close(self) -> None:
        """Close the pipe."""
        if not self.closed:
            self.closed = True
            os.close(self._reader)


class Engine:
    """Launches such children: `make` turns a request into a trace. Keeps what it was asked for."""

    def __init__(self, make: Callable[[Request], Trace], *, batch: int = 10_000) -> None:
        self.make = make
        self.batch = batch
        self.requests: list[Request] = []
        self.children: list[Child] = []

    def __call__(self, request: Request) -> Child:
        trace = self.make(request)
        self.requests.append(request)
        self.children.append(Child(trace, self.batch))
        return self.children[-1]


class Wire:
    """Watches descriptors without an event loop: `pump` calls back until nobody listens any more."""

    def __init__(self) -> None:
        self.callbacks: dict[int, Callable[[], None]] = {}

    def __call__(self, descriptor: int, callback: Callable[[], None]) -> Callable[[], None]:
        self.callbacks[descriptor] = callback
        return lambda: self.callbacks.pop(descriptor, None) and None

    def pump(self, times: int = 1_000_000) -> None:
        """Let everything arrive, or only so many batches."""
        while self.callbacks and times:
            times -= 1
            next(iter(self.callbacks.values()))()


def steps(trace: Trace) -> Iterator[tuple[int, int]]:
    """Yield (step, worker) for every event that somebody did."""
    for index in range(len(trace)):
        event = trace.event(index)
        if event.worker >= 0:
            yield event.step, event.worker


def prefix(trace: Trace, length: int) -> Trace:
    """Return a trace of the first events of another one, as if the rest had not arrived yet."""
    cut = Trace(trace.header)
    cut.extend([trace.event(index) for index in range(length)])
    return cut


def toy(workers: int = 3, rounds: int = 4) -> Callable[[Request], Trace]:
    """Return an engine's mind for `Engine`: workers that each print a few times, in the order of the request.

    It keeps the promise of the real one: the same choices make the same beginning, and the seed decides the rest.
    """

    def make(request: Request) -> Trace:
        count = int(request.parameters.get("workers", workers))
        run = Script(request.target, "def main():\n    print()\n")
        for number in range(count):
            run.spawn(f"Thread-{number + 1}")
        chosen = [worker for _, worker in sorted(dict(reversed(list(steps(run.trace())))).items())]
        left = dict.fromkeys(range(1, count + 1), rounds)
        turn = request.seed
        while left:
            step = len(chosen)
            own = sorted(left)[turn % len(left)]
            turn = turn * 5 + 1
            worker = request.choices[step] if step < len(request.choices) else own
            if worker not in left:
                run.outcome(f"mismatch: step {step + 1} asks for worker {worker}, which cannot run there", 0)
                return run.trace()
            chosen.append(worker)
            left[worker] -= 1
            run.time += 1000
            if left[worker]:
                run.act(worker, Kind.OUTPUT, value=1, text=f"{worker}\n", at="print")
            else:
                run.act(worker, Kind.END)
                del left[worker]
        run.outcome("finished", 0)
        trace = run.trace()
        trace.header = request.header()
        return trace

    return make


TOY = Target(
    kind="module",
    name="-m toy",
    module="toy",
    parameters=(Parameter(name="workers", type="int", default=3, minimum=1, maximum=9),),
)


NOWHERE = Path(os.devnull, "recent.json")
"""Where nothing can be kept."""


class Lab(ConcurrencyApp):
    """The app with nothing of the outside: a made-up engine, a clock that stands still, no files of the user's."""

    def __init__(
        self, engine: Engine, target: Target | None = TOY, *, recent: Path = NOWHERE, lang: str = "en"
    ) -> None:
        self.engine = engine
        self.time = Clock()
        session = Session(target, Settings(), engine, watch) if target else None
        super().__init__(
            session,
            lang=lang,
            recent=Recent(recent),
            launch=engine,
            clock=self.time,
            autoplay=False,
        )
        self.animation_level = "none"

    @property
    def stage(self) -> Stage:
        """The stage, which must be on screen."""
        assert isinstance(self.screen, Stage)
        return self.screen

    @property
    def step(self) -> int:
        """The step that the cursor is at."""
        assert self.session is not None
        return self.session.trace.step_at(self.session.position)


async def settled(pilot: Pilot, lab: Lab) -> None:
    """Wait until the present run has arrived and is drawn."""
    await pilot.pause()
    while (session := lab.session) is not None and (session.running or session.waiting or not len(session.trace)):
        await pilot.pause()
    await pilot.pause()
