"""Text from strangers made safe to draw: a program's output, its names and errors, a trace file's contents.

Whatever a terminal might act on instead of showing (escape sequences, other controls, marks that turn the direction of
text, invisible and unassigned characters) becomes a visible stand-in. Everything else stays as it is.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_CONTROL_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F
_IDEOGRAPHIC_SPACE: Final = "\u3000"
_TAB_STOPS: Final = 8


def clean(text: str) -> str:
    """Return `text` as one line on which every character is visible."""
    return text if text.isprintable() else "".join(map(_visible, text))


def clean_lines(text: str) -> str:
    """Return `text` like `clean`, but keep line ends and expand tabs, as a terminal does."""
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join([clean(line.expandtabs(_TAB_STOPS)) for line in lines])


@lru_cache(maxsize=1024)
def _visible(character: str) -> str:
    """Return the stand-in of one character: "␛" for escape, its code for a direction mark, itself if printable."""
    code = ord(character)
    if character.isprintable() or character == _IDEOGRAPHIC_SPACE:
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return character.encode("unicode_escape").decode("ascii")
