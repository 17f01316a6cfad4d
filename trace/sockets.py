"""What a socket would let a worker do, and who is at the other end."""

from typing import Final

from .events import NONE
from .fold_acting import find
from .state import State, Thing, Worker

SOCKET: Final = "socket"
"""The kind of an object that is one end of a connection, or listens for connections."""

SELECT: Final = "select"
"""The operation of a worker that waits for any of several sockets."""

_CLOSED: Final = ("closed", "reset")
_NO_RECEIVING: Final = 1
_NO_SENDING: Final = 2


def peer(state: State, thing: Thing) -> Thing | None:
    """Return the other end of a connection, where the trace tells it."""
    return find(state.things, thing.end.peer) if thing.end is not None else None


def user(thing: Thing) -> int:
    """Return the worker at an end: the first that waits there, or else the last that used it; or NONE."""
    return thing.waiters[0] if thing.waiters else thing.worker


def other_user(state: State, thing: Thing) -> int:
    """Return the worker at the other end, or NONE."""
    other = peer(state, thing)
    return NONE if other is None else user(other)


def is_over(state: State, thing: Thing) -> bool:
    """Tell whether nothing more can come from the other end than what is on its way."""
    other = peer(state, thing)
    ended = other is not None and (other.phase in _CLOSED or (other.end is not None and other.end.shut & _NO_SENDING))
    return bool(ended) or thing.phase in _CLOSED or (thing.end is not None and bool(thing.end.shut & _NO_RECEIVING))


def is_ready(state: State, thing: Thing, operation: str, since: int = NONE) -> bool:
    """Tell whether an operation on a socket, or a `select` on it, could go on now, as far as the trace tells.

    `since` is the step in which a worker began to wait there.
    """
    backlog = thing.end is not None and bool(thing.end.backlog)
    match operation:
        case "accept":
            return backlog
        case "connect":
            return thing.phase == "open"
        case "send":
            return _has_room(state, thing, since)
        case _:
            return backlog or (thing.end is not None and thing.end.incoming > 0) or is_over(state, thing)


def _has_room(state: State, thing: Thing, since: int) -> bool:
    """Tell whether the other end has taken something in since a sender found no room."""
    other = peer(state, thing)
    if other is None or other.end is None or other.phase in _CLOSED or thing.phase in _CLOSED:
        return True
    return other.end.emptied > since or not other.end.incoming


def selects(state: State, worker: Worker) -> bool:
    """Tell whether one of the sockets is readable that a worker in a `select`, or a worker inside it, used last.

    Which sockets it selects is not in the trace; those that it uses are among them as a rule.
    """
    return any(
        thing.kind == SOCKET and _hosted(state, user(thing), worker.id) and is_ready(state, thing, SELECT)
        for thing in state.things
    )


def _hosted(state: State, number: int, thread: int) -> bool:
    found = find(state.workers, number)
    return found is not None and thread in (found.id, found.host)
