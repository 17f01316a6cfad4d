"""The words of a lesson in one language: a Markdown file with a title and four fixed headings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .wording import shown

HEADINGS: Final = {
    "en": ("What it is", "What to watch", "Try next", "What surprises people"),
    "zh": ("这是什么", "看什么", "试一试", "出人意料"),
}
"""The headings of the sections in their order, by language code."""


class WordsError(ValueError):
    """A lesson's words are not laid out as they should be. The message says on which line."""


@dataclass(frozen=True, slots=True)
class Words:
    """A lesson in one language. All but the title is simple Markdown: paragraphs, lists, `code` and **bold**."""

    title: str
    what: str
    watch: str
    try_next: str
    surprise: str


def parse(text: str, lang: str) -> Words:
    """Return the words of a file: `# Title`, then each of the language's headings once. Raises WordsError."""
    title, *sections = _blocks(text)
    number, heading, body = title
    if not heading.startswith("# "):
        raise WordsError(f"line {number}: the file begins with {shown(heading)}, not with # and the title")
    if body:
        raise WordsError(f"line {number}: words between the title and the first heading")
    for (number, heading, body), wanted in zip(sections, HEADINGS[lang], strict=False):
        if heading != f"## {wanted}":
            raise WordsError(f"line {number}: the heading is {shown(heading)} instead of ## {wanted}")
        if not body:
            raise WordsError(f"line {number}: nothing under {heading}")
    if len(sections) < len(HEADINGS[lang]):
        raise WordsError(f"the heading ## {HEADINGS[lang][len(sections)]} is missing")
    if len(sections) > len(HEADINGS[lang]):
        number, heading, _ = sections[len(HEADINGS[lang])]
        raise WordsError(f"line {number}: {shown(heading)} is one heading too many")
    return Words(title[1].removeprefix("# ").strip(), *(body for _, _, body in sections))


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield every heading with its line number and what stands under it; the first one is the first line."""
    lines = [line.rstrip() for line in text.splitlines()]
    first = next((index for index, line in enumerate(lines) if line), 0)
    starts = [first, *(index for index, line in enumerate(lines) if index > first and line.startswith(("# ", "## ")))]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, "".join(lines[start : start + 1]), "\n".join(lines[start + 1 : end]).strip()
