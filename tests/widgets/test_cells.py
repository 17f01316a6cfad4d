"""Every drawing is as wide as it is asked to be, in every language and at any width, whatever the names are."""

import pytest
from concurrency_tui.locales.language import LANGUAGES, speaking
from concurrency_tui.trace import waits
from concurrency_tui.trace.narrate import why
from concurrency_tui.trace.narrate_words import duration
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets import drawings
from concurrency_tui.widgets.drawings import brief, cycle, process_boxes, process_facts
from concurrency_tui.widgets.drawings.ink import Picture, length, strip
from concurrency_tui.widgets.drawings.scene import Scene
from concurrency_tui.widgets.events_line import Told, event_line
from concurrency_tui.widgets.objects_order import wholes
from concurrency_tui.widgets.palette import DARK_PAINT, LOOKS
from concurrency_tui.widgets.prose import wrapped
from concurrency_tui.widgets.timeline_axis import Axis
from concurrency_tui.widgets.timeline_lane import axis_line
from concurrency_tui.widgets.topline import Playing, arranged, pieces
from concurrency_tui.widgets.transport_bar import Bar, transport
from concurrency_tui.widgets.waitfor_graph import gathered
from concurrency_tui.widgets.waitfor_tree import drawn, tree
from concurrency_tui.widgets.why import typeset
from concurrency_tui.widgets.worker_card import card
from concurrency_tui.widgets.worker_facts import facts
from concurrency_tui.widgets.worker_legend import legend
from concurrency_tui.widgets.worker_row import row
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.strip import Strip

from .. import canned
from .hostile import NAMES
from .test_drawings import WAITED_ON
from .zoo import crowded, zoo

TRACES = {name: make() for name, make in canned.ALL.items()} | {"zoo": zoo()}

PLACES = st.tuples(st.sampled_from(LANGUAGES), st.sampled_from(sorted(TRACES)), st.floats(0, 1), st.integers(1, 220))
"""A language, a trace, how far it has gone, and a width."""


def at(name: str, far: float) -> tuple[Trace, int]:
    """Return a trace, and the position so far in it."""
    return TRACES[name], round(len(TRACES[name]) * far)


def check(picture: Picture, width: int) -> None:
    """Check that a picture has lines of exactly that width, before they are painted and after."""
    assert {length(line) for line in picture} <= {width}
    check_strips([strip(line, width, DARK_PAINT) for line in picture], width)


def check_strips(strips: list[Strip], width: int) -> None:
    """Check that strips are exactly that wide, by their own account and by their text's."""
    for each in strips:
        assert each.cell_length == width
        assert cell_len(each.text) == width


@given(PLACES, st.integers(0, 3))
def test_objects(place: tuple[str, str, float, int], bands: int) -> None:
    lang, name, far, width = place
    trace, position = at(name, far)
    state = trace.state(position)
    with speaking(lang):
        for number in wholes(state.things):
            thing = state.things[number]
            picture = drawings.draw(trace, state, thing, width, bands)
            assert len(picture) == drawings.height(thing, width, bands)
            check(picture, max(width, drawings.NARROWEST))
            check(brief.draw(brief.look(Scene(trace, state, thing)), width), width)


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(sorted(WAITED_ON)),
    st.sampled_from(NAMES),
    st.integers(0, 90),
    st.integers(1, 160),
    st.integers(0, 3),
)
def test_crowds_of_any_name(lang: str, kind: str, name: str, waiters: int, width: int, bands: int) -> None:
    trace = crowded(kind, waiters, names=name + "{}", capacity=3, operation=WAITED_ON[kind])
    state = trace.state(len(trace))
    with speaking(lang):
        for thing in state.things:
            check(drawings.draw(trace, state, thing, width, bands), max(width, drawings.NARROWEST))
            check(brief.draw(brief.look(Scene(trace, state, thing)), width), width)
        for worker in state.workers[:5]:
            check_strips([row(facts(trace, state, worker), width, 12, DARK_PAINT)], width)


