"""Rows of inked text: what every drawing is made of, and how rows are measured, cut, joined and painted.

A row is a tuple of spans; a span is text with the *name* of its colour, so that a drawing is the same under every theme
and can be kept by its inputs. Only `strip` turns names into styles. Widths are in terminal cells, never in characters.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from ..fitting import cut
from ..glyphs import ASCII, UNICODE
from ..palette import LOOKS, Paint


class Span(NamedTuple):
    """Some text in one ink. The text is clean: one line, no control characters."""

    text: str
    ink: str = "ink"
    bold: bool = False
    on: str = ""
    """Name of the ground, or "" for whatever lies below."""


Row = tuple[Span, ...]
Picture = tuple[Row, ...]

EMPTY: Final[Row] = ()


def row(*spans: Span | str) -> Row:
    """Return a row of these spans; a plain string is in the ordinary ink."""
    return tuple(span if isinstance(span, Span) else Span(span) for span in spans if span)


def length(line: Row) -> int:
    """Return how many cells a row takes."""
    return sum(cell_len(span.text) for span in line)


def middle(text: str, width: int) -> str:
    """Return text cut and centred in exactly `width` cells."""
    text = cut(text, width)
    room = width - cell_len(text)
    return " " * (room // 2) + text + " " * (room - room // 2)


def clip(line: Row, width: int) -> Row:
    """Return the row, cut to at most `width` cells."""
    if length(line) <= width:
        return line
    spans: list[Span] = []
    for span in line:
        cells = cell_len(span.text)
        if cells < width:
            spans.append(span)
            width -= cells
            continue
        # Something follows that has no room, so this span must end in the ellipsis even if it would just fit.
        spans.append(span._replace(text=cut(span.text + " ", width)))
        break
    return tuple(span for span in spans if span.text)


def padded(line: Row, width: int, ink: str = "ink") -> Row:
    """Return the row cut or filled up on the right to exactly `width` cells."""
    line = clip(line, width)
    room = width - length(line)
    return (*line, Span(" " * room, ink)) if room > 0 else line


def spread(left: Row, right: Row, width: int) -> Row:
    """Return `left` and `right` at the two ends of `width` cells; where both do not fit, `left` is cut."""
    right = clip(right, width)
    room = width - length(right)
    if not right:
        return padded(left, width)
    return (*padded(left, room - 1), Span(" "), *right) if room > 1 else padded(right, width)


def beside(left: Sequence[Row], right: Sequence[Row], width: int, gap: int = 2) -> Picture:
    """Return two pictures side by side, the left one at its own width, the right one cut to what is left."""
    wide = max(map(length, left), default=0)
    rest = max(width - wide - gap, 0)
    rows = max(len(left), len(right))
    lefts = [*left, *[EMPTY] * (rows - len(left))]
    rights = [*right, *[EMPTY] * (rows - len(right))]
    return tuple(
        clip((*padded(a, wide), Span(" " * gap), *clip(b, rest)), width) for a, b in zip(lefts, rights, strict=True)
    )


def across(pictures: Sequence[Sequence[Row]], gap: int = 0) -> Picture:
    """Return pictures of equal height side by side, each row of each already as wide as it shall be."""
    space = (Span(" " * gap),) if gap else ()
    return tuple(
        tuple(span for at, line in enumerate(lines) for span in ((*space, *line) if at else line))
        for lines in zip(*pictures, strict=True)
    )


_ASCII: Final = str.maketrans(
    {
        **dict.fromkeys("─━═╌┄┈╍┅", "-"),
        **dict.fromkeys("│┃║┊┆╎╵╷╻╹", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛╞╡╔╗╚╝╠╣╥╨┷┯", "+"),
        **dict.fromkeys("█▉▊▋▌▍▎▏▐▇▆▅▄▃▂▙▟▛▜▰▮■", "#"),
        **dict.fromkeys("▁▀▔░▒▓▱▯□", "-"),
        **dict.fromkeys("▖▗▘▝▚▞▪", "."),
        **dict.fromkeys("▸▶▷→➜", ">"),
        **dict.fromkeys("◂◀◁←", "<"),
        **dict.fromkeys("▴▲↑", "^"),
        **dict.fromkeys("▾▼↓", "v"),
        **dict.fromkeys("●◉", "O"),
        **dict.fromkeys("○◌◯", "o"),
        "·": ".",
        "\N{MULTIPLICATION SIGN}": "x",
        "…": "~",
        "—": "-",
        "◖": "(",
        **{getattr(UNICODE, kind): getattr(ASCII, kind) for kind in ("coroutine", "greenlet", "generator")},
        "◗": ")",
        **{look.glyph: look.ascii for look in LOOKS.values()},
    }
)


def ascii_only(text: str) -> str:
    """Return text with the drawing characters of this package replaced; other scripts stay as they are."""
    return text.translate(_ASCII)


def strip(line: Row, width: int, paint: Paint, ground: str = "") -> Strip:
    """Paint one row as a strip of exactly `width` cells, on this ground where a span has none of its own."""
    line = clip(line, width)
    segments = [
        Segment(ascii_only(text) if paint.ascii_only else text, paint(ink, on or ground, bold=bold))
        for text, ink, bold, on in line
    ]
    used = length(line)
    if used < width:
        segments.append(Segment(" " * (width - used), paint("ink", ground)))
    return Strip(segments, width)
