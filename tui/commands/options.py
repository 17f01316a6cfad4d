"""The options that `open` and `run` share: what to run, and how."""

from collections.abc import Callable
from math import isfinite
from typing import Any, Final

import click

from ...locales.words import N_, _
from .spoken import SpokenCommand, option

LONGEST: Final = 9_000_000_000.0
"""Seconds that still fit into 63 bits of nanoseconds."""

ARGUMENTS: Final = "concurrency_tui.arguments"
"""Where a context keeps the program's arguments."""


class Seconds(click.ParamType[float]):
    """A duration: a positive number of seconds."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; a text that is none, is not finite or not positive fails."""
        try:
            seconds = float(value)
        except (TypeError, ValueError):
            self.fail(_("{value!r} is not a number of seconds.", value=value), param, ctx)
        if not isfinite(seconds) or not 0 < seconds <= LONGEST:
            self.fail(
                _("{value!r} is not above 0 and at most {most:.0f} seconds.", value=value, most=LONGEST),
                param,
                ctx,
            )
        return seconds


class Duration(click.ParamType[int]):
    """A duration with its unit, such as 5ms, in nanoseconds."""

    name = "duration"

    def __init__(self, least: int = 0) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the nanoseconds; a text that is no duration fails."""
        from ...scenarios.costs import CostError, duration

        try:
            nanoseconds = duration(str(value))
        except CostError as error:
            self.fail(str(error), param, ctx)
        if nanoseconds < self._least:
            self.fail(_("{value!r} is not above 0.", value=value), param, ctx)
        return nanoseconds


class ProgramCommand(SpokenCommand):
    """A command that ends with `-- ARGS`: everything after the first `--` belongs to the program that is run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the program's arguments aside before click sees them, so that it cannot mix them with the target."""
        if "--" in args:
            cut = args.index("--")
            ctx.meta[ARGUMENTS] = tuple(args[cut + 1 :])
            args = args[:cut]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line with the part that click does not know of."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] [TARGET] [-- ARGS]...")


def program_arguments() -> tuple[str, ...]:
    """Return what stands after `--` on the command line of the present command."""
    arguments: tuple[str, ...] = click.get_current_context().meta.get(ARGUMENTS, ())
    return arguments


OPTIONS: Final = (
    click.argument("target", required=False),
    option("-m", "module", metavar="MODULE", help=N_("Run an importable module instead of a TARGET.")),
    option("--set", "assignments", metavar="NAME=VALUE", multiple=True, help=N_("Set a parameter of `main()`.")),
    option("--seed", type=click.IntRange(0, 2**63 - 1), help=N_("Seed of the order; 0 by default.")),
    option("--schedule", metavar="CODE", help=N_("Replay the order that a schedule code stands for.")),
    option("--strategy", type=click.Choice(["random", "round-robin", "fifo"]), help=N_("Who runs next.")),
    option(
        "--grain",
        type=click.Choice(["sync", "line", "bytecode"]),
        help=N_("Where workers may take turns: at operations of the library, or also between lines or instructions."),
    ),
    option(
        "--cost",
        "costs",
        metavar="NAME=DURATION",
        multiple=True,
        help=N_("Let a call of a function take CPU time: work=10s, Shop.open=5ms, scan='50ns * loops'."),
    ),
    option("--cores", type=click.IntRange(1, 2**31 - 1), help=N_("Cores to compute on; 4 by default.")),
    option("--gil/--no-gil", default=None, help=N_("Whether threads of one process compute one at a time.")),
    option("--switch-interval", type=Duration(1), help=N_("How long the GIL is kept from others; 5ms by default.")),
    option("--thread-start", type=Duration(), help=N_("CPU time that starting a thread costs; none by default.")),
    option("--process-start", type=Duration(), help=N_("CPU time that starting a process costs; none by default.")),
    option(
        "--generators",
        is_flag=True,
        default=None,
        help=N_("Show each generator of the program as a worker in its thread."),
    ),
    option("--max-steps", type=click.IntRange(1, 2**31 - 1), help=N_("Stop after so many steps.")),
    option("--max-virtual-time", type=Seconds(), help=N_("Stop after so much virtual time.")),
    option("--max-output", type=click.IntRange(0, 2**31 - 1), metavar="BYTES", help=N_("Stop after so much output.")),
    option("--max-stall", type=Seconds(), help=N_("Stop when nothing happens for so much real time.")),
)


def program_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options in `OPTIONS`."""
    for decorate in reversed(OPTIONS):
        function = decorate(function)
    return function
