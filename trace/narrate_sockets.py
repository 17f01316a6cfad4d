"""Clauses about sockets."""

from functools import partial
from typing import Final

from .events import NONE, Event, Kind
from .narrate_nouns import thing, worker
from .narrate_words import quoted, say
from .narrate_workers import Clause
from .state import State
from .store import Trace

_SHUTS: Final = {0: "shut.read", 1: "shut.write"}


def _tell(key: str, before: State, event: Event) -> str:
    """Fill in a template with all that events of sockets have."""
    return say(
        key,
        worker=worker(before, event.worker),
        thing=thing(before, event.obj),
        other=thing(before, event.value),
        text=quoted(event.text),
        count=event.value,
    )


def _simple(key: str, _trace: Trace, before: State, event: Event) -> str:
    return _tell(key, before, event)


def _connect(_trace: Trace, before: State, event: Event) -> str:
    return _tell("connect" if event.value == NONE else "connect.known", before, event)


def _send(_trace: Trace, before: State, event: Event) -> str:
    return _tell("send.one" if event.value == 1 else "send", before, event)


def _recv(_trace: Trace, before: State, event: Event) -> str:
    return _tell("recv.end" if event.value <= 0 else "recv.one" if event.value == 1 else "recv", before, event)


def _shut(_trace: Trace, before: State, event: Event) -> str:
    return _tell(_SHUTS.get(event.value, "shut"), before, event)


def _close(_trace: Trace, before: State, event: Event) -> str:
    return _tell("close.reset" if event.text == "reset" else "close", before, event)


CLAUSES: Final[dict[Kind, Clause]] = {
    Kind.LISTEN: partial(_simple, "listen"),
    Kind.PEER: partial(_simple, "peer"),
    Kind.CONNECT: _connect,
    Kind.ACCEPT: partial(_simple, "accept"),
    Kind.SEND: _send,
    Kind.RECV: _recv,
    Kind.SHUT: _shut,
    Kind.CLOSE: _close,
}
