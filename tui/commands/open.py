"""`concurrency-tui open`, and what starts the app."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from .options import ProgramCommand, program_options
from .plan import complaints, find, refuse_settings, settings_for

if TYPE_CHECKING:
    from ..session import Session


@click.command("open", cls=ProgramCommand)
@program_options
@click.pass_context
def open_command(context: click.Context, /, *, target: str | None, module: str | None, **options: Any) -> int:
    """Open the app on a lesson, a script, a module or a saved trace."""
    found = find(target, module)
    _require_terminal()
    _prepare()
    from ..opening import open_session, remembered
    from ..recent import Recent, default_path
    from ..wiring import launch, watch

    if found.kind == "trace":
        refuse_settings(options)
        settings = None
    else:
        settings = settings_for(found, options)
    with complaints():
        session = open_session(found, launch, watch, settings)
    if opened := remembered(found):
        Recent(default_path()).add(opened)
    return open_app(session, lang=context.obj)


def open_app(session: Session | None = None, *, lang: str | None = None) -> int:
    """Run the app, at the lessons or on a session, until it is left; return its exit status."""
    _require_terminal()
    _prepare()
    from ..app import ConcurrencyApp

    app = ConcurrencyApp(session, lang=lang or "")
    try:
        app.run()
    finally:
        app.close_session()
    return app.return_code or 0


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the app needs a terminal; `concurrency-tui run` does without")


def _prepare() -> None:
    """Set what Textual reads when it is imported: at its usual 60 Hz, its frame timer and ours would beat."""
    os.environ.setdefault("TEXTUAL_FPS", "120")
