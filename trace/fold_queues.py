"""How items go through queues."""

from typing import Final

from .events import Event, Kind
from .fold_acting import LIST_LIMIT, act, change, find
from .state import State


def put(state: State, event: Event) -> None:
    """An item goes in, at its place in the order of leaving."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is None:
        return
    place = min(max(event.value, 0), thing.size)
    items = thing.items
    if place <= len(items):  # otherwise it stands among those beyond the limit
        items = (*items[:place], event.text, *items[place:])[:LIST_LIMIT]
    unfinished = max(thing.free, 0) + 1
    change(state, thing.id, items=items, size=thing.size + 1, uses=thing.uses + 1, free=unfinished)


def get(state: State, event: Event) -> None:
    """The item that is next to leave goes out."""
    act(state, event)
    thing = find(state.things, event.obj)
    if thing is not None:
        change(state, thing.id, items=thing.items[1:], size=max(thing.size - 1, 0), passed=thing.passed + 1)


def done(state: State, event: Event) -> None:
    """A worker reports an item it got as dealt with."""
    act(state, event)
    change(state, event.obj, free=max(event.value, 0))


HANDLERS: Final = {Kind.PUT: put, Kind.GET: get, Kind.DONE: done}
