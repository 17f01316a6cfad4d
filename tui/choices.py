"""What a choice by hand needs to know of a run: who was chosen so far, and who can be chosen next."""

from itertools import chain

from ..locales.words import N_, _
from ..trace.events import NONE
from ..trace.narrate_nouns import worker as worker_name
from ..trace.store import Trace
from ..trace.waits import is_able


def deciders(trace: Trace, step: int) -> tuple[int, ...]:
    """Return who ran in each step from 1 to `step`: the choices that make the same run again up to there."""
    chosen: list[int] = []
    for event in chain.from_iterable(trace.batches()):
        if event.step > step:
            break
        if event.step > len(chosen) and event.worker != NONE:
            chosen.append(event.worker)
    return tuple(chosen)


def next_decider(trace: Trace, position: int) -> int:
    """Return who runs in the step after the one that `position` is in, or NONE at the end."""
    after = trace.end_of_step(trace.step_at(position))
    for later in range(after, min(after + 1000, len(trace))):
        event = trace.event(later)
        if event.worker != NONE:
            return event.worker
    return NONE


def hindrance(trace: Trace, position: int, worker: int) -> str:
    """Return in a few words why the worker cannot run now, or "" if it can."""
    state = trace.state(trace.end_of_step(trace.step_at(position)))
    if not 0 <= worker < len(state.workers):
        return _("there is no worker {worker} here", worker=worker)
    if state.outcome:
        return _("the run has ended")
    one = state.workers[worker]
    if one.host != NONE:
        text = N_("{worker} runs inside {host}, and what runs there decides whose turn it is: choose {host}")
        return _(text, worker=worker_name(state, worker), host=worker_name(state, one.host))
    if is_able(state, one):
        return ""
    reason = f"{one.name}: {one.status.value}"
    if 0 <= one.wants < len(state.things):
        thing = state.things[one.wants]
        reason = _("{name} waits for {thing}", name=one.name, thing=thing.name)
        if 0 <= thing.owner < len(state.workers):
            reason += _(", held by {name}", name=state.workers[thing.owner].name)
    elif 0 <= one.joins < len(state.workers):
        reason = _("{name} waits for {other} to end", name=one.name, other=state.workers[one.joins].name)
    return reason
