"""What workers, objects and places are called in a sentence. All names come from strangers, and leave here cleaned."""

from collections.abc import Iterable
from typing import Final

from .fold_acting import find
from .narrate_words import quoted, say, several
from .sockets import peer
from .state import State, Thing
from .store import Trace

_NAME_LIMIT: Final = 60


def worker(state: State, number: int) -> str:
    """Return a worker's name."""
    found = find(state.workers, number)
    return say("noun.somebody") if found is None else quoted(found.name, _NAME_LIMIT)


def workers(state: State, numbers: Iterable[int], total: int | None = None) -> str:
    """Return the first of some workers' names, and how many more there are."""
    names = [worker(state, number) for number in numbers]
    return several(names, total)


def thing(state: State, number: int) -> str:
    """Return an object's name, or what it is where the program has no name for it."""
    found = find(state.things, number)
    if found is None:
        return say("noun.something")
    if not _is_nameless(found):
        return quoted(found.name, _NAME_LIMIT)
    if found.kind in ("GIL", "CPU"):
        return _machine(state, found)
    whole = find(state.things, found.whole)
    other = peer(state, found)
    if other is not None and not _is_nameless(other):
        return say("noun.end", thing=quoted(other.name, _NAME_LIMIT))
    if found.call:
        return say("noun.future", call=quoted(found.call, _NAME_LIMIT))
    if whole is not None and not _is_nameless(whole):
        return say("noun.part", kind=quoted(found.kind, _NAME_LIMIT), whole=quoted(whole.name, _NAME_LIMIT))
    return quoted(found.name, _NAME_LIMIT)


def _machine(state: State, found: Thing) -> str:
    """Return what the GIL of a process is called, or one of the cores."""
    if found.kind == "CPU":
        return say("noun.core")
    maker = find(state.workers, found.creator)
    if maker is None or maker.process == 0:
        return say("noun.gil")
    return say("noun.gil.process", process=worker(state, maker.process))


def things(state: State, numbers: Iterable[int]) -> str:
    """Return the names of objects, each once, and how many more there are."""
    return several([thing(state, number) for number in dict.fromkeys(numbers)])


def call(state: State, number: int) -> str:
    """Return the call that a future stands for."""
    found = find(state.things, number)
    return quoted(found.call, _NAME_LIMIT) if found is not None and found.call else thing(state, number)


def at_site(trace: Trace, number: int, clause: str) -> str:
    """Close a clause with the place it happened at: the line, and the file unless it is the program's first."""
    site = trace.site(number)
    if not site.line:
        return say("end", clause=clause)
    if site.path == trace.path(0):
        return say("end.line", clause=clause, line=site.line)
    return say("end.path", clause=clause, path=quoted(site.path, _NAME_LIMIT), line=site.line)


def _is_nameless(found: Thing) -> bool:
    return found.name == f"{found.kind} {found.id}"
