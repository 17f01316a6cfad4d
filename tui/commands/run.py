"""`concurrency-tui run`: run a program under the simulator without the app."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, Final

import click

from .options import ProgramCommand, program_options
from .plan import complaints, find, refuse_settings, settings_for

if TYPE_CHECKING:
    from ...scenarios.target import Target
    from ...trace.events import Event
    from ...trace.store import Trace
    from ..settings import Settings


PATIENCE: Final = 0.5
"""Seconds between looks at a silent child."""


@click.command("run", cls=ProgramCommand)
@program_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the outcome.")
@click.option("--plain", is_flag=True, help="Print the run as sentences, one for each thing that happens.")
@click.option("--trace", "file", type=click.File("wb", lazy=True), help="Write the trace to a file, for `open`.")
def run_command(
    *,
    target: str | None,
    module: str | None,
    as_json: bool,
    plain: bool,
    file: IO[bytes] | None,
    **options: Any,
) -> int:
    """Run a lesson, a script or a module under the simulator, and print what it prints.

    The exit status is 0 when the program ended well, 1 when it failed, 3 for a deadlock and 4 at a limit.
    """
    if as_json and plain:
        raise click.UsageError("--json and --plain do not go together")
    found = find(target, module)
    from .report import Reporter, conclude

    with ExitStack() as stack:
        if found.kind == "trace":
            refuse_settings(options)
            trace, batches = _recorded(found)
        else:
            settings = settings_for(found, options)
            trace, batches = _executed(stack, found, settings, lines=file is not None)
        reporter = Reporter(trace, plain=plain, output=not (as_json or plain or file), file=file)
        for batch in batches:
            reporter.take(batch)
    return conclude(trace, as_json=as_json)


def _recorded(target: Target) -> tuple[Trace, Iterator[list[Event]]]:
    """Return an empty trace with a recorded run's header, and the events to fill it with."""
    from ...trace.file import load
    from ...trace.store import Trace

    with complaints():
        whole = load(target.path)
    if whole.notice:
        click.echo(f"concurrency-tui: {whole.notice}", err=True)
    return Trace(whole.header), whole.batches()


def _executed(
    stack: ExitStack,
    target: Target,
    settings: Settings,
    *,
    lines: bool,
) -> tuple[Trace, Iterator[list[Event]]]:
    """Start a child process, which ends with `stack`; return an empty trace and the events as they arrive."""
    import msgspec

    from ...engine.client import Child
    from ...trace.store import Trace

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    request = msgspec.structs.replace(settings.request(target), lines=lines)
    child = stack.enter_context(Child(request))
    header = msgspec.structs.replace(settings.header(target), lines=lines)
    return Trace(header), _batches(child)


def _batches(child: Any) -> Iterator[list[Event]]:
    """Yield what the child sends, waiting for it."""
    from selectors import EVENT_READ, DefaultSelector

    with DefaultSelector() as selector:
        selector.register(child, EVENT_READ)
        while True:
            # The child is asked now and then even when it is silent, so that it can notice a program that hangs.
            selector.select(PATIENCE)
            events = child.receive()
            if events is None:
                return
            if events:
                yield events


def _stop(number: int, _frame: FrameType | None) -> None:
    """End by unwinding, so that the child process is ended too."""
    sys.exit(128 + number)
