"""What `run` prints: the program's output or the run in sentences as it goes, and how it ended."""

import json
from collections.abc import Sequence
from typing import IO, Any, Final

import click

from ...trace.events import NANOSECONDS, NONE, Event, Kind
from ...trace.file import Writer
from ...trace.plain import lines
from ...trace.sanitize import clean, clean_lines
from ...trace.schedule_code import Schedule, encode
from ...trace.state import State, Status
from ...trace.store import Trace

EXIT_STATUS: Final = {"finished": 0, "failed": 1, "deadlock": 3, "limit": 4}
STANDARD_OUTPUT: Final = 1
STANDARD_ERROR: Final = 2


class Reporter:
    """Takes a run's events as they come, and prints or writes what was asked for."""

    def __init__(self, trace: Trace, *, plain: bool, output: bool, file: IO[bytes] | None) -> None:
        self.trace = trace
        self._plain = plain
        self._output = output
        self._writer = Writer(file, trace.header) if file else None

    def take(self, events: Sequence[Event]) -> None:
        """Take events that follow the ones before."""
        self.trace.extend(events)
        if self._writer:
            self._writer.write(events)
        if self._output:
            for event in events:
                if event.kind is Kind.OUTPUT:
                    click.echo(clean_lines(event.text), nl=False, err=event.value == STANDARD_ERROR)


def conclude(trace: Trace, *, as_json: bool) -> int:
    """Say how the run ended, on standard output as JSON or else in one line on standard error; return the status."""
    state = trace.state(len(trace))
    kind, _, reason = state.outcome.partition(": ")
    if kind == "mismatch":
        raise click.UsageError(f"the schedule does not fit this program: {clean(reason)}")
    if as_json:
        click.echo(json.dumps(_report(trace, state, kind, reason)))
    else:
        click.echo(f"concurrency-tui: {_sentence(trace, state, kind, reason)}", err=True)
    return EXIT_STATUS.get(kind, EXIT_STATUS["failed"])


def _report(trace: Trace, state: State, kind: str, reason: str) -> dict[str, Any]:
    """Return the run as one object. `reason` and `errors` say more about a limit or a failure."""
    outputs = [trace.event(index) for index in trace.outputs]
    return {
        "outcome": kind,
        "exit_status": state.exit_status,
        "virtual_seconds": state.time / NANOSECONDS,
        "steps": trace.last_step,
        "workers": len(state.workers),
        "schedule": _code(trace),
        "stdout": "".join(event.text for event in outputs if event.value != STANDARD_ERROR),
        "stderr": "".join(event.text for event in outputs if event.value == STANDARD_ERROR),
        "cycle": _cycle(trace, state),
        "reason": reason,
        "errors": [
            {"worker": worker.name, "error": worker.error}
            for worker in state.workers
            if worker.status is Status.FAILED
        ],
    }


def _cycle(trace: Trace, state: State) -> list[dict[str, Any]]:
    """Return who waits for what in a deadlock, and who has it; a name is null where there is nothing to name."""
    workers, things = state.workers, state.things
    return [
        {
            "worker": workers[worker].name,
            "waits_for": things[thing].name if thing != NONE else None,
            "held_by": workers[holder].name if holder != NONE else None,
            "line": trace.site(workers[worker].site).line,
        }
        for worker, thing, holder in state.stuck
    ]


def _sentence(trace: Trace, state: State, kind: str, reason: str) -> str:
    """Return the one line that sums the run up."""
    parts = [
        f"{kind}: {clean(reason)}" if reason else kind,
        f"{state.time / NANOSECONDS:g} virtual seconds",
        f"{trace.last_step:,} steps",
        f"{len(state.workers):,} workers",
        f"schedule {_code(trace)}",
    ]
    if kind == "deadlock":
        parts[0] = f"deadlock of {', '.join(clean(state.workers[worker].name) for worker, _, _ in state.stuck)}"
    elif kind == "failed" and not reason:
        parts[0] = next(
            (f"failed: {clean(one.name)}: {clean(one.error)}" for one in state.workers if one.status is Status.FAILED),
            f"failed: exit status {state.exit_status}",
        )
    return ", ".join(parts)


def _code(trace: Trace) -> str:
    """Return the schedule code that replays the run."""
    header = trace.header
    return encode(Schedule(strategy=header.strategy, seed=header.seed, choices=header.choices, grain=header.grain))
