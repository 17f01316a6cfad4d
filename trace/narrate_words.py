"""How the words that tell a run are filled in; `narrate_english` has them all, and the catalogues what they become."""

from typing import Final

from ..locales.words import pgettext
from .narrate_english import WORDS
from .sanitize import clean

LISTED: Final = 3
"""How many names a list gives before it counts the others."""

TEXT_LIMIT: Final = 200
_MILLISECOND: Final = 1_000_000


def say(key: str, **fields: object) -> str:
    """Return a template with its fields filled in, in the language that is spoken."""
    return pgettext(key, WORDS[key], **fields)


def several(names: list[str], total: int | None = None) -> str:
    """Return names as one noun: "a", "a and b", "a, b, c and 4 more". `total` counts those not among them, too."""
    count = len(names) if total is None else total
    shown = names[:LISTED]
    if not shown:
        return say("noun.somebody")
    if count > len(shown):
        return say("list.more", names=_commas(shown), count=count - len(shown))
    if len(shown) == 1:
        return shown[0]
    return say("list.two", first=_commas(shown[:-1]), second=shown[-1])


def duration(nanoseconds: int) -> str:
    """Return virtual time in words: "2.0 s", "0.125 s", "20 µs"."""
    if 0 < nanoseconds < _MILLISECOND:
        return say("time.microseconds", number=f"{nanoseconds / 1000:.3f}".rstrip("0").rstrip("."))
    whole, _, digits = f"{nanoseconds / (1000 * _MILLISECOND):.3f}".partition(".")
    return say("time.seconds", number=f"{whole}.{digits.rstrip('0') or '0'}")


def quoted(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return a stranger's text as one safe line of bounded length."""
    safe = clean(text[: limit + 1])
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def _commas(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return say("list.next", first=names[0], rest=_commas(names[1:]))
