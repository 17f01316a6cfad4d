"""Brings the catalogues of translations up to date: `python docs/make_catalogue.py`, or with `--check` only compares.

It collects every text for people from the source into `locales/concurrency_tui.pot`, carries the translations that
are there over to `locales/zh/LC_MESSAGES/concurrency_tui.po`, and compiles that. What has no translation yet is listed.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[1]
LOCALES: Final = ROOT / "locales"
DOMAIN: Final = "concurrency_tui"
LANGUAGES: Final = ("zh",)

ROOMS: Final = ("locales", "scenarios", "trace", "tui", "widgets")
"""The folders with texts for people. What the child process says is part of a trace, which has no language."""

KEYED: Final = ("trace/narrate_english.py",)
"""Modules whose dictionaries are templates by key."""

KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "NC_": ((1, "c"), 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

_HEADER: Final = "# The words of concurrency-tui. `python docs/make_catalogue.py` keeps this file up to date.\n#"
_LASTING: Final = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")

Found = tuple[str | None, str | tuple[str, ...]]
"""A text with its context: one, or singular and plural."""


class Undated(Catalog):
    """A catalogue that says nothing of when and by whom it was written, so that equal words are equal bytes."""

    def __init__(self, lang: str | None = None) -> None:
        super().__init__(lang, header_comment=_HEADER, fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers that follow from the words."""
        return [(name, value) for name, value in self._get_mime_headers() if name in _LASTING]

    @mime_headers.setter
    def mime_headers(self, headers: Any) -> None:
        self._set_mime_headers(headers)


def collect() -> Undated:
    """Return all texts for people that the source has."""
    template = Undated()
    for path in _sources():
        for context, text in _texts(path):
            template.add(text, context=context)
    return template


def _sources() -> list[Path]:
    programs = ROOT / "scenarios"
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [path for path in paths if not (path.is_relative_to(programs) and path.parent != programs)]


def _texts(path: Path) -> Iterator[Found]:
    if path.relative_to(ROOT).as_posix() in KEYED:
        yield from _templates(path)
        return
    with path.open("rb") as file:
        for _line, text, _comments, context in extract("python", file, KEYWORDS):
            yield context, text


def _templates(path: Path) -> Iterator[Found]:
    """Yield the strings of all dictionaries from strings to strings, with their keys as contexts."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                match key, value:
                    case ast.Constant(value=str(name)), ast.Constant(value=str(words)):
                        yield name, words


def translated(lang: str, template: Catalog) -> Undated:
    """Return the catalogue of a language as it is on disk, brought up to date with the template."""
    words = Undated(lang)
    if po(lang).exists():
        with po(lang).open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    words[message.id] = message
    words.update(template, no_fuzzy_matching=True, update_header_comment=False)
    words.header_comment = _HEADER
    return words


def po(lang: str) -> Path:
    """Return where the translations into a language stand."""
    return LOCALES / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def written() -> dict[Path, bytes]:
    """Return the content that each file should have."""
    template = collect()
    files = {LOCALES / f"{DOMAIN}.pot": text_of(template)}
    for lang in LANGUAGES:
        words = translated(lang, template)
        files |= {po(lang): text_of(words), po(lang).with_suffix(".mo"): compiled(words)}
    return files


def text_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as text, laid out for merging: sorted, without places, one line a text."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it, without what is not translated."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def unfinished(lang: str) -> list[str]:
    """Return the texts that a language has no translation for, or only a fuzzy one."""
    with po(lang).open("rb") as file:
        messages = list(read_po(file, locale=lang))
    return [str(message.id) for message in messages if message.id and (message.fuzzy or not all(_strings(message)))]


def _strings(message: Any) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` only tell which are not as they should be; return the exit status."""
    stale = [path for path, content in written().items() if not path.exists() or path.read_bytes() != content]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not up to date")
        return bool(stale)
    for path, content in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    missing = {lang: unfinished(lang) for lang in LANGUAGES}
    for lang, texts in missing.items():
        for text in texts:
            print(f"{lang}: {text}")
        print(f"{lang}: {len(texts)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
