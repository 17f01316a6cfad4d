"""`concurrency-tui list`: the lessons."""

import json

import click

from ...locales.language import current
from ...locales.words import N_
from .spoken import SpokenCommand, option


@click.command("list", cls=SpokenCommand, help=N_("List the lessons in tutorial order."))
@option("--json", "as_json", is_flag=True, help=N_("Print a JSON array."))
def list_command(*, as_json: bool) -> int:
    """List the lessons, for people in the language that is spoken."""
    from ...scenarios.catalogue import lessons

    if as_json:
        entries = [
            {
                "name": lesson.name,
                "title": lesson.words().title,
                "section": lesson.section,
                "order": lesson.order,
                "tags": list(lesson.tags),
                "parameters": [
                    {"name": parameter.name, "type": parameter.type, "default": parameter.default}
                    for parameter in lesson.parameters
                ],
            }
            for lesson in lessons()
        ]
        click.echo(json.dumps(entries, indent=2))
        return 0
    width = max((len(lesson.name) for lesson in lessons()), default=0)
    for lesson in lessons():
        click.echo(f"{lesson.name:<{width}}  {lesson.section:>4}  {lesson.words(current()).title}")
    return 0
