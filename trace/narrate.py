"""A run in plain English: each event as a sentence, and each step with its reasons.

The sentences are for people who learn, and for screen readers: whole, short, without markup, every name cleaned.
"""

from typing import Final

from .events import NONE, Event, Kind
from .fold_acting import find
from .narrate_clauses import clause
from .narrate_cycle import deadlock
from .narrate_nouns import at_site, worker, workers
from .narrate_reasons import reasons, situation
from .narrate_words import LISTED, duration, quoted, say
from .state import COMPUTING, State, Status
from .store import Trace
from .waits import able

DECLARATIONS: Final = frozenset({Kind.FILE, Kind.SOURCE, Kind.SITE, Kind.OBJECT, Kind.NAME, Kind.PART, Kind.PEER})
"""Kinds that tell no act of a worker."""

PASSING: Final = frozenset({Kind.LINE, Kind.RUN})
"""Kinds that are worth telling only in a step in which nothing else happened."""

ENDS: Final = frozenset({"finished", "failed", "deadlock", "limit", "mismatch"})
"""How a run may end: what stands before the colon of an outcome."""

_PLACELESS: Final = DECLARATIONS | {Kind.LINE, Kind.OUTCOME, Kind.DEADLOCK}
_TOLD: Final = 6
"""Most events of one step that are told."""

_SEARCHED: Final = 1000
"""How many events back they are looked for."""


def sentence(trace: Trace, position: int) -> str:
    """Return the event that leads to the cursor, in one sentence: "Thread-1 acquires mutexA (line 10)."."""
    if not 0 < position <= len(trace):
        return say("end", clause=say("start"))
    return tell(trace, trace.state(position - 1), trace.event(position - 1))


def tell(trace: Trace, before: State, event: Event) -> str:
    """Return an event in one sentence; `before` is the state just before it."""
    told = clause(trace, before, event)
    return say("end", clause=told) if event.kind in _PLACELESS else at_site(trace, event.site, told)


def step_sentences(trace: Trace, position: int, *, but: Kind | None = None) -> list[str]:
    """Return what has happened in the cursor's step so far, at most the last few events, leaving out one kind."""
    start = max(trace.end_of_step(trace.step_at(position) - 1), position - _SEARCHED)
    kinds = [(at, trace.event(at - 1).kind) for at in range(start + 1, position + 1)]
    acts = [at for at, kind in kinds if kind not in DECLARATIONS | PASSING and kind is not but]
    passing = [at for at, kind in kinds if kind in PASSING]
    return [sentence(trace, at) for at in acts[-_TOLD:] or passing[-1:]]


def why(trace: Trace, position: int, worker: int | None = None) -> list[str]:
    """Return the cursor's step in words, why things stand as they do, and what can happen next.

    With a worker, the words are about that one: what it is doing, and why it does not go on.
    """
    position = min(max(position, 0), len(trace))
    state = trace.state(position)
    if worker is not None:
        who = find(state.workers, worker)
        if who is None:
            return []
        told = [situation(trace, state, who), *reasons(trace, state, who)]
        return told + (deadlock(trace, state) if who.status is Status.DEADLOCKED else [])
    stuck = deadlock(trace, state)
    told = step_sentences(trace, position, but=Kind.DEADLOCK if stuck else None) if position else [sentence(trace, 0)]
    who = find(state.workers, state.running)
    if stuck:
        told += stuck
    elif who is not None and who.operation:
        told += reasons(trace, state, who)
    elif position and _hands_to_nobody(trace, state, position):
        told.append(say("end", clause=say("why.handed")))
    return told + prospects(state)


def prospects(state: State) -> list[str]:
    """Return which workers can go on from a state, as far as the trace tells; [] once the run is over."""
    if state.outcome or not state.workers:
        return []
    can = able(state)
    if can:
        key = "next.one" if len(can) == 1 else "next.many"
        return [say("end", clause=say(key, names=workers(state, can[:LISTED], len(can))))]
    waiting = [each for each in state.workers if each.deadline != NONE and each.operation]
    if not waiting:
        return []
    first = min(waiting, key=lambda each: (each.deadline, each.id))
    key = "next.sleeper" if first.status is Status.SLEEPING else "next.deadline"
    key = "next.computing" if first.operation == COMPUTING else key
    return [say("end", clause=say(key, time=duration(first.deadline), worker=worker(state, first.id)))]


def verb(kind: Kind) -> str:
    """Return an event's kind as a verb for narrow columns: "acquires"."""
    return say(f"verb.{kind.value}")


def describe(status: Status) -> str:
    """Return a status in words: "waits for a lock"."""
    return say(f"status.{status.name.lower()}")


def ended(outcome: str) -> str:
    """Return in a word how a run ended, from its outcome: "limit"; one that is not known here as the trace has it."""
    kind = outcome.partition(": ")[0]
    return say(f"ended.{kind}") if kind in ENDS else quoted(kind)


def _hands_to_nobody(trace: Trace, state: State, position: int) -> bool:
    """Return whether the last event released a lock that others wait for."""
    event = trace.event(position - 1)
    found = find(state.things, event.obj)
    if event.kind is not Kind.RELEASE or found is None or found.kind in ("GIL", "CPU"):
        return False
    return found.owner == NONE and bool(found.waiters)
