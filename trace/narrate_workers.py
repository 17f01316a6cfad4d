"""Clauses about how workers come, run and go, and about the end of the run."""

from collections.abc import Callable
from functools import partial
from typing import Final

from .events import CANCELLED, NONE, Event, Kind, WorkerFlag
from .fold_acting import find
from .narrate_nouns import thing, things, worker
from .narrate_outcomes import reason as told
from .narrate_words import duration, quoted, say
from .state import COMPUTING, State
from .store import Trace

Clause = Callable[[Trace, State, Event], str]
"""Tells an event from the state just before it. It ends without a full stop."""

_STANDARD_ERROR: Final = 2
_NESTED: Final = {
    WorkerFlag.COROUTINE: "spawn.coroutine",
    WorkerFlag.GREENLET: "spawn.greenlet",
    WorkerFlag.GENERATOR: "spawn.generator",
}


def plain(key: str, _trace: Trace, before: State, event: Event) -> str:
    """Tell an event by a template that asks for nothing but its worker and its object."""
    return say(key, worker=worker(before, event.worker), thing=thing(before, event.obj))


def _file(_trace: Trace, _before: State, event: Event) -> str:
    return say("file", path=quoted(event.text))


def _source(trace: Trace, _before: State, event: Event) -> str:
    return say("source", path=quoted(trace.path(event.obj)))


def _site(trace: Trace, _before: State, event: Event) -> str:
    return say("site", path=quoted(trace.path(event.site)), line=event.value)


def _object(_trace: Trace, _before: State, event: Event) -> str:
    return say("object", kind=quoted(event.text))


def _name(_trace: Trace, before: State, event: Event) -> str:
    return say("name", thing=thing(before, event.obj), name=quoted(event.text))


def _part(_trace: Trace, before: State, event: Event) -> str:
    return say("part", thing=thing(before, event.obj), whole=thing(before, event.value))


def _spawn(_trace: Trace, before: State, event: Event) -> str:
    child = quoted(event.text)
    if event.worker == NONE:
        return say("spawn.main", child=child)
    flags = max(event.value, 0)
    nested = next((key for flag, key in _NESTED.items() if flags & flag), "")
    parent = find(before.workers, event.worker)
    if nested and parent is not None:
        host = worker(before, parent.id if parent.host == NONE else parent.host)
        return say(nested, worker=worker(before, parent.id), child=child, host=host)
    key = "spawn.pool" if flags & WorkerFlag.POOL else "spawn.daemon" if flags & WorkerFlag.DAEMON else "spawn"
    return say(key, worker=worker(before, event.worker), child=child)


def _begin(_trace: Trace, before: State, event: Event) -> str:
    key = "begin.program" if event.text == "<module>" else "begin.function" if event.text else "begin"
    return say(key, worker=worker(before, event.worker), function=quoted(event.text))


def _rename(_trace: Trace, before: State, event: Event) -> str:
    return say("rename", other=worker(before, event.obj), name=quoted(event.text))


def _end(key: str, _trace: Trace, before: State, event: Event) -> str:
    who, error = worker(before, event.worker), quoted(event.text)
    ended = find(before.workers, event.worker)
    if event.kind is Kind.END and event.text == CANCELLED:
        key = "finish.cancelled"
    if ended is not None and ended.holds:
        return say(f"{key}.holding", worker=who, error=error, things=things(before, ended.holds))
    return say(key, worker=who, error=error)


def _kill(_trace: Trace, before: State, event: Event) -> str:
    ended = find(before.workers, event.worker)
    nested = ended is not None and ended.host != NONE
    return say("kill.nested" if nested else "kill", worker=worker(before, event.worker))


def _line(trace: Trace, before: State, event: Event) -> str:
    site, source = trace.site(event.site), trace.source_line(event.site).strip()
    who, line = worker(before, event.worker), site.line
    if not source:
        return say("line", worker=who, line=line)
    key = "line.source" if site.path == trace.path(0) else "line.path"
    return say(key, worker=who, line=line, path=quoted(site.path), source=quoted(source))


def _yield(_trace: Trace, before: State, event: Event) -> str:
    key = "yield.value" if event.text else "yield"
    return say(key, worker=worker(before, event.worker), value=quoted(event.text))


def _interrupt(_trace: Trace, before: State, event: Event) -> str:
    key = "interrupt.self" if event.obj == event.worker else "interrupt"
    return say(key, worker=worker(before, event.worker), other=worker(before, event.obj))


def _work(_trace: Trace, before: State, event: Event) -> str:
    key = "work.function" if event.text else "work"
    computing = find(before.workers, event.worker)
    if computing is not None and computing.operation == COMPUTING:
        key = "work.again"
    until = duration(max(event.value, 0))
    return say(key, worker=worker(before, event.worker), function=quoted(event.text), time=until)


def _worked(_trace: Trace, before: State, event: Event) -> str:
    key = "worked" if event.value > 0 else "worked.done"
    return say(key, worker=worker(before, event.worker), duration=duration(max(event.value, 0)))


def _output(_trace: Trace, before: State, event: Event) -> str:
    text = quoted(event.text.removesuffix("\n"))
    if event.worker == NONE:
        return say("output.nobody", text=text)
    key = "output.error" if event.value == _STANDARD_ERROR else "output"
    return say(key if text else "output.empty", worker=worker(before, event.worker), text=text)


def _deadlock(_trace: Trace, before: State, event: Event) -> str:
    who, what, holder = worker(before, event.worker), thing(before, event.obj), worker(before, event.value)
    if event.obj == NONE and event.value == NONE:
        return say("deadlock.nothing", worker=who)
    if event.obj == NONE:
        return say("deadlock.join", worker=who, other=holder)
    if event.value == event.worker:
        return say("deadlock.own", worker=who, thing=what)
    key = "deadlock.thing" if event.value == NONE else "deadlock.held"
    return say(key, worker=who, thing=what, holder=holder)


def _outcome(_trace: Trace, _before: State, event: Event) -> str:
    name, _, reason = event.text.partition(": ")
    if event.text in ("finished", "failed", "deadlock"):
        return say(f"outcome.{name}", status=event.value)
    if name in ("limit", "failed", "mismatch"):
        return say(f"outcome.{name}.why", reason=told(reason))
    return say("outcome.other", reason=quoted(event.text))


CLAUSES: Final[dict[Kind, Clause]] = {
    Kind.FILE: _file,
    Kind.SOURCE: _source,
    Kind.SITE: _site,
    Kind.OBJECT: _object,
    Kind.NAME: _name,
    Kind.PART: _part,
    Kind.SPAWN: _spawn,
    Kind.BEGIN: _begin,
    Kind.RENAME: _rename,
    Kind.END: partial(_end, "finish"),
    Kind.FAIL: partial(_end, "fail"),
    Kind.KILL: _kill,
    Kind.LINE: _line,
    Kind.RUN: partial(plain, "run"),
    Kind.YIELD: _yield,
    Kind.INTERRUPT: _interrupt,
    Kind.WORK: _work,
    Kind.WORKED: _worked,
    Kind.OUTPUT: _output,
    Kind.DEADLOCK: _deadlock,
    Kind.OUTCOME: _outcome,
}
