"""Texts for people, in the language that is spoken; `docs/make_catalogue.py` finds them by these functions' names.

Fields stand in braces, as for `str.format`, and are given by name: `_("{count:,} waiting", count=3)`. What is put in
is never looked at again, so it may be anything.
"""

from .language import catalogue


def _(message: str, /, **fields: object) -> str:
    """Return a text with its fields filled in."""
    said = catalogue().gettext(message) if message else ""  # gettext keeps its own header under ""
    return said.format_map(fields) if fields else said


def pgettext(context: str, message: str, /, **fields: object) -> str:
    """Return a text whose translation depends on what it is about; the context says so to the translator."""
    said = catalogue().pgettext(context, message)
    return said.format_map(fields) if fields else said


def ngettext(one: str, many: str, count: int, /, **fields: object) -> str:
    """Return a text about a number of things. `{count}` is the number."""
    return catalogue().ngettext(one, many, count).format_map({"count": count, **fields})


def npgettext(context: str, one: str, many: str, count: int, /, **fields: object) -> str:
    """Return a text about a number of things, with a context."""
    return catalogue().npgettext(context, one, many, count).format_map({"count": count, **fields})


def N_(message: str) -> str:  # noqa: N802 - gettext's usual name
    """Mark a text in a table, which is made before the language is known, and return it unchanged.

    Give it to `_` where it is shown.
    """
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a text about a number of things in a table."""
    return one, many


def NC_(_context: str, message: str) -> str:  # noqa: N802
    """Mark a text in a table as `N_` does, with a context: give both to `pgettext` where it is shown."""
    return message
