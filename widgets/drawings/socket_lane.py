"""One direction of a connection: what is on its way, the next to arrive beside the arrow, and how it ends."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from ...locales.words import pgettext
from ..fitting import cut, width_of
from .ink import EMPTY, Row, Span, length, padded, row
from .socket_facts import Lane, Parcel

BROKEN: Final = "╌"
"""What a direction is drawn with when nothing more will come."""

_STROKE: Final = "─"
_LEAST_LABEL: Final = 3
_EDGES: Final = 2
"""Cells that a parcel's edges take."""
_WIDEST: Final = 28


class Pen(NamedTuple):
    """How a direction is drawn."""

    ink: str
    stroke: str
    right: bool
    """Whether it leads to the right."""


def plain_lane(lane: Lane, room: int, *, right: bool, phase: str) -> Row:
    """Return a direction in one row; `phase` is the connection's."""
    return _joined(lane, room, _pen(lane, phase, right=right))


def boxed_lane(lane: Lane, room: int, *, right: bool, phase: str) -> list[Row]:
    """Return a direction in three rows, with a box for each parcel and the number of its bytes below."""
    pen = _pen(lane, phase, right=right)
    shown = _fitting(lane, room - 1)
    tops = ["╭" + "─" * width_of(label) + "╮" for label in shown]
    feet = [_foot(parcel, width_of(label)) for parcel, label in zip(lane.parcels, shown, strict=False)]
    return [_beside(tops, room, pen), _joined(lane, room, pen), _beside(feet, room, pen)]


def _pen(lane: Lane, phase: str, *, right: bool) -> Pen:
    over = lane.ended or lane.gone or phase in ("closed", "reset")
    stroke = BROKEN if over else _STROKE
    if lane.count and not lane.gone:
        return Pen("state-failed" if phase == "reset" else "state-io", stroke, right)
    return Pen("edge" if over else "edge-strong", stroke, right)


def _joined(lane: Lane, room: int, pen: Pen) -> Row:
    """Return the arrow, the parcels behind it and the stroke behind these, in exactly `room` cells."""
    ink = pen.ink
    shown = _fitting(lane, room - 1)
    pieces: list[Row] = [
        row(Span("┤", ink), Span(label, "ink-strong" if at == 0 else "ink", bold=at == 0), Span("├", ink))
        for at, label in enumerate(shown)
    ]
    rest = lane.count - len(shown)
    if rest:
        pieces.append(row(Span(f"+{rest:,} " if pen.right else f" +{rest:,}", "muted")))
    tail = _tail(lane, max(room - 1 - sum(map(length, pieces)), 0), pen)
    parts = [row(Span("▸" if pen.right else "◂", ink)), *pieces, tail]
    ordered = reversed(parts) if pen.right else parts
    return tuple(span for part in ordered for span in part)


def _tail(lane: Lane, room: int, pen: Pen) -> Row:
    """Return the stroke towards the sender, with a word at its end where the sender has finished."""
    end = pgettext("socket", "end")
    word = f" {end} " if lane.ended and not lane.gone else ""
    if not word or width_of(word) + 2 > room:
        return row(Span(pen.stroke * room, pen.ink)) if room else EMPTY
    long = Span(pen.stroke * (room - width_of(word) - 1), pen.ink)
    parts = (Span(pen.stroke, pen.ink), Span(word, "muted"), long)
    return parts if pen.right else parts[::-1]


def _fitting(lane: Lane, room: int) -> list[str]:
    """Return the labels of as many parcels as fit in so many cells, with the number of the others."""
    shown: list[str] = []
    used = 0
    for at, parcel in enumerate(lane.parcels):
        left = lane.count - at - 1
        space = room - used - _EDGES - (len(f" +{left:,}") if left else 0)
        if space < _LEAST_LABEL:
            break
        shown.append(_label(parcel, min(space, _WIDEST)))
        used += width_of(shown[-1]) + _EDGES
    return shown


def _label(parcel: Parcel, room: int) -> str:
    """Return what was sent, without the signs of a `bytes` literal where these have no room; never empty."""
    text = parcel.text
    if width_of(text) > room and text[:2] in ("b'", 'b"'):
        text = text[2:].removesuffix(text[1])
    return cut(text, room) or f"{parcel.left}"


def _foot(parcel: Parcel, width: int) -> str:
    size = f"{parcel.size:,} B" if parcel.left == parcel.size else f"{parcel.left:,}/{parcel.size:,}"
    return "╰" + (size if len(size) <= width else "").center(width, "─") + "╯"


def _beside(boxes: Sequence[str], room: int, pen: Pen) -> Row:
    """Return the upper or lower edges of boxes, the first one beside the arrow's place."""
    edges = Span("".join(reversed(boxes) if pen.right else boxes), pen.ink)
    return padded(
        (Span(" " * max(room - 1 - width_of(edges.text), 0)), edges) if pen.right else (Span(" "), edges), room
    )
