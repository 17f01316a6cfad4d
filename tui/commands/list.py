"""`concurrency-tui list`: the lessons."""

import json

import click


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.pass_context
def list_command(context: click.Context, *, as_json: bool) -> int:
    """List the lessons in tutorial order."""
    from ...scenarios.catalogue import lessons
    from ..language import language

    lang = language(context.obj)
    if as_json:
        entries = [
            {
                "name": lesson.name,
                "title": lesson.words(lang).title,
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
        click.echo(f"{lesson.name:<{width}}  {lesson.section:>4}  {lesson.words(lang).title}")
    return 0
