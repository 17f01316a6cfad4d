"""In which order objects are stacked: the lesson's hero first, then the others; and who keeps a place on screen.

Nothing moves while a run plays. An object that something happens to out of sight changes places with the one in sight
to which nothing has happened for longest.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from ..trace.sockets import SOCKET
from ..trace.state import State, Thing
from ..trace.store import Trace

_DEEPEST: Final = 16
"""Steps from a part to its whole that are followed; a trace from a stranger may go in circles."""


def whole_of(things: Sequence[Thing], number: int) -> int:
    """Return the object that is drawn for `number`: itself, or the outermost whole it is part of."""
    start = number
    for _ in range(_DEEPEST):
        whole = things[number].whole
        if not 0 <= whole < len(things):
            return number
        number = whole
    return start


def wholes(things: Sequence[Thing]) -> list[int]:
    """Return the objects that are drawn for themselves, in the order they were made."""
    return [thing.id for thing in things if thing.whole < 0 or whole_of(things, thing.id) == thing.id]


def shown(trace: Trace, state: State) -> list[int]:
    """Return the objects that have a picture: all wholes, but for the GILs that no two workers ever want."""
    found = wholes(state.things)
    if not trace.tenures:
        return found
    shared = {gil.thing for gil in trace.tenures.shared}
    return [number for number in found if state.things[number].kind != "GIL" or number in shared]


def arranged(before: Sequence[int], state: State, hero: str, urgent: Collection[int] = ()) -> list[int]:
    """Return the stack: urgent objects, heroes, then the rest; within each group as before, newcomers at the end.

    Objects of `before` that do not exist at this state are kept, so that they come back to their places.
    """
    known = set(before)
    things = state.things
    newcomers = [number for number in wholes(things) if number not in known]
    order = [*before, *(newcomers if before else sorted(newcomers, key=lambda number: idle(things[number])))]

    def rank(number: int) -> int:
        if number in urgent:
            return 0
        return 1 if number < len(things) and things[number].kind == hero else 2

    return sorted(order, key=rank)


def idle(thing: Thing) -> bool:
    """Tell whether nobody holds the object, waits for it or has left anything in it, or it is a socket out of use."""
    if thing.kind == SOCKET:
        return thing.phase in ("", "closed", "reset")
    return thing.owner < 0 and not (thing.waiters or thing.holders or thing.size or thing.flag)


def exchanged(order: Sequence[int], newcomer: int, in_sight: Iterable[int], touched: Mapping[int, int]) -> list[int]:
    """Return the order with `newcomer` changed places with the one in sight that was touched longest ago."""
    leaver = min(in_sight, key=lambda number: touched.get(number, -1), default=newcomer)
    swap = {newcomer: leaver, leaver: newcomer}
    return [swap.get(number, number) for number in order]
