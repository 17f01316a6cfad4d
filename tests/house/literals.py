"""Finds texts for people in the source that no function of `locales/words.py` has marked."""

import ast
import re
from collections.abc import Iterator
from typing import Final

MARKS: Final = frozenset({"_", "N_", "NC_", "NN_", "pgettext", "ngettext", "npgettext", "say"})

SHOWN: Final = frozenset({"Span", "Text", "Content", "Static", "Ask", "Passage", "Option", "Piece"})
"""What is made of words: a word that is given to one of these is read by a person, unless it names something."""

TOLD: Final = frozenset({"say", "notify", "complain", "headline", "styled"})
"""Methods that show what they are given."""

WORDS: Final = re.compile(r"[A-Za-z]{2,}[,;:.]? [a-z]{1,}|[a-z]{2,} \{|\} [a-z]{2,}|^ ?[A-Z][a-z]+( [a-z]+)*[.:]?$")
"""What reads like words: two in a row, one beside a field, or one that begins like a sentence."""

NAMES: Final = re.compile(
    r"(None|Schedule|Lesson|Executor|Pool|Manager|Connection|Task|Selector|Lock|Queue|Event|Condition|Barrier|Future|Timer|Semaphore|Line|Header|Branch|Result|Enum|Thread|Process)$"
    r"|bold( \{|$)|(bold )?\{\} on \{\}|concurrency-tui\b|-detail-|holder-|pid |\w+Pane$|\w+Thread$|\w+Process$"
)
"""Names of types and styles, and other things that are the same in every language."""


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of every literal that seems to be for people and is not marked."""
    tree = ast.parse(source)
    aside = {id(inner) for node in ast.walk(tree) for part in _aside(node) for inner in ast.walk(part)}
    shown = {id(node.args[0]) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args and _shows(node)}
    for node in ast.walk(tree):
        text = None if id(node) in aside else _text(node)
        if text is None or _is_css(text) or NAMES.match(text):
            continue
        if WORDS.search(text) or (id(node) in shown and re.search(r"[A-Za-z]{2}", text)):
            yield node.lineno, text


def _text(node: ast.AST) -> str | None:
    """Return a literal as text, each field of an f-string as "{}"."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)
    return None


def _shows(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name in SHOWN
        case ast.Attribute(attr=name):
            return name in TOLD
    return False


def _aside(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node that no person sees as they stand: docstrings, types, comparisons, what is marked."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Compare() | ast.MatchValue():
            yield node
        case ast.Call(func=ast.Name(id=name)) if name in MARKS:
            yield from node.args
        case ast.AnnAssign():
            yield node.annotation
        case ast.FunctionDef(returns=ast.expr() as returned) | ast.AsyncFunctionDef(returns=ast.expr() as returned):
            yield returned
        case ast.arg(annotation=ast.expr() as annotation):
            yield annotation
        case ast.JoinedStr():
            yield from (part for part in node.values if isinstance(part, ast.Constant))
        case ast.Subscript(slice=ast.Constant()):
            yield node.slice


def _is_css(text: str) -> bool:
    return "{\n" in text or re.search(r"\{ ?[\w-]+: ", text) is not None
