"""The command line. This module imports click and nothing else of weight; each command imports what it needs."""

import os
import sys
from collections.abc import Sequence
from typing import Any, Final, TextIO

import click

from .. import __version__
from ..locales.language import LANGUAGES, use
from ..locales.words import N_
from .commands.check_lesson import check_lesson_command
from .commands.list import list_command
from .commands.open import open_app, open_command
from .commands.run import run_command
from .commands.spoken import SpokenGroup, SpokenOption, option, speak_click
from .language import language

USAGE_ERROR: Final = 2
INTERRUPTED: Final = 130
"""What a shell reports for a command that ended by ctrl-c: 128 and the number of the signal."""
BROKEN_PIPE: Final = 141


class Quiet(SpokenGroup):
    """Ends without a word where there is nobody to read it, or who wants to."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            status = super().invoke(ctx)
            _flush()
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whoever read our output has gone. What is still in the buffer must not raise again when Python exits.
            _forget(sys.stdout)
            ctx.exit(BROKEN_PIPE)
        return status


def _flush() -> None:
    """Write what is still in the buffer; a terminal that has gone away is no reason for another exit status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError:
            _forget(stream)


def _forget(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak(_context: click.Context, _option: click.Parameter, lang: str | None) -> None:
    """Take the language from the command line before anything else, so that help and errors are in it."""
    if lang:
        use(lang)


@click.group(
    cls=Quiet,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Run a plain Python program, see every thread and lock move, choose who runs next, and go back.\n\n"
        "Without a command, the app opens at the lessons."
    ),
)
@click.version_option(
    __version__,
    "-V",
    "--version",
    cls=SpokenOption,
    help=N_("Show the version and exit."),
    message="%(prog)s %(version)s",
)
@option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help=N_("Language, English or Chinese. Default: that of the environment."),
)
@click.pass_context
def cli(context: click.Context) -> int | None:
    """Open the app at the lessons, unless there is a command."""
    return open_app() if context.invoked_subcommand is None else None


cli.add_command(open_command)
cli.add_command(list_command)
cli.add_command(run_command)
cli.add_command(check_lesson_command)


def invoke(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. Errors of the person's are one line on standard error."""
    use(language())
    speak_click()
    try:
        status = cli.main(arguments, prog_name="concurrency-tui", standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"concurrency-tui: {' '.join(error.format_message().split())}", err=True)
        return USAGE_ERROR
    return status if isinstance(status, int) else 0


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(invoke())
