"""Finds the names of workers and objects in a sentence, so that they can be set apart. Nothing in a text is markup."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ..trace.state import State, Thing, Worker
from .fitting import plain
from .palette import LOOKS

_LONGEST: Final = 80
"""Characters of a name that are looked for."""

_EDGE: Final = re.compile(r"\b|(?<=\W)(?=\W)|^|$")
_COMMON: Final = frozenset({"a", "i", "it", "is", "in", "by", "of", "to", "the", "and", "for", "at", "on", "as"})
"""Words of every sentence, which a program may also have for names."""

_QUOTED: Final = re.compile(r'"[^"]*"|“[^”]*”')
"""What a program printed: no name in there is one of ours."""

_ALARM: Final = re.compile(r"\b[Dd]eadlock(?:ed)?\b|死锁")


class Found(NamedTuple):
    """A name at its place in a text, with the ink for it."""

    start: int
    end: int
    ink: str


def names_in(texts: Iterable[str], state: State) -> dict[str, str]:
    """Return those names of a state that may stand in the texts, with their inks: a worker's is that of what it does.

    A state may have ten thousand names, so each is looked up among the few pieces of the texts, not the other way.
    """
    pieces = {text[start:end] for text in texts for start, end in _pieces(text)} - _COMMON
    inks = dict.fromkeys(_among(pieces, state.things), "accent")
    return inks | {name: LOOKS[state.workers[at].status].colour for name, at in _among(pieces, state.workers).items()}


def _among(pieces: set[str], records: Iterable[Worker | Thing]) -> dict[str, int]:
    """Return the names of records, as sentences have them, that are among the pieces, and whose each is."""
    names = {}
    for record in records:
        name = record.name
        if name not in pieces:
            if name.isprintable():
                continue
            name = plain(name)
        if name in pieces:
            names[name] = record.id
    return names


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield every stretch of a text that may be a name."""
    edges = [edge.start() for edge in _EDGE.finditer(text)]
    for at, start in enumerate(edges):
        for end in edges[at + 1 :]:
            if end - start > _LONGEST:
                break
            yield start, end


def found(text: str, names: Mapping[str, str]) -> Iterator[Found]:
    """Yield the names in a text from left to right, the longest where several begin at the same place."""
    edges = [edge.start() for edge in _EDGE.finditer(text)]
    quotes = [quote.span() for quote in _QUOTED.finditer(text)]
    longest = max(map(len, names), default=0)
    done = 0
    for at, start in enumerate(edges):
        if start < done or any(first < start < last for first, last in quotes):
            continue
        ends = [end for end in edges[at + 1 :] if end - start <= longest]
        for end in reversed(ends):
            if (ink := names.get(text[start:end])) is not None:
                yield Found(start, end, ink)
                done = end
                break
        else:
            if word := _ALARM.match(text, start):
                yield Found(start, word.end(), "state-deadlocked")
                done = word.end()
