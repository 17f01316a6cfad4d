"""A program's text made ready to draw: safe, highlighted, one tuple of pieces per line as Python counts lines."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pygments.token import Token
from textual.content import Content
from textual.highlight import HighlightTheme, highlight

from ..trace.sanitize import clean_lines

Piece = tuple[str, str]
"""Text without line ends, and the name in `tints` of its colour."""

CodeLine = tuple[Piece, ...]

_INKS: Final[dict[tuple[str, ...], str]] = {
    Token.Comment: "code-comment",
    Token.Keyword: "code-keyword",
    Token.Operator.Word: "code-keyword",
    Token.Literal.String: "code-string",
    Token.Literal.Number: "code-number",
    Token.Name.Function: "code-name",
    Token.Name.Class: "code-name",
    Token.Name.Decorator: "code-number",
}
"""Colours by kind of token; everything else is plain ink."""


class _Inks(HighlightTheme):
    """Marks tokens with names of tints, not with colours: so one highlighting serves every theme."""

    STYLES = dict(_INKS)  # noqa: RUF012 - as the base class declares it


def safe_lines(source: str) -> list[str]:
    """Return a source text's lines, split where Python splits them and nowhere else, and safe to draw."""
    return clean_lines(source.replace("\r\n", "\n").replace("\r", "\n")).split("\n")


@lru_cache(maxsize=16)
def highlighted(source: str) -> tuple[CodeLine, ...]:
    """Return the lines in colour. Costs about 0.1 ms a line, once."""
    lines = safe_lines(source)
    coloured = highlight("\n".join(lines), language="python", theme=_Inks)
    found = tuple(_lines(coloured))
    return found + ((),) * (len(lines) - len(found))


@lru_cache(maxsize=16)
def unlit(source: str) -> tuple[CodeLine, ...]:
    """Return the lines without colours, for as long as those take."""
    return tuple(((line, "ink"),) if line else () for line in safe_lines(source))


def _lines(coloured: Content) -> Iterator[CodeLine]:
    text, names = coloured.plain, frozenset(_INKS.values())
    line: list[Piece] = []
    at = 0
    for span in [*coloured.spans, None]:
        if span is not None and span.style not in names:
            continue
        parts = [(text[at : span.start], "ink"), (text[span.start : span.end], str(span.style))] if span else []
        for part, ink in parts or [(text[at:], "ink")]:
            first, *rest = part.split("\n")
            line += [(first, ink)] if first else []
            for each in rest:
                yield tuple(line)
                line = [(each, ink)] if each else []
        at = span.end if span else len(text)
    yield tuple(line)
