"""How events, conditions and barriers let workers past."""

from typing import Final

from .events import Event, Kind
from .fold_acting import act, change, find, known
from .state import State


def raise_flag(state: State, event: Event) -> None:
    """An Event is set."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is not None:
        uses = thing.uses + 1
        since = {"since": event.time, "since_step": event.step}
        change(state, thing.id, flag=True, worker=known(state, event.worker), uses=uses, **since)


def lower_flag(state: State, event: Event) -> None:
    """An Event is cleared, or a Barrier is whole and empty again."""
    act(state, event)
    change(state, event.obj, flag=False, worker=known(state, event.worker), since=event.time, since_step=event.step)


def get_past(state: State, event: Event) -> None:
    """A worker gets past an Event, Condition or Barrier, or a queue all of whose items are dealt with."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None or thing.kind.endswith("Queue"):
        return
    if thing.kind == "Barrier":
        # The first to get past is the one that came last: now all that wait may go.
        change(state, thing.id, passed=thing.passed + 1, free=thing.free - 1 if thing.free > 0 else len(thing.waiters))
    else:
        change(state, thing.id, passed=thing.passed + 1)


def notify(state: State, event: Event) -> None:
    """A Condition's waiters are told to look again."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is not None:
        uses = thing.uses + 1
        change(state, thing.id, worker=known(state, event.worker), uses=uses, since=event.time, since_step=event.step)


HANDLERS: Final = {
    Kind.SET: raise_flag,
    Kind.CLEAR: lower_flag,
    Kind.PASS: get_past,
    Kind.NOTIFY: notify,
    Kind.RESET: lower_flag,
    Kind.BREAK: raise_flag,
    Kind.LOOK: act,
}
