"""Parameters are read from the signature of `main`, and never by running the program."""

import ast
from textwrap import dedent

import pytest
from concurrency_tui.engine.program import with_defaults
from concurrency_tui.scenarios.parameters import Parameter
from concurrency_tui.scenarios.signature import parameters
from hypothesis import given
from hypothesis import strategies as st

PREAMBLE = """
import enum
import typing as t
from enum import Enum
from typing import Annotated, Literal
from typing import Literal as OneOf
import annotated_types as at
from annotated_types import Ge, Gt, Interval, Le, Lt

class Colour(Enum):
    RED = "red"
    _ignored = 0
    GREEN = "green"
    def paint(self): ...

class Base(enum.IntEnum):
    def twice(self): return 2 * self

class Size(Base):
    SMALL = 1
    LARGE = 2

WORKERS = 12
Kind = Literal["FIFO", "LIFO"]
Share = Annotated[float, Interval(ge=0, lt=1)]
again = 1
again = 2
"""


def one(signature):
    """Return the only parameter of a `main` with this signature, or None."""
    found = parameters(f"{PREAMBLE}\ndef main({signature}): raise SystemExit(1)")
    assert len(found) <= 1
    return found[0] if found else None


def facts(parameter, *names):
    return tuple(getattr(parameter, name) for name in names)


@pytest.mark.parametrize(
    ("signature", "type_", "default"),
    [
        ("n: int = 3", "int", 3),
        ("n=3", "int", 3),
        ("n: int = -3", "int", -3),
        ("n: int = WORKERS", "int", 12),
        ("n: 'int' = 1_000", "int", 1000),
        ("n: int = 1, /", "int", 1),
        ("*, n: int = 1", "int", 1),
        ("path, n: int = 1, *args, **kwargs", "int", 1),
        ("x: float = 0.5", "float", 0.5),
        ("x: float = 3", "float", 3.0),
        ("x=2.5", "float", 2.5),
        ("on: bool = True", "bool", True),
        ("on=False", "bool", False),
        ("word: str = 'go'", "str", "go"),
        ("word=''", "str", ""),
        ("kind: Kind = 'LIFO'", "choice", "LIFO"),
        ("kind: t.Literal['a', 'b'] = 'a'", "choice", "a"),
        ("kind: OneOf[1, 2] = 2", "choice", "2"),
        ("kind: Literal['only'] = 'only'", "choice", "only"),
        ("colour: Colour = Colour.RED", "choice", "RED"),
        ("colour=Colour.GREEN", "choice", "GREEN"),
        ("size: Size = Size.LARGE", "choice", "LARGE"),
    ],
)
def test_types_and_defaults(signature, type_, default):
    found = one(signature)
    assert facts(found, "type", "default") == (type_, default)
    assert type(found.default) is type(default)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "n",
        "n: int",
        "n: int = None",
        "n: int | None = 3",
        "n: int = '3'",
        "n: int = True",
        "n: int = 2.5",
        "n: int = len('abc')",
        "n: int = again",
        "n: int = missing",
        "n: int = 10**100000",
        f"n: int = {2**64}",
        "x: float = 1e999",
        "x: list[int] = []",
        "x=()",
        "x=None",
        "kind: Kind = 'other'",
        "colour: Colour = 'red'",
        "colour: Hue = Hue.RED",
        "word: str = b'bytes'",
        "n: '1 +' = 1",
        "n: Annotated[int, Ge(5)] = 1",
    ],
)
def test_what_cannot_be_set_from_outside_is_left_alone(signature):
    assert one(signature) is None


@pytest.mark.parametrize(
    ("annotation", "bounds"),
    [
        ("Annotated[float, Ge(0)]", (0, None, False, False)),
        ("Annotated[float, at.Gt(0), at.Le(5)]", (0, 5, True, False)),
        ("Annotated[float, Lt(lt=7.5)]", (None, 7.5, False, True)),
        ("Annotated[float, Interval(ge=0, lt=WORKERS)]", (0, 12, False, True)),
        ("t.Annotated[float, 'how long', Ge(-1)]", (-1, None, False, False)),
        ("Share", (0, 1, False, True)),
        ("Annotated[float, Ge(limit()), print('no')]", (None, None, False, False)),
        ("Annotated[Annotated[float, Ge(0)], Le(3)]", (0, 3, False, False)),
    ],
)
def test_bounds(annotation, bounds):
    found = one(f"x: {annotation} = 0.5")
    assert facts(found, "minimum", "maximum", "above_minimum", "below_maximum") == bounds


def test_a_text_in_annotated_is_help():
    assert one("n: Annotated[int, 'how many'] = 1").help == "how many"


def test_choices_are_shown_without_quotes_unless_two_would_look_alike():
    assert facts(one("x: Literal['a', 1, Colour.RED] = 'a'"), "choices", "sources") == (
        ("a", "1", "RED"),
        ("'a'", "1", "Colour.RED"),
    )
    assert one("x: Literal['1', 1] = 1").choices == ("'1'", "1")


def test_members_of_an_enum_come_in_their_order():
    assert facts(one("colour=Colour.RED"), "choices", "sources") == (
        ("RED", "GREEN"),
        ("Colour.RED", "Colour.GREEN"),
    )


@pytest.mark.parametrize(
    ("default", "step"), [("1", 1), ("0.0", 0.1), ("2.0", 0.1), ("5.0", 1.0), ("0.05", 0.01), ("5e-324", 1e-10)]
)
def test_steps_suit_the_default(default, step):
    assert one(f"n={default}").step == pytest.approx(step)


def test_only_the_last_top_level_main_counts():
    source = """
    def main(a=1): ...
    class App:
        def main(self, b=1): ...
    async def main(c=1, d=2): ...
    def other(e=1): ...
    """
    assert [parameter.name for parameter in parameters(dedent(source))] == ["c", "d"]
    assert parameters("print('no main here')") == ()


def test_nothing_of_the_program_is_run():
    parameters("raise SystemExit\ndef main(n=print('no'), m: exit() = 1): ...")


def test_a_circle_of_names_is_not_followed_for_ever():
    assert parameters("A = B\nB = A\ndef main(n: A = 1, m=A): ...") == ()
    assert parameters("A = 'A'\ndef main(n: A = 1): ...") == ()


def test_broken_source_is_a_syntax_error():
    with pytest.raises(SyntaxError):
        parameters("def main(:")


VALUES = {
    "int": st.integers(-(2**63) + 1, 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "str": st.text(),
}


@given(st.data())
def test_a_default_can_be_replaced_by_any_value_and_is_read_again(data):
    kinds = data.draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4))
    signature = ", ".join(f"p{n}: {kind} = {data.draw(VALUES[kind])!r}" for n, kind in enumerate(kinds))
    tree = ast.parse(f"def main({signature}): ...")
    found = parameters(ast.unparse(tree))
    wanted = {parameter.name: parameter.check(data.draw(VALUES[parameter.type])) for parameter in found}
    assert len(wanted) == len(kinds)
    changed = with_defaults(tree, {one.name: one.expression(wanted[one.name]) for one in found})
    assert {one.name: one.default for one in parameters(ast.unparse(changed))} == wanted


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        found = parameters(f"def main({text}): ...")
    except (SyntaxError, ValueError):
        return
    assert all(isinstance(parameter, Parameter) for parameter in found)
