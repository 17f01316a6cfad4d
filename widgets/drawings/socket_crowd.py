"""A listening socket with very many connections: a sign for each, the one at the cursor, and a line for each.

The lines are drawn when they are wanted, so that the cost of five hundred connections follows the screen.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, overload

from ...locales.language import kept
from ...locales.words import pgettext
from ...trace.events import NONE
from .frame import MARGIN
from .ink import EMPTY, Picture, Row, Span, clip, length, row
from .socket_facts import SIGNS, Crowded
from .socket_wire import Form, drawn, end_width

_LOOKS: Final = {
    SIGNS["open"]: ("·", "muted"),
    SIGNS["there"]: ("▸", "state-io"),
    SIGNS["back"]: ("◂", "state-running"),
    SIGNS["both"]: ("■", "state-io"),
    SIGNS["half"]: ("○", "state-lock"),
    SIGNS["closed"]: ("✓", "faint"),
    SIGNS["reset"]: ("✗", "state-failed"),
}
_ABOVE: Final = 2
"""Rows above the signs: what they count, and the connection at the cursor."""


class Tall(Sequence[Row]):
    """A picture whose middle rows are drawn one by one."""

    def __init__(self, above: Picture, facts: Crowded, width: int) -> None:
        self._above = above
        self._facts = facts
        self._width = width
        self._count = len(facts.server.cells)
        self._sides = (above[1][0], above[1][-1])
        inner = width - MARGIN
        self._end = end_width([facts.wire(0), facts.wire(self._count - 1)], inner, Form.LINE)

    def __len__(self) -> int:
        return len(self._above) + self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        if place < len(self._above) - 1:
            return self._above[place]
        if place == len(self) - 1:
            return self._above[-1]
        wire = self._facts.wire(place - len(self._above) + 1)
        (line,) = drawn(wire, self._width - MARGIN, Form.LINE, self._end)
        return (self._sides[0], *line, self._sides[1])

    def __iter__(self) -> Iterator[Row]:
        return (self[place] for place in range(len(self)))


def tall(facts: Crowded, above: Picture, width: int) -> Tall:
    """Return the picture: `above` in its frame, with a line for each connection before the last row."""
    return Tall(above, facts, width)


def head_rows(count: int, inner: int) -> int:
    """Return how many rows stand above the lines of so many connections."""
    return _ABOVE + -(-count // max(inner, 1))


def crowd_rows(facts: Crowded, inner: int) -> list[Row]:
    """Return these rows: the counts, the connection at the cursor, and a sign for each."""
    cells = facts.server.cells
    starts = range(0, len(cells), inner)
    signs = [_signs(cells[start : start + inner], facts.lit - start) for start in starts]
    return [_counts(cells, inner), _now(facts, inner), *signs]


@kept(256)
def _counts(cells: str, inner: int) -> Row:
    """Return how many connections are in each condition, with their signs."""
    words = {
        SIGNS["there"]: pgettext("socket", "asked"),
        SIGNS["back"]: pgettext("socket", "answered"),
        SIGNS["both"]: pgettext("socket", "both ways"),
        SIGNS["open"]: pgettext("socket", "quiet"),
        SIGNS["half"]: pgettext("socket", "half"),
        SIGNS["closed"]: pgettext("socket", "closed"),
        SIGNS["reset"]: pgettext("socket", "reset"),
    }
    counts = Counter(cells)
    here = [
        (f"{_LOOKS[sign][0]} {counts[sign]:,}", word, _LOOKS[sign][1]) for sign, word in words.items() if counts[sign]
    ]
    inks = ["muted" if ink == "faint" else ink for _count, _word, ink in here]
    long = [row(Span(count, ink), Span(f" {word}", "muted")) for (count, word, _), ink in zip(here, inks, strict=True)]
    short = [row(Span(count, ink)) for (count, _word, _), ink in zip(here, inks, strict=True)]
    for told in (long, short):
        line = tuple(span for at, piece in enumerate(told) for span in ((Span("  "), *piece) if at else piece))
        if length(line) <= inner:
            return line
    return clip(line, inner)


def _now(facts: Crowded, inner: int) -> Row:
    if facts.lit == NONE:
        return EMPTY
    wire = facts.wire(facts.lit)
    (line,) = drawn(wire, inner, Form.LINE, end_width([wire], inner, Form.LINE))
    return line


def _signs(cells: str, lit: int) -> Row:
    """Return a sign for each connection, neighbours in the same condition as one span."""
    spans: list[Span] = []
    for (sign, here), run in groupby(enumerate(cells), key=lambda each: (each[1], each[0] == lit)):
        count = len(list(run))
        glyph, ink = _LOOKS[sign]
        spans.append(Span(glyph * count, "cursor" if here else ink, bold=here, on="raised" if here else ""))
    return tuple(spans)
