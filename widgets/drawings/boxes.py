"""A queue as boxes in the order of leaving: putters at one end, getters at the other, or both at the top of a stack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from ...locales.language import kept
from ...locales.words import N_, _
from ..fitting import plain, width_of
from .frame import MARGIN, framed, named, queue
from .ink import EMPTY, Picture, Row, Span, across, clip, length, middle, padded, row
from .scene import SHOWN, Crowd, Plate, Scene, seconds, times

_ORDER: Final = {"LifoQueue": N_("last in, first out"), "PriorityQueue": N_("smallest first")}
_NEXT: Final = N_("next out")
_NARROWEST: Final = 5
_WIDEST: Final = 16
_ROWS: Final = 4
_BESIDE: Final = 40
"""Inner width from which those who wait stand beside the boxes; in less they stand above and below."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Everything that the picture of a queue shows."""

    plate: Plate
    order: str
    """In which order items leave, in words; "" for the order they came in."""
    stack: bool
    """Items leave where they come in."""
    items: tuple[str, ...]
    """The first to leave first; at most `SHOWN`."""
    size: int
    capacity: int
    """0: without limit."""
    putters: Crowd
    getters: Crowd
    others: Crowd
    """Those who wait until all tasks are done."""
    put: int
    got: int
    unfinished: int
    longest: int


def look(scene: Scene) -> Boxes:
    """Gather what the picture shows."""
    thing = scene.thing
    return Boxes(
        scene.plate(),
        _ORDER.get(thing.kind, ""),
        thing.kind == "LifoQueue",
        tuple(plain(item) for item in thing.items[:SHOWN]),
        thing.size,
        max(thing.capacity, 0),
        scene.waiting("put"),
        scene.waiting("get"),
        scene.waiting("join"),
        thing.uses,
        thing.passed,
        max(thing.free, 0),
        thing.longest,
    )