@given(PLACES)
def test_what_stands_above_the_objects(place: tuple[str, str, float, int]) -> None:
    lang, name, far, width = place
    state = at(name, far)[0].state(at(name, far)[1])
    with speaking(lang):
        check(cycle.draw(cycle.look(state, waits.cycle(state)), width), width)
        check(process_boxes.draw(process_facts.look(state), width), max(width, drawings.NARROWEST))


@given(PLACES, st.integers(4, 9), st.integers(0, 9))
def test_workers(place: tuple[str, str, float, int], height: int, key: int) -> None:
    lang, name, far, width = place
    trace, position = at(name, far)
    state = trace.state(position)
    with speaking(lang):
        for worker in state.workers[:12]:
            known = facts(trace, state, worker)._replace(key=key)
            check_strips([*card(known, max(width, 12), height, DARK_PAINT)], max(width, 12))
            check_strips([row(known, max(width, 8), 20, DARK_PAINT)], max(width, 8))
        check_strips([legend(tuple((status, 9) for status in LOOKS), width, DARK_PAINT)], width)


@given(PLACES)
def test_lines_above_and_below(place: tuple[str, str, float, int]) -> None:
    lang, name, far, width = place
    trace, position = at(name, far)
    state = trace.state(position)
    with speaking(lang):
        playing = Playing("死锁：两把锁，两种顺序", playing=far > 0.5, speed="1x", code="ct1-0001-088")
        check_strips([arranged(pieces(trace.header, state, 61, playing, DARK_PAINT), width, DARK_PAINT)], width)
        bar = Bar(0, (), 9, playing=False, step="3/9", speed="1x", note="2 次运行")
        check_strips([transport(bar, width, DARK_PAINT)], width)


@given(PLACES, st.booleans())
def test_events_and_the_axis(place: tuple[str, str, float, int], steps: bool) -> None:
    lang, name, far, width = place
    trace, position = at(name, far)
    state = trace.state(position)
    with speaking(lang):
        axis = Axis("step" if steps else "time", 0, max(trace.last_step if steps else trace.duration, 8), width)
        cursor = axis.column(state.step if steps else state.time)
        now = str(state.step) if steps else duration(state.time)
        check_strips([axis_line(axis, cursor, now, 12, DARK_PAINT)], 12 + width)
        for worker in state.workers[:3]:
            told = Told("17", duration(state.time), worker.status, "；".join(why(trace, position)), past=True)
            check_strips([event_line(told, 4, 9, width, DARK_PAINT)], width)


@given(PLACES)
def test_prose_and_the_graph_are_never_wider(place: tuple[str, str, float, int]) -> None:
    lang, name, far, width = place
    trace, position = at(name, far)
    state = trace.state(position)
    with speaking(lang):
        lines = [*typeset(why(trace, position), 1, state, width)]
        graph = gathered(state)
        ring = [edge.worker for edge in cycle.ring(waits.cycle(state))] if graph.may_be_stuck else []
        lines += [drawn(line, state, width) for line in tree(graph, ring, width)]
    assert all(length(line) <= max(width, 2) for line in lines)


CHINESE = st.text("线程等待锁，。：（）「」“”a b1-x_ ", max_size=80)


@given(CHINESE, st.integers(2, 40))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(CHINESE, st.integers(12, 40))
def test_no_line_begins_with_a_full_stop_or_ends_with_an_open_bracket(text: str, width: int) -> None:
    """But where a crowd of such marks is longer than a line."""
    first, *rest = wrapped("".join(mark + "字" for mark in text), width)
    for line in rest:
        assert line[:1] not in set("，。：）」")
    for line in (first, *rest[:-1]):
        assert line[-1:] not in set("（「")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四。五", ["一二三", "四。五"]),
        ("一二三（四）", ["一二三", "（四）"]),
        ("a lock 锁住了", ["a lock", "锁住了"]),
        ("锁 mutexA 住了", ["锁", "mutexA", "住了"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("one two three", ["one two", "three"]),
        ("", [""]),
    ],
)
def test_where_lines_end(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines


def test_a_word_for_a_state_is_short_in_every_language() -> None:
    for lang in LANGUAGES:
        with speaking(lang):
            assert all(cell_len(look.short) <= 9 for look in LOOKS.values())
