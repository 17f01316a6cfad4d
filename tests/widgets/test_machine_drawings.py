"""The GIL and the cores in the objects pane: who has them, for how much longer, who waits, whose they were so far."""

import pytest
from concurrency_tui.locales.language import speaking
from concurrency_tui.trace.events import NONE, Event, Kind, WorkerFlag
from concurrency_tui.widgets import drawings
from concurrency_tui.widgets.drawings import brief
from concurrency_tui.widgets.drawings.scene import Scene
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.objects_order import shown

from ..canned_computing import TURN, computing
from ..canned_script import Script
from .exhibit import Exhibit
from .screens import lines
from .test_drawings import text

MILLISECOND = 1_000_000


def said(trace, kind, position, width=60, bands=0):
    """Return what the picture of the GIL, or of the cores, says."""
    state = trace.state(position)
    thing = next(thing for thing in state.things if thing.kind == kind)
    return text(drawings.draw(trace, state, thing, width, bands))


def at_ms(trace, milliseconds):
    return trace.at_time(milliseconds * MILLISECOND)


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
    def test_one_gil(self, snap_compare, light):
        trace = computing()
        assert snap_compare(Exhibit([ObjectsPane("GIL")], trace, at_ms(trace, 20), light=light), terminal_size=(70, 20))

    def test_cores_without_a_gil(self, snap_compare):
        trace = computing(6, gil=False)
        assert snap_compare(Exhibit([ObjectsPane("CPU")], trace, at_ms(trace, 10)), terminal_size=(70, 12))

    def test_a_crowd_that_wants_the_gil(self, snap_compare):
        trace = computing(500, 0.005)
        assert snap_compare(Exhibit([ObjectsPane("GIL")], trace, at_ms(trace, 1000)), terminal_size=(44, 20))

    def test_ascii(self, snap_compare, monkeypatch):
        monkeypatch.setenv("CONCURRENCY_TUI_ASCII", "1")
        trace = computing()
        assert snap_compare(Exhibit([ObjectsPane("GIL")], trace, at_ms(trace, 20)), terminal_size=(60, 20))


def test_the_gil_says_who_has_it_what_for_and_until_when():
    trace = computing()
    picture = said(trace, "GIL", at_ms(trace, 5))
    assert "┤ thread 1 ├" in picture
    assert "thread 1  since step 13" in picture
    assert "computes crunch()" in picture
    assert "drops it in 5 ms" in picture
    assert "waiting 2 ▸ thread 2 thread 0" in picture
    assert "changed hands 1×" in picture


def test_the_countdown_runs_while_others_act():
    trace = computing(2, 1.0)
    state = trace.state(at_ms(trace, 5))
    growing = type(trace)(trace.header)
    growing.extend([*(trace.event(at) for at in range(state.position)), later(state)])
    full, part = said(trace, "GIL", state.position), said(growing, "GIL", len(growing))
    assert "drops it in 5 ms" in full
    assert "drops it in 2 ms" in part
    assert 0 < part.count("█") < full.count("█")


def later(state):
    """Return an event of the main thread, three milliseconds after a state."""
    return Event(Kind.RUN, state.step, state.time + 3 * MILLISECOND, 0)


def test_alone_with_the_gil_nobody_must_drop_it():
    trace = computing(1)
    picture = said(trace, "GIL", at_ms(trace, 0))
    assert "done in 20 ms" in picture
    assert "nobody waits" in picture


def test_the_bar_of_shares_is_in_proportion():
    trace = computing(2, 0.02)
    shares = said(trace, "GIL", at_ms(trace, 40) - 1).splitlines()[-2]
    assert shares.index("0") < shares.index("1")
    early = said(trace, "GIL", at_ms(trace, 5)).splitlines()[-2]
    assert "so far" in early
    assert "1" not in early
    assert "nobody has computed yet" in said(trace, "GIL", at_ms(trace, 0))


def test_how_long_each_has_had_it_is_known_at_every_moment():
    trace = computing(3, 30.0)
    (gil,) = trace.tenures.gils
    assert len(gil) > 8192
    for moment in (0, 5, 12_345, 40_000, 61_000, 90_000):
        time = moment * MILLISECOND
        held = gil.held(trace.at_time(time), time)
        assert sum(held.values()) == time
        assert max(held.values(), default=0) - min(held.values(), default=0) <= TURN


def test_a_gil_that_nobody_wants_is_free():
    trace = computing(1)
    assert "nobody wants it" in said(trace, "GIL", len(trace))
    busy = computing()
    dropped = next(at for at in range(len(busy)) if busy.event(at).kind is Kind.RELEASE and busy.event(at).value == 0)
    assert "whoever runs first takes it" in said(busy, "GIL", dropped + 1)


def test_only_one_core_is_busy_under_a_gil():
    trace = computing()
    picture = said(trace, "CPU", at_ms(trace, 5), 76)
    assert "1 of 4 busy" in picture
    assert picture.count("idle") == 3
    assert "5 ms left" in picture


def test_cores_say_who_waits_for_one():
    trace = computing(6, gil=False)
    picture = said(trace, "CPU", at_ms(trace, 0), 76)
    assert "4 of 4 busy" in picture
    assert "2 wait for a core ▸ thread 4 thread 5" in picture
    alone = computing(5, gil=False)
    assert "1 waits for a core" in said(alone, "CPU", at_ms(alone, 0), 76)


def test_more_cores_than_have_room_are_counted():
    run = Script("many", "def main(): pass")
    run.act(0, Kind.ACQUIRE, run.thing("CPU", "", 200), 199)
    trace = run.trace()
    picture = said(trace, "CPU", len(trace), 60)
    assert "1 of 200 busy" in picture
    assert "+1" in picture


def test_gils_that_no_two_workers_want_are_not_drawn():
    run = Script("processes", "def main(): pass")
    cpu = run.thing("CPU", "", 4)
    gils = []
    for number in range(3):
        child = run.spawn(f"Process-{number}", flags=WorkerFlag.PROCESS)
        gils.append(run.thing("GIL", "", worker=child))
        run.act(child, Kind.ACQUIRE, gils[-1], 1)
        run.act(child, Kind.RELEASE, gils[-1], 0)
    trace = run.trace()
    assert shown(trace, trace.state(len(trace))) == [cpu]
    run.act(run.spawn("thread", by=child), Kind.ACQUIRE, gils[-1], 1)
    trace = run.trace()
    assert shown(trace, trace.state(len(trace))) == [cpu, gils[-1]]
    assert "GIL  Process-2" in text(
        drawings.draw(trace, trace.state(len(trace)), trace.state(len(trace)).things[3], 60)
    )


def test_one_line_tells_how_many_cores_are_busy():
    trace = computing()
    state = trace.state(at_ms(trace, 0))
    cpu = next(thing for thing in state.things if thing.kind == "CPU")
    assert "1 of 4 busy" in text(brief.draw(brief.look(Scene(trace, state, cpu)), 60))


def test_the_words_are_chinese_in_chinese():
    trace = computing()
    with speaking("zh"):
        assert "等" in said(trace, "GIL", at_ms(trace, 5))


async def test_the_gil_stays_in_its_place_while_it_changes_hands():
    trace = computing()
    app = Exhibit([ObjectsPane("GIL")], trace, 20)
    async with app.run_test(size=(60, 30)):
        pane = app.query_one(ObjectsPane)
        first = next(at for at, line in enumerate(lines(pane)) if "GIL" in line)
        for position in range(20, len(trace), 7):
            pane.show(trace, position)
            assert "GIL" in lines(pane)[first]
        assert NONE not in pane._shown