def rows(_capacity: int, width: int, _bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS + (width - MARGIN < _BESIDE)


@kept(256)
def draw(facts: Boxes, width: int, _bands: int = 0) -> Picture:
    """Draw a queue."""
    inner = width - MARGIN
    body = _wide(facts, inner) if inner >= _BESIDE else _narrow(facts, inner)
    foot = (
        _("put {times}", times=times(facts.put)),
        _("got {times}", times=times(facts.got)),
        _("{unfinished:,} unfinished", unfinished=facts.unfinished) if facts.unfinished != facts.size else "",
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    wanted = facts.putters or facts.getters
    return framed(facts.plate, _badge(facts), body, foot, width, edge="state-queue" if wanted else "edge")


def _wide(facts: Boxes, inner: int) -> list[Row]:
    """Return putters, boxes and getters side by side; around a stack both stand at its top, which is at the right."""
    side = min(inner // 5, 16)
    room = inner - 2 * side - 4
    boxes = _boxes(facts, room)
    wide = max(map(length, boxes))
    free = room - wide
    if facts.stack:
        top = [_lane(facts.putters, _("◂ put "), 2 * side), EMPTY, _lane(facts.getters, _("▸ get "), 2 * side)]
        lines = across([[padded(line, wide + free) for line in _at_right(boxes, room)], _spaces(2), top])
        under = free + wide
    else:
        left = [_at_end(line, side) for line in _crowd(facts.putters, _("put"), side)]
        right = [padded(line, side) for line in _crowd(facts.getters, _("get"), side)]
        arrows = [_arrow(facts.putters, " ▸"), _arrow(facts.getters, "▸ ")]
        half = free // 2
        lines = across([_spaces(half), left, arrows[0], boxes, arrows[1], right])
        under = half + side + 2 + wide
    return [*lines, _notes(facts, inner, under)]


def _narrow(facts: Boxes, inner: int) -> list[Row]:
    """Return putters above the boxes and getters below them."""
    put = row(
        Span(_("put "), "muted"), *(queue(facts.putters, inner - 6) if facts.putters else ()), Span(" ▾", "faint")
    )
    get = row(
        Span(_("get "), "muted"), *(queue(facts.getters, inner - 6) if facts.getters else ()), Span(" ▴", "faint")
    )
    boxes = _at_right(_boxes(facts, inner), inner)
    return [_at_end(put, inner) if facts.stack else put, *boxes, _at_end(get, inner)]


def _notes(facts: Boxes, inner: int, end: int) -> Row:
    """Return the row below: what leaves next and why, under the last box, and who waits until all is done."""
    words = row(
        Span(f"{_(facts.order or _NEXT)} ▴  " if facts.size else f"{_(facts.order) if facts.order else ''}  ", "muted")
    )
    line = _at_end(clip(words, end), end)
    if not facts.others:
        return line
    head = row(Span(_("join "), "muted"))
    joining = (*head, *queue(facts.others, max(end - length(words) - length(head) - 1, 8)))
    return clip((*padded(joining, max(end - length(words), 0)), *words), inner)


def _crowd(crowd: Crowd, verb: str, width: int) -> list[Row]:
    """Return those who wait at one end: what for, the first, and how many more."""
    if not crowd:
        return [row(Span(verb, "faint")), EMPTY, EMPTY]
    more = row(Span(_("+{count:,} more", count=crowd.count - 1), "muted")) if crowd.count > 1 else EMPTY
    return [row(Span(verb, "muted")), clip(row(named(crowd.first[0])), width), more]


def _lane(crowd: Crowd, words: str, width: int) -> Row:
    head = Span(words, "state-queue" if crowd else "faint")
    return padded((head, *queue(crowd, width - width_of(words))) if crowd else row(head), width)


def _arrow(crowd: Crowd, arrow: str) -> list[Row]:
    return [row("  "), row(Span(arrow, "state-queue" if crowd else "faint")), row("  ")]


def _spaces(width: int) -> list[Row]:
    return [row(Span(" " * width))] * 3


def _at_end(line: Row, width: int) -> Row:
    return (Span(" " * max(width - length(line), 0)), *line)


def _at_right(lines: Sequence[Row], width: int) -> list[Row]:
    return [_at_end(line, width) for line in lines]


def _badge(facts: Boxes) -> Span:
    if facts.capacity:
        count = f"{facts.size:,}/{facts.capacity:,}"
        if facts.size >= facts.capacity:
            return Span(_("full {count}", count=count), "state-lock", bold=True)
        return Span(
            count if facts.size else _("empty {count}", count=count),
            "state-running" if facts.size else "muted",
            bold=True,
        )
    return Span(
        _("{size:,} inside", size=facts.size) if facts.size else _("empty"),
        "state-running" if facts.size else "muted",
        bold=True,
    )


def _boxes(facts: Boxes, inner: int) -> Picture:
    """Return the boxes, the next to leave at the right; those farthest from leaving are summed up at the left."""
    label = max((cell_len(item) for item in facts.items[: inner // _NARROWEST]), default=1)
    wide = min(max(label + 2, _NARROWEST), _WIDEST, inner)
    places = facts.capacity or max(facts.size, 1)
    fit = max(inner // wide, 1)
    rest = max(facts.size - fit, 0)
    if rest:
        fit = max((inner - cell_len(f" +{facts.size:,} ")) // wide, 1)
        rest = facts.size - fit
    shown = min(fit, places, max(len(facts.items), 1) if not facts.capacity else fit)
    boxes: list[Sequence[Row]] = []
    for place in reversed(range(shown)):
        text = facts.items[place] if place < len(facts.items) else ""
        boxes.append(_box(text, wide, next_out=place == 0, full=place < facts.size))
    more = f" +{rest:,} " if rest else ""
    head = [row(Span(text.rjust(len(more)), "muted")) for text in ("", more, "")]
    return across([head, *boxes])


def _box(text: str, width: int, *, next_out: bool, full: bool) -> Sequence[Row]:
    if not full:
        return _outline(Span(middle("·", width - 2), "faint"), width, "╭╌╮╎╰╯", "edge")
    ink = "accent" if next_out else "edge-strong"
    label = Span(middle(text, width - 2), "ink-strong" if next_out else "ink", bold=next_out)
    return _outline(label, width, "┏━┓┃┗┛" if next_out else "╭─╮│╰╯", ink)


def _outline(label: Span, width: int, strokes: str, ink: str) -> Sequence[Row]:
    left_top, flat, right_top, side, left_bottom, right_bottom = tuple(strokes)
    return [
        row(Span(left_top + flat * (width - 2) + right_top, ink)),
        row(Span(side, ink), label, Span(side, ink)),
        row(Span(left_bottom + flat * (width - 2) + right_bottom, ink)),
    ]
