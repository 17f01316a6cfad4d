"""How an error repeats what a person or a file said: on one line, not at length, and with nothing in it that acts."""

from typing import Final

LONGEST: Final = 80
"""Characters of it that are shown."""


def shown(said: object, longest: int = LONGEST) -> str:
    """Return the text; with line breaks, escapes and invisible characters written out if there are any, and cut off."""
    text = str(said)
    text = text if text and text.isprintable() else repr(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
