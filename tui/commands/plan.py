"""From the words of a command line to what is to be run, and how. Every error is one line for the person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from ...locales.words import _
from .options import program_arguments

if TYPE_CHECKING:
    from ...scenarios.target import Target
    from ...trace.header import Setting
    from ...trace.model import Cost
    from ..settings import Settings

_MACHINE: Final = ("cores", "gil", "switch_interval", "thread_start", "process_start")


@contextmanager
def complaints() -> Iterator[None]:
    """Turn the errors that our own rooms raise about a person's input into click's."""
    from ...scenarios.costs import CostError
    from ...scenarios.parameters import ParameterError
    from ...scenarios.target import TargetError
    from ...trace.file import TraceError
    from ...trace.schedule_code import ScheduleError

    try:
        yield
    except (CostError, ParameterError, TargetError, TraceError, ScheduleError) as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error


def find(target: str | None, module: str | None) -> Target:
    """Return what TARGET or `-m MODULE` names."""
    from ...scenarios.target import resolve

    if target and module:
        raise click.UsageError(
            _("give a TARGET or -m MODULE, not both; arguments for the program go after --: -- {target}", target=target)
        )
    if not target and not module:
        raise click.UsageError(_("say what to run: a lesson's name, a script, -m MODULE, or a saved trace"))
    with complaints():
        return resolve(f"-m {module}" if module else str(target))


def settings_for(target: Target, options: dict[str, Any]) -> Settings:
    """Return the settings that the options of `program_options` ask for. Without a word about it, all is at default."""
    from ...engine.limits import Limits
    from ...trace.schedule_code import decode
    from ..settings import Settings

    limits = {
        "steps": options["max_steps"],
        "virtual_seconds": options["max_virtual_time"],
        "output_bytes": options["max_output"],
        "stall_seconds": options["max_stall"],
    }
    given = {name: options[name] for name in ("seed", "strategy", "grain") if options[name] is not None}
    settings = Settings(
        parameters=_assigned(target, options["assignments"]),
        arguments=program_arguments(),
        limits=Limits(**{name: value for name, value in limits.items() if value is not None}),
        costs=_declared(target, options["costs"]),
        model={name: options[name] for name in _MACHINE if options[name] is not None},
        generators=bool(options["generators"]),
        **given,
    )
    if options["schedule"] is None:
        return settings
    if given:
        raise click.UsageError(
            _("a schedule code says it all: --schedule and --{option} do not go together", option=next(iter(given)))
        )
    with complaints():
        return settings.with_schedule(decode(options["schedule"]))


def refuse_settings(options: dict[str, Any]) -> None:
    """Refuse options that would change a run which is not made again, because it was recorded."""
    for name, value in options.items():
        if value not in (None, ()):
            flag = {"assignments": "set", "costs": "cost"}.get(name, name.replace("_", "-"))
            raise click.UsageError(_("a saved trace is shown as it was recorded: --{flag} does not apply", flag=flag))
    if program_arguments():
        raise click.UsageError(_("a saved trace is shown as it was recorded: arguments for the program do not apply"))


def _assigned(target: Target, assignments: Sequence[str]) -> dict[str, Setting]:
    """Return the parameters that `--set` gives other values than their defaults."""
    from ...scenarios.parameters import settings

    defaults = {parameter.name: parameter.default for parameter in target.parameters}
    with complaints():
        values = settings(target.parameters, assignments)
    return {name: value for name, value in values.items() if value != defaults[name]}


def _declared(target: Target, assignments: Sequence[str]) -> dict[str, Cost]:
    """Return the costs that `--cost` declares of the program's functions."""
    if not assignments:
        return {}
    from ...scenarios import costs, source
    from ...trace.model import Cost

    with complaints():
        declared = costs.declared(assignments)
        if target.path is not None:
            costs.check(declared, source.read(target.path, target.name))
    return {name: Cost(*cost) for name, cost in declared.items()}
