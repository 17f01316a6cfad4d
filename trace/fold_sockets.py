"""How connections come about, what is on its way through them, and how they end.

A connection is two sockets. Once accepted, the client's belongs to the server's, and that to the one that listens.
"""

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from .events import NONE, Event, Kind
from .fold_acting import LIST_LIMIT, act, change, find, known, without
from .fold_objects import PARTS_LIMIT
from .state import Chunk, End, State, Thing

_NEW: Final = End()
_SHUT: Final = {0: 1, 1: 2}
_BOTH: Final = 3


def pair(state: State, event: Event) -> None:
    """Two sockets are the ends of one connection."""
    one, other = find(state.things, event.obj), find(state.things, event.value)
    if one is None or other is None or one is other:
        return
    # One picture shows both: the end that came later belongs to the one that has its place.
    _put(state, one.id, phase=one.phase or "open", end=_end(one, peer=other.id))
    _put(state, other.id, phase=other.phase or "open", end=_end(other, peer=one.id))
    if other.whole == NONE and one.whole != other.id:
        _put(state, other.id, whole=one.id)
    elif one.whole == NONE and other.whole != one.id:
        _put(state, one.id, whole=other.id)


def listen(state: State, event: Event) -> None:
    """A socket waits for clients from now on."""
    thing = _used(state, event)
    if thing is not None:
        end = _end(thing, address=event.text)
        _put(state, thing.id, phase="listening", capacity=max(event.value, 0), end=end, **_since(event))


def connect(state: State, event: Event) -> None:
    """A client's socket has a connection, which stands in the backlog of one that listens, if that is known."""
    client = _used(state, event)
    if client is None:
        return
    listener = find(state.things, event.value)
    whole = client.whole if listener is None or listener is client else listener.id
    _put(state, client.id, phase="open", whole=whole, end=_end(client, remote=event.text), **_since(event))
    if whole != client.whole and listener is not None:
        _join_backlog(state, client, listener)


def _join_backlog(state: State, client: Thing, listener: Thing) -> None:
    """Let a client wait to be accepted. Where the server's end is known already, it belongs to the client's so far."""
    end = listener.end or _NEW
    if len(end.backlog) < LIST_LIMIT and client.id not in end.backlog:
        _put(state, listener.id, end=replace(end, backlog=(*end.backlog, client.id)))
    server = find(state.things, client.end.peer) if client.end is not None else None
    if server is not None and server.id not in (listener.id, client.id):
        _put(state, server.id, whole=client.id)


def accept(state: State, event: Event) -> None:
    """A connection leaves the backlog: the server has a socket of its own for it."""
    listener = _used(state, event)
    server = find(state.things, event.value)
    if listener is None or server is None or server is listener:
        return
    client = find(state.things, server.end.peer) if server.end is not None else None
    end = listener.end or _NEW
    backlog = end.backlog if client is None else without(end.backlog, client.id)
    parts = listener.parts
    if server.whole != listener.id and len(parts) < PARTS_LIMIT:
        parts = (*parts, server.id)
    _put(state, listener.id, parts=parts, uses=listener.uses + 1, end=replace(end, backlog=backlog))
    own = _end(server, address=end.address, remote=event.text)
    worker = known(state, event.worker)
    _put(state, server.id, phase=server.phase or "open", whole=listener.id, worker=worker, end=own, **_since(event))
    if client is not None and client is not listener:
        _put(state, client.id, whole=server.id, end=_end(client, address=event.text))


def send(state: State, event: Event) -> None:
    """Data is on its way to the other end."""
    sender = _used(state, event)
    if sender is None:
        return
    size = max(event.value, 0)
    end = sender.end or _NEW
    _put(state, sender.id, uses=sender.uses + 1, end=replace(end, sent=end.sent + size))
    receiver = find(state.things, end.peer)
    if receiver is None or not size or receiver.phase in ("closed", "reset"):
        return
    end = receiver.end or _NEW
    wire = (*end.wire, Chunk(event.text, size, size)) if len(end.wire) < LIST_LIMIT else end.wire
    _put(state, receiver.id, end=replace(end, wire=wire, incoming=end.incoming + size))


def receive(state: State, event: Event) -> None:
    """Data has arrived: the oldest first, and where one call sent it, several may be needed to get it all."""
    thing = _used(state, event)
    if thing is None:
        return
    size = max(event.value, 0)
    end = thing.end or _NEW
    incoming = max(end.incoming - size, 0)
    received = end.received + size
    end = replace(end, wire=_rest(end.wire, size), incoming=incoming, received=received, emptied=event.step)
    _put(state, thing.id, passed=thing.passed + 1, end=end)


def shut(state: State, event: Event) -> None:
    """A socket no longer receives, or sends, or both; what is on its way to the other end still arrives there."""
    thing = _used(state, event)
    if thing is None:
        return
    end = thing.end or _NEW
    bits = end.shut | _SHUT.get(event.value, _BOTH)
    phase = thing.phase
    if phase in ("open", "half-closed"):
        phase = "shut" if bits == _BOTH else "half-closed"
    _put(state, thing.id, phase=phase, end=replace(end, shut=bits), **_since(event))


def close(state: State, event: Event) -> None:
    """A socket is gone. If it throws away what it had not received, the other end's next attempt fails."""
    thing = _used(state, event)
    if thing is None:
        return
    end = thing.end or _NEW
    for number in (*end.backlog, *((end.peer,) if event.text == "reset" else ())):
        other = find(state.things, number)
        if other is not None and other.phase != "closed":
            _put(state, number, phase="reset", **_since(event))
    gone = _end(state.things[thing.id], wire=(), incoming=0, backlog=(), shut=_BOTH)
    _put(state, thing.id, phase="reset" if thing.phase == "reset" else "closed", end=gone, **_since(event))


def _used(state: State, event: Event) -> Thing | None:
    """Note that the event's worker acts, and with which socket; return it as it is then."""
    act(state, event)
    change(state, event.obj, worker=known(state, event.worker))
    return find(state.things, event.obj)


def _put(state: State, number: int, **changes: Any) -> None:
    state.things[number] = replace(state.things[number], **changes)


def _end(thing: Thing, **changes: Any) -> End:
    return replace(thing.end or _NEW, **changes)


def _since(event: Event) -> dict[str, int]:
    return {"since": event.time, "since_step": event.step}


def _rest(wire: tuple[Chunk, ...], size: int) -> tuple[Chunk, ...]:
    """Return what is left on the wire when so many bytes have been taken from its end."""
    for place, chunk in enumerate(wire):
        if size < chunk.left:
            return (replace(chunk, left=chunk.left - size), *wire[place + 1 :]) if size else wire[place:]
        size -= chunk.left
    return ()


HANDLERS: Final[dict[Kind, Callable[[State, Event], None]]] = {
    Kind.LISTEN: listen,
    Kind.PEER: pair,
    Kind.CONNECT: connect,
    Kind.ACCEPT: accept,
    Kind.SEND: send,
    Kind.RECV: receive,
    Kind.SHUT: shut,
    Kind.CLOSE: close,
}
