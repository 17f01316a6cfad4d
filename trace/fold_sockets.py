"""What workers do with sockets: listen, connect, accept, send, receive, close."""

from collections.abc import Callable
from typing import Final

from .events import Event, Kind
from .fold_acting import act
from .state import State


def pair(_state: State, _event: Event) -> None:
    """Two sockets are the ends of one connection."""


HANDLERS: Final[dict[Kind, Callable[[State, Event], None]]] = {
    Kind.LISTEN: act,
    Kind.PEER: pair,
    Kind.CONNECT: act,
    Kind.ACCEPT: act,
    Kind.SEND: act,
    Kind.RECV: act,
    Kind.SHUT: act,
    Kind.CLOSE: act,
}
