"""A deadlock in words: the whole cycle, who holds what since when, and who is stuck behind it."""

from typing import Final

from .events import NONE
from .narrate_nouns import at_site, thing, worker, workers
from .narrate_words import say
from .state import State
from .store import Trace
from .waits import Edge, cycle, edges, is_able

_TOLD: Final = 12
"""Most workers of a cycle that are told one by one."""


def deadlock(trace: Trace, state: State) -> list[str]:
    """Return the deadlock of a state, one sentence a worker in it; [] if there is none."""
    ring = cycle(state)
    if not ring:
        return []
    closed = all(wait.holder == ring[place + 1 - len(ring)].worker for place, wait in enumerate(ring))
    lines = [say("end", clause=say("cycle"))]
    lines += [_member(trace, state, wait, ring[place - 1]) for place, wait in enumerate(ring[:_TOLD])]
    if len(ring) > _TOLD:
        lines.append(say("end", clause=say("cycle.more", count=len(ring) - _TOLD)))
    if closed and len(ring) > 1:
        lines.append(say("end", clause=say("cycle.two" if len(ring) == 2 else "cycle.many", count=len(ring))))  # noqa: PLR2004
    behind = _behind(state, ring)
    if behind:
        lines.append(say("end", clause=say("cycle.behind", names=workers(state, behind))))
    return lines


def _member(trace: Trace, state: State, wait: Edge, previous: Edge) -> str:
    """Tell one worker's part in it. What it holds is what the one before it waits for."""
    who, what, holder = worker(state, wait.worker), thing(state, wait.thing), worker(state, wait.holder)
    held = previous.thing if previous.holder == wait.worker else NONE
    if wait.thing == NONE:
        clause = say("cycle.join", worker=who, other=holder)
    elif wait.holder == NONE:
        clause = say("cycle.thing", worker=who, thing=what)
    elif wait.holder == wait.worker:
        clause = say("cycle.own", worker=who, thing=what)
    elif held == NONE:
        clause = say("cycle.waits", worker=who, thing=what, holder=holder)
    else:
        step = state.things[held].since_step
        clause = say("cycle.held", worker=who, held=thing(state, held), step=step, thing=what, holder=holder)
    return at_site(trace, state.workers[wait.worker].site, clause)


def _behind(state: State, ring: list[Edge]) -> list[int]:
    """Return the workers outside of the cycle that wait for one of its members, or for one that does."""
    followers: dict[int, list[int]] = {}
    for wait in edges(state):
        if not is_able(state, state.workers[wait.worker]):
            followers.setdefault(wait.holder, []).append(wait.worker)
    stuck = {wait.worker for wait in ring}
    behind: list[int] = []
    reached = list(stuck)
    while reached:
        new = [follower for follower in followers.get(reached.pop(), ()) if follower not in stuck]
        stuck.update(new)
        behind += new
        reached += new
    return sorted(behind)
