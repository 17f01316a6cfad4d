"""The catalogues of translations are whole, and follow from the source."""

import ast
import subprocess
import symtable
import sys
from collections.abc import Iterator
from string import Formatter
from typing import Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from concurrency_tui.locales.language import DOMAIN, LANGUAGES

from .checkout import ROOT, modules, text
from .literals import unmarked

COMMAND: Final = "uv run python docs/make_catalogue.py"

TRANSLATED: Final = LANGUAGES[1:]

SPOKEN: Final = ("scenarios/", "trace/", "tui/", "widgets/")
"""Rooms with texts for people."""

UNSPOKEN: Final = frozenset(
    {
        "scenarios/annotation.py",  # names of types
        "scenarios/check.py",  # for authors of lessons, as are the errors below
        "scenarios/folder.py",
        "scenarios/words.py",
        "trace/narrate_english.py",  # by key
        "trace/narrate_outcomes.py",  # what stands in a trace
        "trace/state.py",  # values of an enumeration, which `describe` says in words
    }
)
"""Modules whose texts are not for people who use the app, or are collected in another way."""


def path(lang: str) -> str:
    """Return where the translations into a language stand."""
    return f"locales/{lang}/LC_MESSAGES/{DOMAIN}.po"


def catalogue(lang: str) -> Catalog:
    """Return the translations into a language."""
    with (ROOT / path(lang)).open("rb") as file:
        return read_po(file, locale=lang)


def messages(lang: str) -> Iterator[Message]:
    """Yield all messages but the header."""
    return (message for message in catalogue(lang) if message.id)


def said(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one for each form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def fields(template: str) -> set[str]:
    """Return the names of a template's fields."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_no_text_is_marked_inside_an_f_string():
    """Before Python 3.12 an f-string is one token, and what is marked in it is not found."""
    hidden = []
    for module in modules():
        for node in ast.walk(ast.parse(text(module))):
            if isinstance(node, ast.JoinedStr) and any(map(_is_marked, ast.walk(node))):
                hidden.append(f"{module}:{node.lineno}")
    assert hidden == []


def _is_marked(node: ast.AST) -> bool:
    """Tell whether a node is a call like `_("some text")`."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "ngettext" | "pgettext" | "npgettext"), args=[ast.Constant(), *_rest]):
            return True
        case _:
            return False


def test_the_catalogues_are_those_of_the_source():
    """Nothing is missing in them, nothing is left over, and the compiled ones are up to date."""
    done = subprocess.run(
        [sys.executable, "docs/make_catalogue.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}run: {COMMAND}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_everything_is_translated(lang: str):
    missing = [str(message.id) for message in messages(lang) if not all(said(message))]
    assert missing == [], f"translate these in {path(lang)}, then run: {COMMAND}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_translation_is_doubtful_or_obsolete(lang: str):
    assert [message.id for message in messages(lang) if message.fuzzy] == []
    assert "#~" not in text(path(lang))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_has_the_fields_of_the_text(lang: str):
    wrong = []
    for message in messages(lang):
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set.union(*map(fields, forms))
        some = set.intersection(*map(fields, forms))
        wrong += [(message.id, form) for form in said(message) if not some <= fields(form) <= wanted]
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_keeps_blanks_at_the_ends(lang: str):
    """They part it from what stands beside it. Chinese punctuation, which is two cells wide, is a gap of its own."""
    gaps = " ，：。；、"
    lost = [
        message.id
        for message in messages(lang)
        if isinstance(message.id, str)
        for before, after in [(message.id, said(message)[0])]
        if (before[0] == " " and after[0] not in gaps) or (before[-1] == " " and after[-1] not in gaps)
    ]
    assert lost == []


def test_every_language_has_a_catalogue():
    assert {folder.parent.name for folder in (ROOT / "locales").glob("*/LC_MESSAGES")} == set(TRANSLATED)


def test_texts_for_people_are_marked():
    found = [
        f"{module}:{line}: {literal}"
        for module in modules()
        if module.startswith(SPOKEN) and module not in UNSPOKEN
        for line, literal in unmarked(text(module))
    ]
    assert found == [], "mark them, or if nobody reads them say so in tests/house/literals.py"


def test_no_function_hides_what_it_says_its_words_with():
    """A name that is assigned anywhere in a function is its own everywhere in it: `_` would be no function there."""
    waiting = [symtable.symtable(text(module), module, "exec") for module in modules()]
    hidden = []
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        if "_" in scope.get_identifiers() and scope.get_type() == "function":
            name = scope.lookup("_")
            hidden += [f"{scope.get_name()}, line {scope.get_lineno()}"] * (name.is_assigned() and name.is_referenced())
    assert hidden == []


@pytest.mark.parametrize(
    "source",
    [
        'x = "two words"',
        'f(f"{count} left over")',
        'Span("free")',
        'Static(f"{name} is here")',
        'TITLE = "Workers"',
        'self.say("gone")',
    ],
)
def test_a_text_that_is_not_marked_is_found(source: str):
    assert list(unmarked(source))


@pytest.mark.parametrize(
    "source",
    [
        '_("two words")',
        'N_("two words")',
        'pgettext("some thing", "two words")',
        'Span(_("free"), "muted")',
        '"""A docstring of words."""',
        'def f(x: "some thing") -> "some thing": ...',
        'if kind == "two words": ...',
        'Span("", "state-running")',
    ],
)
def test_what_is_marked_or_not_for_people_is_left_alone(source: str):
    assert list(unmarked(source)) == []
