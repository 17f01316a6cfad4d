"""Finds the names of workers and objects in a sentence, so that they can be set apart. Nothing in a text is markup."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ..trace.state import State
from .fitting import plain
from .palette import LOOKS

_LONGEST: Final = 80
"""Characters of a name that are looked for."""

_EDGE: Final = re.compile(r"\b|(?<=\W)(?=\W)|^|$")
_COMMON: Final = frozenset({"a", "i", "it", "is", "in", "by", "of", "to", "the", "and", "for", "at", "on", "as"})
"""Words of every sentence, which a program may also have for names."""

_QUOTED: Final = re.compile(r'"[^"]*"')
"""What a program printed: no name in there is one of ours."""

_ALARM: Final = re.compile(r"\b[Dd]eadlock(?:ed)?\b")


class Found(NamedTuple):
    """A name at its place in a text, with the ink for it."""

    start: int
    end: int
    ink: str


def names_of(state: State) -> dict[str, str]:
    """Return the ink for every name of a state: a worker's is that of what it does."""
    inks = {plain(thing.name)[:_LONGEST]: "accent" for thing in state.things}
    inks |= {plain(worker.name)[:_LONGEST]: LOOKS[worker.status].colour for worker in state.workers}
    for word in ("", *_COMMON):
        inks.pop(word, None)
    return inks


def found(text: str, names: Mapping[str, str]) -> Iterator[Found]:
    """Yield the names in a text from left to right, the longest where several begin at the same place."""
    edges = [edge.start() for edge in _EDGE.finditer(text)]
    quotes = [quote.span() for quote in _QUOTED.finditer(text)]
    done = 0
    for at, start in enumerate(edges):
        if start < done or any(first < start < last for first, last in quotes):
            continue
        ends = [end for end in edges[at + 1 :] if end - start <= _LONGEST]
        for end in reversed(ends):
            if (ink := names.get(text[start:end])) is not None:
                yield Found(start, end, ink)
                done = end
                break
        else:
            if word := _ALARM.match(text, start):
                yield Found(start, word.end(), "state-deadlocked")
                done = word.end()
