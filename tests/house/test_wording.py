"""What is written speaks of the project alone, is finished, and is plain."""

import re
from collections.abc import Iterator
from typing import Final

from .checkout import ROOT, files
from .documents import PAGES, prose

SOMEWHERE: Final = re.compile(r"(?<![\w.~*-])/(?:home|root|Users|work)/[\w.]+|\b[A-Z]:\\Users\\", re.ASCII)
"""A path into somebody's home or work folder: it helps nobody else, and tells what it should not."""

UNFINISHED: Final = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
"""Marks of work that is left to others. What is missing stands in the README, where people look for it."""

ELSEWHERE: Final = re.compile(r"\b(?:issue|ticket|pull request|PR) ?#?\d+|\(#\d+\)", re.IGNORECASE)
"""A number of a tracker's, which says nothing here."""

EMPTY: Final = re.compile(
    r"\b(?:simply|just|easily|obviously|of course|basically|seamless\w*|powerful|robust|leverag\w*|utili[sz]\w*|"
    r"cutting-edge|state-of-the-art|blazing\w*|comprehensive|intuitive\w*)\b",
    re.IGNORECASE,
)
"""Words that a sentence is better without."""


def found(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield every place in a text file of the project that has the pattern."""
    for path in files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
                if match := pattern.search(line):
                    yield f"{path}:{number}: {match[0]}"


def test_no_file_knows_the_machine_it_was_written_on():
    assert list(found(SOMEWHERE)) == []


def test_nothing_is_marked_as_unfinished():
    assert list(found(UNFINISHED)) == []


def test_nothing_refers_to_a_tracker():
    assert list(found(ELSEWHERE)) == []


def test_the_pages_do_without_empty_words():
    empty = [(page, match[0]) for page in PAGES for match in EMPTY.finditer(prose(page))]
    assert empty == []
