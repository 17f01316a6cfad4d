"""`concurrency-tui run`: run a program under the simulator without the app."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, Final

import click

from ...locales.words import N_, _
from .options import ProgramCommand, program_options
from .plan import complaints, find, refuse_settings, settings_for
from .spoken import option

if TYPE_CHECKING:
    from ...engine.client import Child
    from ...scenarios.target import Target
    from ...trace.events import Event
    from ...trace.header import Header
    from ..settings import Settings


RUN_HELP: Final = N_(
    "Run a lesson, a script or a module under the simulator, and print what it prints.\n\n"
    "The exit status is 0 when the program ended well, 1 when it failed, 3 for a deadlock and 4 at a limit."
)

PATIENCE: Final = 0.5
"""Seconds between looks at a silent child."""


@click.command("run", cls=ProgramCommand, help=RUN_HELP)
@program_options
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object with the outcome."))
@option("--plain", is_flag=True, help=N_("Print the run as sentences, one for each thing that happens."))
@option("--trace", "file", type=click.File("wb", lazy=True), help=N_("Write the trace to a file, for `open`."))
def run_command(
    *,
    target: str | None,
    module: str | None,
    as_json: bool,
    plain: bool,
    file: IO[bytes] | None,
    **options: Any,
) -> int:
    """Run a program as the options say; return the exit status."""
    if as_json and plain:
        raise click.UsageError(_("--json and --plain do not go together"))
    found = find(target, module)
    from .report import Arriving, conclude, print_output, print_sentences, take_in

    with ExitStack() as stack:
        if found.kind == "trace":
            refuse_settings(options)
            header, batches, notice = _recorded(found)
        else:
            settings = settings_for(found, options)
            header, batches, notice = _executed(stack, found, settings, lines=file is not None)
        trace = Arriving(header, batches, file)
        trace.notice = notice
        if plain:
            print_sentences(trace)
        elif as_json or file:
            take_in(trace)
        else:
            print_output(trace)
    return conclude(trace, as_json=as_json, silent=plain)


Run = tuple["Header", "Iterable[list[Event]]", str]
"""A run's header, its events as they come, and what is wrong with it."""


def _recorded(target: Target) -> Run:
    """Return a run that was recorded. What is wrong with its file is told at once."""
    from ...trace.file import load

    assert target.path is not None
    with complaints():
        whole = load(target.path)
    if whole.notice:
        click.echo(f"concurrency-tui: {whole.notice}", err=True)
    return whole.header, whole.batches(), whole.notice


def _executed(stack: ExitStack, target: Target, settings: Settings, *, lines: bool) -> Run:
    """Return a run that a child process makes, which ends with `stack`."""
    import msgspec

    from ...engine.client import Child

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        stack.callback(signal.signal, number, signal.signal(number, _stop))
    request = msgspec.structs.replace(settings.request(target), lines=lines)
    return request.header(), batches(stack.enter_context(Child(request))), ""


def batches(child: Child) -> Iterator[list[Event]]:
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
