"""Sockets: a connection as two ends with what is on its way, and one that listens with its backlog and connections.

The connections of a listening socket are drawn inside it: a few with boxes for what is on the wire, more with a lane in
each direction, many with a line each, and below a sign for each where there are very many.
"""

from collections.abc import Sequence
from typing import Final

from ...locales.language import kept
from ...locales.words import _, pgettext
from ...trace.state import Status, Thing
from .frame import MARGIN, framed, marked, named, queue
from .ink import EMPTY, Picture, Row, Span, clip, length, row, spread
from .scene import Plate, times
from .socket_crowd import Tall, crowd_rows, head_rows, tall
from .socket_facts import CROWD, Crowded, Server, Single, Wire, look, phase_word
from .socket_wire import Form, drawn, end_width

__all__ = ["OWN_PARTS", "draw", "look", "rows", "size"]

OWN_PARTS: Final = True

_ENDED: Final = (Status.FINISHED, Status.FAILED, Status.KILLED)
_UNUSED: Final = -2
_ALONE: Final = -1
_FEW: Final = 3
_SOME: Final = 12
_BOXES_FROM: Final = 44
"""Cells inside the frame from which a connection has boxes on it."""
_LEAST_QUEUE: Final = 12
"""Cells for names, below which they go before the sum of what they have sent."""
_WIDE: Final = 72
"""Cells inside the frame from which backlog and acceptor share a row."""


def size(thing: Thing) -> int:
    """Return what the height depends on: how many connections a listening socket has, or what it is instead."""
    if thing.phase == "listening" or thing.parts:
        return len(thing.parts)
    return _ALONE if thing.phase else _UNUSED


def rows(capacity: int, width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame; `capacity` is its `size`."""
    inner = width - MARGIN
    if capacity < 0:
        return _form(1, inner, bands).value if capacity == _ALONE else 1
    head = 1 if inner >= _WIDE else 2
    if capacity > CROWD:
        return head + head_rows(capacity, inner) + capacity
    return head + max(capacity * _form(capacity, inner, bands).value, 1)


def _form(count: int, inner: int, bands: int) -> Form:
    """Return how much room each of so many connections has."""
    if count <= _FEW:
        return Form.BOXES if bands and inner >= _BOXES_FROM else Form.LANES
    return Form.LANES if bands and count <= _SOME else Form.LINE


def draw(facts: Server | Crowded | Single, width: int, bands: int = 0) -> Picture | Tall:
    """Draw a socket."""
    if isinstance(facts, Crowded):
        above = _server(facts.server, width, crowd_rows(facts, width - MARGIN))
        return tall(facts, above, width)
    return _kept(facts, width, bands)


@kept(256)
def _kept(facts: Server | Single, width: int, bands: int) -> Picture:
    inner = width - MARGIN
    if isinstance(facts, Single):
        return _single(facts, width, _form(1, inner, bands))
    form = _form(len(facts.wires), inner, bands)
    return _server(facts, width, _wires(facts.wires, inner, form))


def _wires(wires: Sequence[Wire], inner: int, form: Form) -> list[Row]:
    if not wires:
        return [row(Span(_("no connection yet"), "faint"))]
    end = end_width(wires, inner, form)
    return [line for wire in wires for line in drawn(wire, inner, form, end)]


def _single(facts: Single, width: int, form: Form) -> Picture:
    inner = width - MARGIN
    wire = facts.wire
    if wire is None:
        return framed(facts.plate, Span(""), [row(Span(phase_word(""), "muted"))], (), width)
    sides = [side for side in (wire.left, wire.right) if side is not None]
    foot = (
        _("sent {count:,} B", count=wire.left.sent),
        _("got {count:,} B", count=wire.left.received),
        " ⇄ ".join(side.address for side in sides if side.address),
    )
    badge = Span(phase_word(wire.phase), "state-failed" if wire.phase == "reset" else "muted", bold=True)
    return framed(facts.plate, badge, drawn(wire, inner, form, end_width([wire], inner, form)), foot, width)


def _server(facts: Server, width: int, body: Sequence[Row]) -> Picture:
    inner = width - MARGIN
    plate = facts.plate
    address = facts.address
    plate = Plate(plate.name, address or plate.kind, plate.lit, plate.stuck)
    opened = sum(sign not in "+x" for sign in facts.cells)
    badge = Span(
        _("{count:,} open", count=opened) if facts.open else pgettext("socket", "closed"),
        "state-io" if opened else "muted",
        bold=True,
    )
    foot = (
        _("{count:,} accepted", count=len(facts.cells)),
        _("sent {times}", times=times(facts.messages)) if facts.messages else "",
        f"{facts.sent:,} B" if facts.sent else "",
    )
    wanted = facts.waiting and not facts.accepting
    return framed(plate, badge, [*_head(facts, inner), *body], foot, width, edge="state-io" if wanted else "edge")


def _head(facts: Server, inner: int) -> list[Row]:
    """Return the backlog and who accepts, in one row or two."""
    count = facts.waiting.count
    ink = "state-lock" if count else "muted"
    head = row(
        Span(pgettext("socket", "backlog") + " ", "muted"), Span(f"{count:,}/{facts.room:,} ", ink, bold=bool(count))
    )
    accepts = _acceptor(facts)
    if inner >= _WIDE:
        room = inner - length(head) - length(accepts) - 2
        return [spread((*head, *_line(facts, room)), accepts, inner)]
    return [clip((*head, *_line(facts, inner - length(head))), inner), clip(accepts, inner)]


def _line(facts: Server, room: int) -> Row:
    """Return who is in the backlog, and what they have sent already: each, or all together where that has no room."""
    if not facts.waiting:
        return row(Span(_("nobody waits"), "faint"))
    arrow = Span("◂ ", "faint")
    if facts.waiting.count == len(facts.waiting.first):
        line: Row = (arrow,)
        for who, asked in zip(facts.waiting.first, facts.asked, strict=False):
            line = (*line, *((Span(" "),) if len(line) > 1 else ()), *_sent(asked), named(who))
        if length(line) <= room:
            return line
    total = _sent(sum(facts.asked))
    if room - length(total) < _LEAST_QUEUE:
        total = EMPTY
    return (arrow, *total, *queue(facts.waiting, max(room - 2 - length(total), 0)))


def _sent(size: int) -> Row:
    """Return a parcel of so many bytes; nothing for none."""
    return row(Span("┤", "state-io"), Span(f"{size:,} B"), Span("├", "state-io")) if size else EMPTY


def _acceptor(facts: Server) -> Row:
    """Return who takes connections out of the backlog, and whether it is there or has something else to do."""
    if not facts.open or facts.acceptor is None or facts.acceptor.status in _ENDED:
        return row(Span(_("nobody accepts"), "muted"))
    busy = EMPTY if facts.accepting else row(Span(" " + pgettext("socket", "elsewhere"), "muted"))
    return row(Span(pgettext("socket", "accept") + " ", "muted"), *marked(facts.acceptor), *busy)
