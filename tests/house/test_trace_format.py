"""docs/trace-format.md says of the format what the code does."""

import io
import re
from typing import Final

import msgspec
from concurrency_tui.trace.events import Event, Kind, WorkerFlag
from concurrency_tui.trace.file import read
from concurrency_tui.trace.header import VERSION, Header

from .checkout import text
from .documents import blocks, table

PATH: Final = "docs/trace-format.md"
PAGE: Final = text(PATH)
FIELDS: Final = ("obj", "value", "text")


def comments() -> dict[str, str]:
    """Return what the source says about each kind."""
    source = text("trace/events.py")
    return dict(re.findall(r'^    [A-Z]+ = "(\w+)"  # (.*)$', source, re.MULTILINE))


def default(field: msgspec.structs.FieldInfo) -> str:
    """Return how the page writes a field's default."""
    value = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
    return "" if value is msgspec.NODEFAULT else f"`{msgspec.json.encode(value).decode()}`"


KINDS: Final = table(PATH, "| kind | what happened | `obj` | `value` | `text` |")


def test_every_kind_has_its_row_in_the_order_of_the_source():
    assert [kind for kind, *_ in KINDS] == [f"`{kind}`" for kind in Kind]


def test_a_row_explains_the_fields_that_the_kind_uses():
    said = comments()
    assert set(said) == set(Kind)
    explained = {kind.strip("`"): [bool(cell) for cell in cells] for kind, _, *cells in KINDS}
    used = {kind: [bool(re.search(rf"\b{field}\b", said[kind])) for field in FIELDS] for kind in Kind}
    assert explained == used


def test_the_fields_of_an_event_stand_in_order():
    documented = [row[1:3] for row in table(PATH, "| # | field | default | what it is |")]
    assert documented == [[f"`{field.name}`", default(field)] for field in msgspec.structs.fields(Event)]


def test_every_field_of_the_header_stands_there_with_its_default():
    documented = [row[:2] for row in table(PATH, "| field | default | what it is |")]
    assert documented == [[f"`{field.name}`", default(field)] for field in msgspec.structs.fields(Header)]


def test_the_flags_are_those_of_the_source():
    sentence = PAGE.split("The flags of a `spawn` are a sum:")[1].split(".\n")[0].replace("\n", " ")
    documented = {int(number): words for number, words in re.findall(r"(\d+) an? ([^,.]+)", sentence)}
    assert set(documented) == {flag.value for flag in WorkerFlag.__members__.values()}
    assert all(flag.name.lower() in documented[flag.value] for flag in WorkerFlag.__members__.values() if flag.name)


def test_the_page_is_about_the_present_version():
    assert f"This page describes version {VERSION}." in PAGE


def test_the_example_is_a_whole_trace():
    trace = read(io.BytesIO(blocks(PATH, "json")[0].encode()))
    assert trace.notice == ""
    assert trace.complete
    state = trace.state(len(trace))
    assert [worker.name for worker in state.workers] == ["MainThread"]
    assert state.outcome == "finished"
