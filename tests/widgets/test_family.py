"""The tree of threads in the objects pane: who started whom, who waits for whose end, and when it is shown."""

import pytest
from concurrency_tui.trace.events import NONE, Kind, WorkerFlag
from concurrency_tui.widgets.drawings import family, family_facts
from concurrency_tui.widgets.drawings.ink import length
from concurrency_tui.widgets.objects import ObjectsPane
from hypothesis import given

from .. import canned
from ..any_events import traces
from ..canned_script import Script
from .exhibit import Exhibit
from .hostile import NAMES
from .screens import lines
from .test_drawings import text


def team(jobs=3):
    """Return a run of jobs that main joins, the first of which has a helper of its own; and a daemon."""
    run = Script("team", "def main(): pass")
    crew = [run.spawn(f"job {number}") for number in range(jobs)]
    run.spawn("clock", flags=WorkerFlag.DAEMON)
    for job in crew:
        run.begin(job, "main")
    helper = run.spawn("helper", by=crew[0])
    run.begin(helper, "main")
    run.sleep(crew[1], 1, at="main")
    run.act(crew[0], Kind.JOIN, helper)
    run.act(crew[2], Kind.END)
    run.act(0, Kind.JOIN, crew[0], 5 * 10**8)
    return run.trace()


def said(trace, position=NONE, width=60, room=30):
    state = trace.state(len(trace) if position == NONE else position)
    return text(family.draw(family_facts.look(state), width, room))


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
    def test_a_family(self, snap_compare, light):
        app = Exhibit([ObjectsPane("Thread")], team(), len(team()), light=light)
        assert snap_compare(app, terminal_size=(60, 14))

    def test_many_threads(self, snap_compare):
        trace = canned.traffic_light(100)
        assert snap_compare(Exhibit([ObjectsPane("Thread")], trace, len(trace) // 2), terminal_size=(44, 24))

    def test_ascii(self, snap_compare, monkeypatch):
        monkeypatch.setenv("CONCURRENCY_TUI_ASCII", "1")
        assert snap_compare(Exhibit([ObjectsPane("Thread")], team(), len(team())), terminal_size=(60, 14))


def test_children_stand_below_who_started_them():
    rows = [line[2:21].rstrip() for line in said(team()).splitlines()[1:-1]]
    assert rows == ["◇ MainThread", "├─ ◇ job 0", "│  └─ ▷ helper", "├─ z job 1", "├─ ✓ job 2", "└─ ▷ clock  daemon"]


def test_a_join_is_told_at_both_ends():
    told = said(team(), width=76)
    main, first, helper = told.splitlines()[1:4]
    assert "joins job 0, until 0.5 s" in main
    assert "joins helper" in first
    assert "◂ job 0" in helper


def test_daemons_the_unborn_and_the_dead_are_told():
    told = said(team())
    clock = next(line for line in told.splitlines() if "clock" in line)
    assert "daemon" in clock
    assert "not begun" in clock
    assert "5 alive" in told
    assert "1 ended" in told
    assert "daemons: 1" in told


def test_an_error_is_told():
    trace = canned.failure()
    assert "ZeroDivisionError" in said(trace, width=100)


@pytest.mark.parametrize("width", [4, 16, 28, 44, 60, 100])
@pytest.mark.parametrize("room", [1, 3, 5, 12, 40])
def test_it_keeps_to_its_room(width, room):
    for trace in (team(), canned.traffic_light(100), canned.crowd(500)):
        picture = family.draw(family_facts.look(trace.state(len(trace) // 2)), width, room)
        assert {length(line) for line in picture} == {max(width, 16)}
        assert len(picture) <= max(room, 3)


def test_those_without_a_row_are_counted():
    trace = canned.traffic_light(100)
    told = said(trace, room=10)
    assert "+95 more" in told
    assert "✓ 102" in told


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_text(name):
    run = Script("hostile", "def main(): pass")
    for number in range(3):
        run.act(run.spawn(name + str(number)), Kind.FAIL, text=name)
    told = said(run.trace())
    assert told.replace("\n", "").isprintable()


@given(traces(60))
def test_any_trace_has_such_a_picture(trace):
    facts = family_facts.look(trace.state(len(trace)))
    assert facts.alive + facts.ended == len(facts.members) + facts.rest
    assert sum(count for _, count in facts.counts) == facts.alive + facts.ended
    family.draw(facts, 50, 12)


async def test_it_is_shown_where_there_is_nothing_else_or_where_threads_are_the_hero():
    alone, locks, one = team(), canned.deadlock(), Script("one", "def main(): pass").trace()
    cases = [("", alone, True), ("Thread", locks, True), ("", locks, False), ("", one, False), ("Thread", one, True)]
    for hero, trace, shown in cases:
        app = Exhibit([ObjectsPane(hero)], trace, len(trace))
        async with app.run_test(size=(60, 40)):
            assert any("who started whom" in line for line in lines(app.query_one(ObjectsPane))) is shown


async def test_processes_have_boxes_in_place_of_a_tree():
    app = Exhibit([ObjectsPane("Thread")], canned.processes(), len(canned.processes()))
    async with app.run_test(size=(60, 40)):
        assert not any("who started whom" in line for line in lines(app.query_one(ObjectsPane)))
