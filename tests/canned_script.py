"""Writes the events of a made-up run one by one, so that a test needs no engine to have a trace."""

import ast
from collections.abc import Iterator
from typing import Final

from concurrency_tui.trace.events import NANOSECONDS, NONE, Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.store import Trace

PATH: Final = "program.py"


class Script:
    """A run in the making. Every `act` is a step of its own unless told otherwise; `clock` sets the virtual time."""

    def __init__(self, target: str, source: str, main_line: str = "def main") -> None:
        self.header = Header(target=target, seed=7)
        self.events: list[Event] = []
        self.step = 0
        self.time = 0
        self.source = source
        self._lines = source.splitlines()
        self._functions = dict(_functions(source))
        self._running_in: dict[int, str] = {}
        self._sites: dict[int, int] = {}
        self._things = 0
        self._workers = 0
        self.note(Kind.FILE, obj=0, text=PATH)
        self.note(Kind.SOURCE, obj=0, text=source)
        self.note(Kind.SPAWN, obj=0, text="MainThread", value=0)
        self._workers = 1
        self.begin(0, "main", at=main_line)

    def trace(self) -> Trace:
        """Return the run as a trace."""
        trace = Trace(self.header)
        trace.extend(self.events)
        return trace

    def clock(self, seconds: float) -> None:
        """Set the virtual time, in seconds since the start."""
        self.time = round(seconds * NANOSECONDS)

    def note(self, kind: Kind, worker: int = NONE, obj: int = NONE, value: int = NONE, text: str = "") -> None:
        """Add an event to the present step, as it is."""
        self.events.append(Event(kind, self.step, self.time, worker, obj, value, text))

    def act(
        self,
        worker: int,
        kind: Kind,
        obj: int = NONE,
        value: int = NONE,
        text: str = "",
        *,
        at: str = "",
        more: bool = False,
    ) -> None:
        """Let a worker do something on the line of its function that contains `at`; `more`: in the same step."""
        site = self.site(worker, at) if at else NONE
        if not more:
            self.step += 1
        self.events.append(Event(kind, self.step, self.time, worker, obj, value, text, site))

    def thing(
        self, kind: str, name: str, capacity: int = NONE, *, worker: int = 0, at: str = "", part_of: int = NONE
    ) -> int:
        """Declare an object; without `name` it has none in the program."""
        site = self.site(worker, at) if at else NONE
        number = self._things
        self._things += 1
        self.events.append(Event(Kind.OBJECT, self.step, self.time, worker, number, capacity, kind, site))
        if name:
            self.note(Kind.NAME, obj=number, text=name)
        if part_of != NONE:
            self.note(Kind.PART, obj=number, value=part_of)
        return number

    def spawn(self, name: str, *, by: int = 0, flags: int = 0, at: str = "") -> int:
        """Let a worker start another one."""
        number = self._workers
        self._workers += 1
        self.act(by, Kind.SPAWN, obj=number, value=flags, text=name, at=at)
        return number

    def begin(self, worker: int, function: str, *, at: str = "") -> None:
        """Let a worker take its first step, in `function`."""
        self._running_in[worker] = function
        self.act(worker, Kind.BEGIN, text=function, at=at or f"def {function.rpartition('.')[2]}")

    def sleep(self, worker: int, seconds: float, *, at: str = "sleep") -> int:
        """Let a worker sleep; return the virtual nanoseconds when it wakes."""
        wakes = self.time + round(seconds * NANOSECONDS)
        self.act(worker, Kind.SLEEP, value=wakes, at=at)
        return wakes

    def join_all(self, workers: list[int], *, at: str = ".join()") -> None:
        """Let the main thread join workers that have ended."""
        for worker in workers:
            self.act(0, Kind.JOINED, obj=worker, at=at)

    def outcome(self, text: str, status: int) -> None:
        """End the run."""
        self.note(Kind.OUTCOME, text=text, value=status)

    def site(self, worker: int, snippet: str) -> int:
        """Return the number of the site of the first line with `snippet` in the worker's function, else anywhere."""
        function = self._running_in.get(worker, "")
        inside = self._functions.get(function, range(len(self._lines)))
        for number in (*inside, *range(len(self._lines))):
            if snippet in self._lines[number]:
                return self._site_of(number + 1, function)
        raise LookupError(snippet)

    def _site_of(self, line: int, function: str) -> int:
        if line not in self._sites:
            self._sites[line] = len(self._sites)
            self.events.append(
                Event(Kind.SITE, self.step, self.time, obj=self._sites[line], site=0, value=line, text=function)
            )
        return self._sites[line]


def _functions(source: str) -> Iterator[tuple[str, range]]:
    """Yield each function's name with the range of its lines, counted from 0."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield node.name, range(node.lineno - 1, node.end_lineno or node.lineno)
