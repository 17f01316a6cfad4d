"""Merges catalogues text by text, so that two branches with new words do not conflict.

It is a merge driver for git, which has to be told of it once in a clone; CONTRIBUTING says how.
"""

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from make_catalogue import Undated, compiled, text_of

Words = dict[Any, Any]
"""Messages by text and context."""


def read(path: Path, *, binary: bool) -> Words:
    """Return the messages of a catalogue; none of one that is empty, as the ancestor of a new file is."""
    if not path.stat().st_size:
        return {}
    with path.open("rb") as file:
        catalogue = read_mo(file) if binary else read_po(file)
        # What is read from a compiled catalogue has its plurals in a list.
        return {(str(message.id), message.context): message for message in map(_sound, catalogue) if message.id}


def _sound(message: Any) -> Any:
    if isinstance(message.id, list):
        message.id = tuple(message.id)
    return message


def merged(base: Words, ours: Words, theirs: Words) -> list[Any]:
    """Return the messages that both sides agree on: what one side has changed wins, and theirs if both have."""

    def said(words: Words, key: Any) -> Any:
        return (words[key].string, words[key].fuzzy) if key in words else None

    chosen = []
    for key in {**ours, **theirs}:
        side = ours if said(theirs, key) == said(base, key) else theirs
        if key in side:
            chosen.append(side[key])
    return chosen


def main(arguments: list[str]) -> int:
    """Merge the last two of three files into the second; the fourth argument is their path in the repository."""
    base, ours, theirs, shown = map(Path, arguments)
    binary = shown.suffix == ".mo"
    catalogue = Undated(None if shown.suffix == ".pot" else shown.parts[-3])
    for message in merged(*(read(path, binary=binary) for path in (base, ours, theirs))):
        catalogue[message.id] = message
    ours.write_bytes(compiled(catalogue) if binary else text_of(catalogue))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
