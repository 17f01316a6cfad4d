"""Prose set in lines: at blanks, and in scripts without blanks between any two characters, as their typography has it.

Textual breaks lines at blanks only, which leaves Chinese with ragged lines. What must not begin a line, such as a full
stop, stays with what it follows, and what must not end one, such as an opening bracket, with what it precedes: the
common ground of the rules that Unicode's line breaking algorithm (UAX #14) has for ideographs.
"""

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len, chop_cells
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from .fitting import width_of

_CLOSING: Final = "。，、；：？！）」』】》〉”’…—～·％"  # noqa: RUF001 - these very characters
"""Must not begin a line."""

_OPENING: Final = "（「『【《〈“‘"  # noqa: RUF001
"""Must not end a line."""


def breaks(text: str, width: int) -> list[int]:
    """Return where to break one line of text into lines of at most `width` cells; a longer word is cut."""
    found: list[int] = []
    used = 0
    for start, piece in _pieces(text):
        cells = width_of(piece.rstrip())
        if used + cells <= width:
            used += width_of(piece)
            continue
        if start:
            found.append(start)
        if cells > width:
            *full, rest = chop_cells(piece, max(width, 2))
            at = start
            for part in full:
                at += len(part)
                found.append(at)
            piece = rest  # noqa: PLW2901 - what is left of it
        used = width_of(piece)
    return found


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` cells, each line of the text broken on its own."""
    lines: list[str] = []
    for line in text.split("\n"):
        ends = [*breaks(line, width), len(line)]
        lines += [line[start:end].rstrip() for start, end in zip([0, *ends], ends, strict=False)]
    return lines


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is not to be torn apart, with the place where it begins: words and single ideographs."""
    start = 0
    for at in range(1, len(text)):
        if _may_break(text[at - 1], text[at]):
            yield start, text[start:at]
            start = at
    if text:
        yield start, text[start:]


def _may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after.isspace():
        return False
    if before.isspace():
        return True
    if after in _CLOSING or before in _OPENING:
        return False
    return cell_len(before) > 1 or cell_len(after) > 1


class Prose(Static):
    """Some text, broken into lines as wide as there is room. It is never markup."""

    def __init__(self, text: str = "", *, classes: str | None = None) -> None:
        """Set a text, which must be clean."""
        super().__init__(markup=False, classes=classes)
        self._text = text

    def say(self, text: str) -> None:
        """Set another text."""
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        del container, viewport
        return len(wrapped(self._text, width))

    def render(self) -> Content:
        """Write the lines."""
        return Content("\n".join(wrapped(self._text, max(self.content_size.width, 2))))
