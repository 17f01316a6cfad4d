"""How objects become known: their type, their name, what they are part of."""

from typing import Final

from .events import NONE, Event, Kind
from .fold_acting import change, find, known
from .fold_locks import COUNTED
from .state import State, Thing

PARTS_LIMIT: Final = 10_000
"""Most parts that an object lists, such as a pool's futures."""


def declare(state: State, event: Event) -> None:
    """Add an object; numbers are dense, so any other number is passed over."""
    if event.obj != len(state.things):
        return
    thing = Thing(
        id=event.obj,
        kind=event.text,
        name=f"{event.text} {event.obj}",
        creator=known(state, event.worker),
        site=event.site,
        capacity=event.value,
        free=max(event.value, 0) if event.text in COUNTED else NONE,
        since=event.time,
        since_step=event.step,
    )
    state.things.append(thing)


def name(state: State, event: Event) -> None:
    """The program calls an object by a name."""
    change(state, event.obj, name=event.text)


def make_part(state: State, event: Event) -> None:
    """An object belongs to another."""
    part = find(state.things, event.obj)
    whole = find(state.things, event.value)
    if part is None or whole is None or part is whole:
        return
    change(state, part.id, whole=whole.id)
    if part.whole != whole.id and len(whole.parts) < PARTS_LIMIT:
        change(state, whole.id, parts=(*whole.parts, part.id))


def pass_over(_state: State, _event: Event) -> None:
    """Declarations of files and sites concern the whole trace, not the state at a cursor."""


HANDLERS: Final = {
    Kind.FILE: pass_over,
    Kind.SOURCE: pass_over,
    Kind.SITE: pass_over,
    Kind.OBJECT: declare,
    Kind.NAME: name,
    Kind.PART: make_part,
}
