"""From what a person names to a session: a lesson, a script, a module or a saved trace."""

from pathlib import Path

from ..scenarios.catalogue import names
from ..scenarios.target import Target, TargetError, resolve
from ..trace.file import load
from .feed import Launch, Watch
from .recent import Opened
from .session import Session
from .settings import Settings


def open_session(
    target: Target,
    launch: Launch,
    watch: Watch,
    settings: Settings | None = None,
) -> Session:
    """Return a session for the target. A program is ready to `run`; a trace is loaded, which may take a while.

    A trace comes from strangers: what its header names is run again only if it is a lesson of ours. Raises TraceError.
    """
    if target.kind != "trace":
        return Session(target, settings or Settings(), launch, watch)
    assert target.path is not None
    trace = load(target.path)
    lesson = _lesson(trace.header.target)
    return Session(
        lesson,
        Settings.of(trace.header, lesson),
        launch,
        watch,
        loaded=trace,
    )


def remembered(target: Target) -> Opened | None:
    """Return how to open the target again, or None for a lesson that has its own place."""
    if target.lesson is not None and target.name not in names():
        return Opened(str(target.lesson.folder.absolute()), "script")
    match target.kind:
        case "script" | "trace":
            assert target.path is not None
            return Opened(str(Path(target.path).absolute()), target.kind)
        case "module":
            return Opened(f"-m {target.module}", "module")
        case _:
            return None


def _lesson(name: str) -> Target | None:
    try:
        target = resolve(name)
    except TargetError:
        return None
    return target if target.name in names() else None
