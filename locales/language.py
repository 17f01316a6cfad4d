"""Which language is spoken now: set once when the program starts, and again by the key that switches it.

English is the language of the source; every other one has a catalogue beside this module, which the standard
library's gettext reads. Pictures that are kept must be forgotten with the language: `kept` sees to that.
"""

import gettext
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, ParamSpec, TypeVar

LANGUAGES: Final = ("en", "zh")
"""Codes of the languages there are; the first is that of the source."""

NAMES: Final = {"en": "English", "zh": "简体中文"}
"""What each language calls itself."""

DOMAIN: Final = "concurrency_tui"
FOLDER: Final = os.path.dirname(__file__)

_P = ParamSpec("_P")
_R = TypeVar("_R")

_code = LANGUAGES[0]
_catalogue = gettext.NullTranslations()
_forgetting: list[Callable[[], None]] = []


def current() -> str:
    """Return the code of the language that is spoken."""
    return _code


def catalogue() -> gettext.NullTranslations:
    """Return the translations of the language that is spoken."""
    return _catalogue


def use(lang: str) -> None:
    """Speak a language from now on. Raises ValueError if it is none of `LANGUAGES`."""
    global _code, _catalogue  # noqa: PLW0603 - there is one language at a time, as there is one screen
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}")
    if lang != _code:
        _code = lang
        _catalogue = _load(lang)
        for forget in _forgetting:
            forget()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _code
    use(lang)
    try:
        yield
    finally:
        use(before)


def kept(maxsize: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Keep the last results of a function that puts words into them, by its arguments, until the language changes."""

    def keep(function: Callable[_P, _R]) -> Callable[_P, _R]:
        known = lru_cache(maxsize)(function)
        _forgetting.append(known.cache_clear)
        return known  # type: ignore[return-value]  # typeshed knows its arguments only as hashable

    return keep


def _load(lang: str) -> gettext.NullTranslations:
    if lang == LANGUAGES[0]:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, FOLDER, [lang])
