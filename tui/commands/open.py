"""`concurrency-tui open`, and what starts the app."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from ...locales.words import N_, _
from .options import ProgramCommand, program_options
from .plan import complaints, find, refuse_settings, settings_for

if TYPE_CHECKING:
    from ..session import Session


@click.command("open", cls=ProgramCommand, help=N_("Open the app on a lesson, a script, a module or a saved trace."))
@program_options
def open_command(*, target: str | None, module: str | None, **options: Any) -> int:
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
    return open_app(session)


def open_app(session: Session | None = None) -> int:
    """Run the app, at the lessons or on a session, until it is left; return its exit status."""
    _require_terminal()
    _prepare()
    from ..app import ConcurrencyApp

    app = ConcurrencyApp(session)
    try:
        app.run()
    finally:
        app.close_session()
    return app.return_code or 0


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(_("the app needs a terminal; `concurrency-tui run` does without"))


def _prepare() -> None:
    """Set what Textual reads when it is imported: at its usual 60 Hz, its frame timer and ours would beat."""
    os.environ.setdefault("TEXTUAL_FPS", "120")
