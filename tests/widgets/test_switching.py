"""The turns of generators and of who resumes them: whose they are, what was handed over, and how they look."""

import pytest
from concurrency_tui.trace.events import Kind, WorkerFlag
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.drawings import NARROWEST, switching, switching_facts
from concurrency_tui.widgets.drawings.ink import length
from concurrency_tui.widgets.drawings.switching_facts import TURNS, Turn
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.timeline import TimelinePane
from hypothesis import given

from .. import canned
from ..any_events import traces
from ..canned_nested import alternating, nested
from ..canned_script import Script
from .gallery_objects import Stand
from .hostile import NAMES


def drawn(trace, width=60, position=None):
    position = len(trace) if position is None else position
    return switching.draw(switching_facts.look(trace, trace.state(position)), width)


def text(picture):
    return "\n".join("".join(span.text for span in line) for line in picture)


def test_without_generators_nothing_is_drawn():
    for trace in (canned.deadlock(), nested(1, 1, 3)):
        assert drawn(trace) == ()


def test_turns_alternate_and_name_what_is_handed_over():
    trace = alternating(3)
    facts = switching_facts.look(trace, trace.state(len(trace)))
    assert [who.name for who in facts.rows] == ["MainThread", "count 1"]
    assert facts.turns == (
        Turn(0), Turn(1, "0"), Turn(0), Turn(1, "10"), Turn(0), Turn(1, "20"), Turn(0),
        Turn(1, "", Status.FINISHED), Turn(0),
    )  # fmt: skip


def test_each_turn_stands_in_its_own_column():
    lines = text(drawn(alternating(3), 80)).split("\n")
    main, count = lines[1][15:], lines[2][15:]
    assert all(" " in (above, below) or {above, below} <= set("│") for above, below in zip(main, count, strict=True))
    assert "↑10" in count
    assert main.count("↓") == 4
    assert "20 handed over last" in lines[3]
    assert "3 hand-overs" in lines[0]


def test_only_what_has_happened_at_the_cursor_is_there():
    trace = alternating(3)
    handed = [at + 1 for at in range(len(trace)) if trace.event(at).kind is Kind.YIELD]
    assert "1 hand-over " in text(drawn(trace, 60, handed[0]))
    assert "↑10" not in text(drawn(trace, 60, handed[0]))


def test_two_values_at_once_have_a_turn_of_who_took_the_first_in_between():
    run = Script("twice", "def main(): pass")
    count = run.spawn("count", flags=WorkerFlag.GENERATOR)
    run.begin(count, "main")
    for value in "ab":
        run.act(count, Kind.YIELD, text=value, more=True)
    facts = switching_facts.look(run.trace(), run.trace().state(len(run.events)))
    assert [(turn.row, turn.value) for turn in facts.turns] == [(0, ""), (1, "a"), (0, ""), (1, "b")]


def test_a_thread_that_sleeps_for_its_generator_has_no_turn():
    run = Script("asleep", "def main(): pass")
    count = run.spawn("count", flags=WorkerFlag.GENERATOR)
    run.begin(count, "main")
    run.act(0, Kind.SLEEP, value=5, more=True)
    run.act(0, Kind.WAKE)
    run.act(count, Kind.YIELD, text="1", more=True)
    facts = switching_facts.look(run.trace(), run.trace().state(len(run.events)))
    assert [turn.row for turn in facts.turns] == [0, 1]


def test_of_many_generators_the_latest_are_shown_and_the_others_counted():
    said = text(drawn(alternating(2, 9), 80))
    assert "5 more generators" in said
    assert [f"count {number}" in said for number in range(1, 10)] == [False] * 5 + [True] * 4


def test_a_long_run_is_looked_up_only_as_far_as_it_can_be_shown():
    trace = alternating(400)
    assert len(switching_facts.look(trace, trace.state(len(trace))).turns) == TURNS


@pytest.mark.parametrize("width", [4, 16, 28, 37, 60, 120, 200])
def test_pictures_are_as_wide_as_asked(width):
    for generators in (1, 3, 9):
        trace = alternating(5, generators)
        for position in range(0, len(trace) + 1, 3):
            assert {length(line) for line in drawn(trace, width, position)} <= {max(width, NARROWEST)}


@given(traces())
def test_any_trace_can_be_looked_at(trace):
    for width in (20, 60):
        assert {length(line) for line in drawn(trace, width)} <= {width}


@pytest.mark.parametrize("name", NAMES)
def test_names_and_values_of_strangers_are_text(name):
    run = Script("strange", "def main(): pass")
    count = run.spawn(name, flags=WorkerFlag.GENERATOR)
    run.begin(count, "main")
    run.act(count, Kind.YIELD, text=name)
    assert text(drawn(run.trace())).replace("\n", "").isprintable()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])
def test_looks(snap_compare, size):
    trace = alternating(6, 2)
    assert snap_compare(Stand([ObjectsPane(), TimelinePane()], trace, len(trace) - 3), terminal_size=size)


def test_looks_by_day(snap_compare):
    trace = alternating(6, 2)
    panes = [ObjectsPane(), TimelinePane()]
    assert snap_compare(Stand(panes, trace, len(trace) - 3, light=True), terminal_size=(120, 40))
