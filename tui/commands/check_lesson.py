"""`concurrency-tui check-lesson`: whether a lesson's folder is whole, and what its program does when it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ...locales.words import N_, _, ngettext
from .spoken import SpokenCommand

if TYPE_CHECKING:
    from ...scenarios.folder import Lesson
    from ...trace.header import Setting
    from ...trace.store import Trace

WORKERS: Final = frozenset({"Thread", "Process"})
"""Heroes that are no objects but workers."""


@click.command(
    "check-lesson",
    cls=SpokenCommand,
    help=N_(
        "Check the lesson in the folder PATH, in its files and by running it.\n\n"
        "Everything that is wrong is printed, a line each. The exit status is 0 if nothing is, else 1."
    ),
)
@click.argument("folder", metavar="PATH", type=click.Path(path_type=Path))
def check_lesson_command(folder: Path) -> int:
    """Check a lesson's folder; return the exit status."""
    from ...scenarios.check import problems
    from ...trace.sanitize import clean

    if not folder.is_dir():
        raise click.UsageError(_("there is no folder {path}", path=str(folder)))

    told = problems(folder.resolve())
    if not told:
        from ...scenarios.folder import load

        for line, is_problem in _trials(load(folder.resolve())):
            click.echo(clean(line))
            told += [line] * is_problem
    else:
        for line in told:
            click.echo(clean(line))
    said = ngettext("{count} problem", "{count} problems", len(told)) if told else _("nothing is wrong")
    click.echo(f"{clean(folder.resolve().name)}: {said}")
    return 1 if told else 0


def _trials(lesson: Lesson) -> Iterator[tuple[str, bool]]:
    """Run the program with its defaults twice, and once with each other choice.

    Yields a line on each trial, and whether it is a problem.
    """
    kinds: set[str] = set()
    for values in _choices(lesson):
        first = _run(lesson, values)
        kinds |= {thing.kind for thing in first.state(len(first)).things}
        yield _verdict(first, values)
        if not values and _events(first) != _events(_run(lesson, values)):
            yield (
                _("the same seed does not make the same run again: the program depends on what is not simulated"),
                True,
            )
    if lesson.hero not in kinds | WORKERS:
        among = ", ".join(sorted(kinds | WORKERS))
        yield _("lesson.toml: no {hero} comes into play; hero is one of {among}", hero=lesson.hero, among=among), True


def _choices(lesson: Lesson) -> Iterator[dict[str, Setting]]:
    yield {}
    for parameter in lesson.parameters:
        options: tuple[Setting, ...] = (True, False) if parameter.type == "bool" else parameter.choices
        yield from ({parameter.name: option} for option in options if option != parameter.default)


def _run(lesson: Lesson, values: dict[str, Setting]) -> Trace:
    from ...engine.client import Child
    from ...scenarios.target import of_lesson
    from ...trace.store import Trace
    from ..settings import Settings
    from .run import batches

    request = Settings(parameters=dict(values)).request(of_lesson(lesson, lesson.name))
    trace = Trace(request.header())
    with Child(request) as child:
        for batch in batches(child):
            trace.extend(batch)
    return trace


def _events(trace: Trace) -> list[object]:
    return [event for batch in trace.batches() for event in batch]


def _verdict(trace: Trace, values: dict[str, Setting]) -> tuple[str, bool]:
    """Return how a run ended, in a line, and whether a lesson's run must not end like that."""
    from .report import sentence

    state = trace.state(len(trace))
    kind = state.outcome.partition(":")[0]
    setting = ", ".join(f"{name} = {value}" for name, value in values.items()) or _("defaults")
    return f"{setting}: {sentence(trace)}", kind not in ("finished", "deadlock")
