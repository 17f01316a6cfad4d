"""What the picture of a socket shows: both ends of a connection and what is on its way, or all that one listens for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ...locales.words import _, pgettext
from ...trace.events import NONE
from ...trace.sockets import SELECT, SOCKET, user
from ...trace.state import Chunk, End, Thing
from ..fitting import plain
from ..objects_order import whole_of
from .scene import SHOWN, Crowd, Plate, Scene, Who, subject

CROWD: Final = 24
"""More connections than these are not gathered one by one, but looked up line by line."""

_NO_SENDING: Final = 2
_GONE: Final = ("closed", "reset")
_NEW: Final = End()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one call sent and the other end has not received."""

    text: str
    size: int
    left: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One direction of a connection."""

    parcels: tuple[Parcel, ...]
    """The next to arrive first; at most `SHOWN`."""
    count: int
    size: int
    """Bytes on their way."""
    ended: bool
    """Nothing more will be sent."""
    gone: bool
    """Nobody is there to receive."""


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a connection, and who works there."""

    name: str
    who: Who | None
    doing: str
    """What its worker waits for there, such as "recv"; or ""."""
    phase: str
    sent: int
    received: int
    address: str


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection. The client, or the first of a pair, is the left end."""

    left: Side
    right: Side | None
    """None if the trace does not tell the other end."""
    there: Lane
    """From left to right."""
    back: Lane
    lit: bool = False
    """The event at the cursor is about it."""

    @property
    def phase(self) -> str:
        """What it is: "open", "half" once one direction is over, "closed" or "reset"."""
        phases = {side.phase for side in (self.left, self.right) if side is not None}
        if "reset" in phases:
            return "reset"
        if phases <= {"closed"}:
            return "closed"
        return "half" if self.there.ended or self.back.ended else "open"


@dataclass(frozen=True, slots=True)
class Server:
    """A socket that listens, and all connections that came through it."""

    plate: Plate
    address: str
    open: bool
    waiting: Crowd
    """The clients in the backlog, by who connected them."""
    asked: tuple[int, ...]
    """How many bytes each client in the backlog has sent already."""
    room: int
    """How many the backlog takes."""
    acceptor: Who | None
    accepting: bool
    wires: tuple[Wire, ...]
    """The connections in the order they were accepted; all of them, or () if there are more than `CROWD`."""
    cells: str
    """A sign for the condition of each connection, in the same order."""
    sent: int
    """Bytes sent in all these connections, in both directions."""
    messages: int


@dataclass(frozen=True, eq=False)
class Crowded:
    """A server with so many connections that each is looked up only when its line is drawn."""

    server: Server
    wire: Callable[[int], Wire]
    lit: int
    """The place of the connection that the event at the cursor is about, or NONE."""


@dataclass(frozen=True, slots=True)
class Single:
    """A socket by itself: one end of a connection, of nothing yet, or of nothing any more."""

    plate: Plate
    wire: Wire | None


def look(scene: Scene) -> Server | Crowded | Single:
    """Gather what the picture shows."""
    if scene.thing.phase == "listening" or scene.thing.parts:
        return _server(scene)
    thing = scene.thing
    lit = _lit(scene) != NONE
    return Single(_plate(scene, lit=lit), wire(scene, thing, lit=lit) if thing.phase else None)


def wire(scene: Scene, left: Thing | None, right: Thing | None = None, *, lit: bool = False) -> Wire:
    """Return a connection by one of its ends, or both."""
    if left is not None and right is None:
        right = _peer(scene, left)
    one = _side(scene, left) or Side("?", None, "", "", 0, 0, "")
    return Wire(one, _side(scene, right), _lane(left, right), _lane(right, left), lit)


def phase_word(phase: str) -> str:
    """Return what a socket or a connection is, in words."""
    words = {
        "": _("not connected"),
        "listening": pgettext("socket", "listening"),
        "open": pgettext("socket", "open"),
        "half": pgettext("socket", "half-closed"),
        "half-closed": pgettext("socket", "half-closed"),
        "shut": pgettext("socket", "shut down"),
        "closed": pgettext("socket", "closed"),
        "reset": pgettext("socket", "reset"),
    }
    return words.get(phase, plain(phase))


SIGNS: Final = {"open": ".", "there": ">", "back": "<", "both": "=", "half": "o", "closed": "+", "reset": "x"}
"""What a connection is doing, in one character of `Server.cells`."""


def _server(scene: Scene) -> Server | Crowded:
    thing = scene.thing
    end = thing.end or _NEW
    parts = thing.parts
    numbers = {number: place for place, number in enumerate(parts)}
    lit = numbers.get(_lit(scene), NONE)
    users = [user(each) if (each := scene.part(number)) else NONE for number in end.backlog[:SHOWN]]
    clients = scene.crowd(users)
    cells: list[str] = []
    sent = messages = 0
    for number in parts:
        server = scene.part(number)
        client = _peer(scene, server) if server is not None else None
        cells.append(SIGNS[_condition(client, server)])
        for each in (client, server):
            if each is not None and each.end is not None:
                sent += each.end.sent
                messages += each.uses
    facts = Server(
        _plate(scene, lit=_lit(scene) != NONE),
        plain(end.address),
        thing.phase == "listening",
        Crowd(clients.first, len(end.backlog)),
        tuple(_asked(scene, number) for number in end.backlog),
        max(thing.capacity, 0),
        scene.who(user(thing)),
        _is_there(scene, user(thing)),
        tuple(accepted(scene, place, lit=lit) for place in range(len(parts))) if len(parts) <= CROWD else (),
        "".join(cells),
        sent,
        messages,
    )
    if len(parts) <= CROWD:
        return facts
    return Crowded(facts, lambda place: accepted(scene, place, lit=lit), lit)


def _is_there(scene: Scene, acceptor: int) -> bool:
    """Tell whether a worker would see a client come: it, or the loop it runs in, waits for that and perhaps more."""
    workers = scene.state.workers
    if not 0 <= acceptor < len(workers):
        return False
    host = workers[acceptor].host
    return any(workers[each].operation in ("accept", SELECT) for each in (acceptor, host) if each != NONE)


def _asked(scene: Scene, number: int) -> int:
    """Return how many bytes a client has sent to an end that nobody has accepted."""
    client = scene.part(number)
    server = _peer(scene, client) if client is not None else None
    return server.end.incoming if server is not None and server.end is not None else 0


def accepted(scene: Scene, place: int, *, lit: int = NONE) -> Wire:
    """Return a connection of a listening socket by its place in the order of accepting."""
    server = scene.part(scene.thing.parts[place])
    client = _peer(scene, server) if server is not None else None
    return wire(scene, client, server, lit=place == lit)


def _plate(scene: Scene, *, lit: bool) -> Plate:
    plate = scene.plate(parts=False)
    return Plate(plate.name, plate.kind, lit or plate.lit, plate.stuck)


def _lit(scene: Scene) -> int:
    """Return the part of the object, or the object, that the event at the cursor is about; or NONE."""
    state = scene.state
    number = subject(scene.trace.event(state.position - 1)) if state.position else NONE
    about = scene.part(number)
    if about is None or about.kind != SOCKET or whole_of(state.things, number) != scene.thing.id:
        return NONE
    # A client's socket is part of the server's end, which is part of the one that listens.
    return about.whole if about.whole not in (NONE, scene.thing.id) else about.id


def _peer(scene: Scene, thing: Thing) -> Thing | None:
    return scene.part(thing.end.peer) if thing.end is not None else None


def _side(scene: Scene, thing: Thing | None) -> Side | None:
    if thing is None:
        return None
    end, worker = thing.end or _NEW, user(thing)
    doing = scene.state.workers[worker].operation if thing.waiters else ""
    return Side(
        plain(thing.name), scene.who(worker), plain(doing), thing.phase, end.sent, end.received, plain(end.address)
    )


def _lane(sender: Thing | None, receiver: Thing | None) -> Lane:
    end = (receiver.end if receiver is not None else None) or _NEW
    parcels = tuple(_parcel(chunk) for chunk in end.wire[:SHOWN])
    return Lane(
        parcels, len(end.wire), end.incoming, _has_ended(sender), receiver is not None and receiver.phase in _GONE
    )


def _parcel(chunk: Chunk) -> Parcel:
    return Parcel(plain(chunk.text), chunk.size, chunk.left)


def _has_ended(sender: Thing | None) -> bool:
    return sender is not None and (
        sender.phase in _GONE or (sender.end is not None and bool(sender.end.shut & _NO_SENDING))
    )


def _condition(client: Thing | None, server: Thing | None) -> str:
    """Return what a connection is doing; this is asked of every one, so it looks at little."""
    phases = (client.phase if client else "closed", server.phase if server else "closed")
    if "reset" in phases:
        return "reset"
    if phases == ("closed", "closed"):
        return "closed"
    there = server is not None and server.end is not None and server.end.incoming > 0
    back = client is not None and client.end is not None and client.end.incoming > 0
    if there or back:
        return "both" if there and back else "there" if there else "back"
    return "open" if phases == ("open", "open") else "half"
