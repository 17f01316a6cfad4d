"""What `run` prints: the program's output or the run in sentences as it goes, and how it ended."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, Any, Final

import click

from ...locales.words import N_, _
from ...trace.events import NANOSECONDS, NONE, Event, Kind
from ...trace.file import Writer
from ...trace.header import Header
from ...trace.narrate import ended
from ...trace.narrate_outcomes import reason as told
from ...trace.plain import lines
from ...trace.sanitize import clean, clean_lines
from ...trace.schedule_code import Schedule, encode
from ...trace.state import State
from ...trace.store import Trace

EXIT_STATUS: Final = {"finished": 0, "failed": 1, "deadlock": 3, "limit": 4}
EXITED: Final = ("finished", "failed")
"""Outcomes in which the program came to an exit status of its own."""

STANDARD_ERROR: Final = 2


class Arriving(Trace):
    """A trace that fills itself while its batches are read. What a file is to have of it is written at once."""

    def __init__(self, header: Header, source: Iterable[list[Event]], file: IO[bytes] | None = None) -> None:
        super().__init__(header)
        self._source = source
        self._writer = Writer(file, header) if file else None

    def batches(self) -> Iterator[list[Event]]:
        """Yield events as they arrive."""
        for batch in self._source:
            self.extend(batch)
            if self._writer:
                self._writer.write(batch)
            yield batch


def print_sentences(trace: Arriving) -> None:
    """Print the run in sentences, as they come."""
    for line in lines(trace):
        click.echo(line)


def print_output(trace: Arriving) -> None:
    """Print what the program prints, as it comes."""
    for event in chain.from_iterable(trace.batches()):
        if event.kind is Kind.OUTPUT:
            click.echo(clean_lines(event.text), nl=False, err=event.value == STANDARD_ERROR)


def take_in(trace: Arriving) -> None:
    """Wait for the whole run."""
    for _batch in trace.batches():
        pass


def conclude(trace: Trace, *, as_json: bool, silent: bool) -> int:
    """Say how the run ended, on standard output as JSON or else in one line on standard error; return the status."""
    state = trace.state(len(trace))
    kind, reason = state.outcome.partition(": ")[::2]
    if kind == "mismatch":
        raise click.UsageError(_("the schedule does not fit this program: {reason}", reason=told(reason)))
    if as_json:
        click.echo(json.dumps(_report(trace, state, kind, reason)))
    elif not silent:
        click.echo(f"concurrency-tui: {sentence(trace)}", err=True)
    return EXIT_STATUS.get(kind, EXIT_STATUS["failed"])


def _report(trace: Trace, state: State, kind: str, reason: str) -> dict[str, Any]:
    """Return the run as one object. `reason` and `errors` say more about a limit or a failure."""
    outputs = [trace.event(index) for index in trace.outputs]
    return {
        "outcome": kind,
        "exit_status": state.exit_status if kind in EXITED else None,
        "virtual_seconds": state.time / NANOSECONDS,
        "steps": trace.last_step,
        "workers": len(state.workers),
        "schedule": _code(trace),
        "stdout": "".join(event.text for event in outputs if event.value != STANDARD_ERROR),
        "stderr": "".join(event.text for event in outputs if event.value == STANDARD_ERROR),
        "cycle": _cycle(trace, state),
        "reason": reason,
        "errors": [{"worker": worker.name, "error": worker.error} for worker in state.workers if worker.error],
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


def sentence(trace: Trace) -> str:
    """Return the one line that sums a whole run up."""
    state = trace.state(len(trace))
    kind, reason = state.outcome.partition(": ")[::2]
    end = ended(kind) if kind else _("cut off")
    parts = [
        _("{kind}: {reason}", kind=end, reason=told(reason)) if reason else end,
        _("{seconds:g} virtual seconds", seconds=state.time / NANOSECONDS),
        _("{count:,} steps", count=trace.last_step),
        _("{count:,} workers", count=len(state.workers)),
        _("schedule {code}", code=_code(trace)),
    ]
    if kind == "deadlock":
        parts[0] = _("deadlock: {circle}", circle=_("; ").join(_circle(trace, state)))
    elif kind == "failed" and not reason:
        parts[0] = next(
            (
                _("failed: {name}: {error}", name=clean(one.name), error=clean(one.error))
                for one in state.workers
                if one.error
            ),
            _("failed: exit status {exit_status}", exit_status=state.exit_status),
        )
    return _(", ").join(parts)


def _circle(trace: Trace, state: State) -> list[str]:
    """Return the deadlock in words, one clause for each worker."""
    clauses = []
    for link in _cycle(trace, state):
        held = _(", held by {name}", name=clean(link["held_by"])) if link["held_by"] and link["waits_for"] else ""
        awaited = link["waits_for"] or link["held_by"] or _("what never comes")
        clause = N_("{worker} waits for {awaited}{held} (line {line})")
        clauses.append(_(clause, worker=clean(link["worker"]), awaited=clean(awaited), held=held, line=link["line"]))
    return clauses


def _code(trace: Trace) -> str:
    """Return the schedule code that replays the run."""
    return encode(Schedule.of(trace.header))
