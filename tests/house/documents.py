"""The documentation, cut into the parts that can be checked."""

import re
import shlex
from collections.abc import Iterator
from typing import Final, NamedTuple

from .checkout import files, text

PAGES: Final = tuple(path for path in files() if path.endswith(".md") and not path.startswith(("scenarios/", "tests/")))

_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN: Final = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CELLS: Final = re.compile(r"(?<!\\)\|")


class Command(NamedTuple):
    """A command of ours as a page shows it."""

    page: str
    shown: str
    arguments: list[str]


def blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a page in one language."""
    return [body for name, body in _FENCE.findall(text(page)) if name == language]


def prose(page: str) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", text(page))


def spans(page: str) -> list[str]:
    """Return what a page shows as code within its sentences and tables."""
    return _SPAN.findall(prose(page))


def links(page: str) -> list[str]:
    """Return where the links and pictures of a page lead."""
    return _LINK.findall(prose(page))


def commands() -> Iterator[Command]:
    """Yield every whole command line of ours on any page. One with an ellipsis stands for many and is left out."""
    for page in PAGES:
        lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
        for shown in [*lines, *spans(page)]:
            words = shlex.split(shown, comments=True) if "concurrency-tui" in shown and "…" not in shown else []
            if "concurrency-tui" in words:
                yield Command(page, shown, words[words.index("concurrency-tui") + 1 :])


def table(page: str, header: str) -> list[list[str]]:
    """Return the cells of the rows of all tables on a page that have this header line."""
    found: list[list[str]] = []
    inside = False
    for line in text(page).splitlines():
        if line == header:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            found.append([cell.strip() for cell in _CELLS.split(line)[1:-1]])
    return found
