"""The timeline: its axis, its lanes, the cursor, zoom and clicks."""

from itertools import pairwise

import pytest
from concurrency_tui.trace.events import NANOSECONDS
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.lane_cells import lasting
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.timeline import TimelinePane
from concurrency_tui.widgets.timeline_axis import Axis, extent, nice, unit_of, window
from concurrency_tui.widgets.timeline_lane import Lane, axis_line, lane, lane_bounds, lane_codes
from concurrency_tui.widgets.transport_messages import Seek
from concurrency_tui.widgets.worker_order import View
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned
from .gallery import Gallery, hostile
from .screens import footnote, lines, title

AXES = st.builds(
    Axis,
    unit=st.sampled_from(["time", "step"]),
    start=st.integers(0, 10**15),
    span=st.integers(1, 10**15),
    columns=st.integers(1, 220),
)


def gallery(name: str, share: float = 0.6, **changes: object) -> Gallery:
    """Return an app with a timeline on a canned trace, the cursor at a share of it."""
    made = {"hostile": hostile, "many": lambda: canned.crowd(500)}
    trace = (made | canned.ALL)[name]()
    pane = TimelinePane()
    for field, value in changes.items():
        pane.set_reactive(getattr(TimelinePane, field), value)
    return Gallery([pane], trace, round(len(trace) * share))


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("size", [(80, 12), (120, 24)], ids=["80x12", "120x24"])
    @pytest.mark.parametrize("name", ["semaphore", "reentrant", "hostile"])
    def test_lanes(self, snap_compare, name, size):
        assert snap_compare(gallery(name), terminal_size=size)

    def test_deadlock_at_its_end(self, snap_compare):
        assert snap_compare(gallery("deadlock", 1), terminal_size=(80, 10))

    def test_steps_of_a_run_in_which_time_passes(self, snap_compare):
        assert snap_compare(gallery("deadlock", 1, unit="step"), terminal_size=(80, 10))

    def test_zoomed_and_followed(self, snap_compare):
        assert snap_compare(gallery("semaphore", zoom=2, view=View(followed=7, pinned=(7,))), terminal_size=(80, 12))


@given(AXES, st.integers(0, 219))
def test_a_column_holds_what_begins_there(axis, column):
    if column < axis.columns and axis.columns <= axis.span:
        assert axis.column(axis.at(column)) == column
        assert axis.column(axis.at(column + 1) - 1) == column
        assert axis.at(column) < axis.at(column + 1)


@given(AXES)
def test_ticks_rise_and_do_not_touch(axis):
    ticks = list(axis.ticks())
    for one, other in pairwise(ticks):
        assert other.column > one.column
    assert all(0 <= tick.column < axis.columns for tick in ticks)
    assert len({tick.label for tick in ticks}) == len(ticks)


@given(AXES, st.integers(-5, 225), st.integers(6, 20))
def test_the_axis_is_as_wide_as_its_lanes(axis, cursor, label):
    strip = axis_line(axis, cursor, "1.25 s", label, DARK_PAINT)
    assert cell_len(strip.text) == strip.cell_length
    if axis.columns >= 6:
        assert strip.cell_length == label + axis.columns
        assert ("1.25 s" in strip.text) == (0 <= cursor < axis.columns)


def test_ticks_are_round_numbers_in_a_fitting_unit():
    axis = Axis("time", 0, 2 * NANOSECONDS, 60)
    assert axis.word == "seconds"
    assert [tick.label for tick in axis.ticks()] == ["0.0", "0.5", "1.0", "1.5"]
    axis = Axis("time", 0, 3_000_000, 60)
    assert (axis.word, [tick.label for tick in axis.ticks()]) == ("ms", ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"])
    axis = Axis("step", 0, 24, 80)
    assert [tick.label for tick in axis.ticks()] == ["0", "5", "10", "15", "20"]
    assert [nice(least) for least in (0.3, 1, 2.1, 5, 7, 11, 333)] == [1, 1, 5, 5, 10, 20, 500]


@given(st.integers(0, 10**12), st.integers(0, 30), st.integers(0, 10**12), st.data())
def test_a_window_holds_the_cursor_and_lies_within_the_run(whole, zoom, start, data):
    whole = max(whole, 8)
    cursor = data.draw(st.integers(0, whole - 1))
    first, span = window("step", whole, zoom, start, cursor)
    assert 0 <= first <= cursor < first + span <= whole
    assert window("step", whole, zoom, first, cursor) == (first, span)


def test_a_run_without_time_is_counted_in_steps():
    assert unit_of(canned.reentrant()) == "step"
    assert unit_of(canned.deadlock()) == "time"
    assert unit_of(canned.deadlock(), "step") == "step"


def test_while_a_run_grows_its_end_is_a_round_number():
    whole = canned.traffic_light()
    part = canned.Trace(whole.header)
    part.extend(whole.event(index) for index in range(140))
    assert not part.complete
    assert extent(part, "time") == 5 * NANOSECONDS
    assert extent(part, "step") == 100
    assert extent(whole, "step") > whole.last_step


def test_nothing_is_drawn_of_what_is_not_known():
    whole = canned.traffic_light()
    part = canned.Trace(whole.header)
    part.extend(whole.event(index) for index in range(140))
    axis = Axis("time", 0, 5 * NANOSECONDS, 50)
    codes = lane_codes(part, part.lanes.segments(1), lane_bounds(part, axis), axis)
    drawn = lane(Lane("light", Status.RUNNING, False, codes, 30), 10, DARK_PAINT).text
    assert len(drawn) == 60
    assert drawn[:9] == "▶ light  "
    assert drawn[10:40] == "▇" + "┈" * 29
    assert drawn[40:] == "✓" + " " * 19


@given(st.sampled_from(sorted(canned.ALL)), st.integers(20, 160), st.integers(-3, 170))
def test_a_lane_is_as_wide_as_its_columns(name, columns, cursor):
    trace = canned.ALL[name]()
    unit = unit_of(trace)
    axis = Axis(unit, 0, extent(trace, unit), columns)
    for number in range(min(4, len(trace.state(len(trace)).workers))):
        codes = lane_codes(trace, trace.lanes.segments(number), lane_bounds(trace, axis), axis)
        strip = lane(Lane("工作者" * 4, Status.LOCK, False, codes, cursor), 14, DARK_PAINT)
        assert cell_len(strip.text) == strip.cell_length == 14 + columns
        crossed = 0 <= cursor < columns and lasting(codes[cursor]) is None
        assert strip.text.count("│") == crossed


def test_the_cursor_hides_no_deadlock_and_no_end():
    trace = canned.deadlock()
    axis = Axis("time", 0, extent(trace, "time"), 40)
    codes = lane_codes(trace, trace.lanes.segments(1), lane_bounds(trace, axis), axis)
    column = axis.column(trace.duration)
    assert lane(Lane("x", Status.DEADLOCKED, False, codes, column), 10, DARK_PAINT).text[10 + column] == "⊗"


def a_pane(app: Gallery) -> TimelinePane:
    return app.query_one(TimelinePane)


async def test_the_cursor_moves_with_time():
    app = gallery("semaphore", 0.1)
    async with app.run_test(size=(80, 30)) as pilot:
        columns = []
        for _ in range(12):
            await pilot.pause()
            columns.append(a_pane(app)._cursor)
            assert any(line[a_pane(app)._label + columns[-1]] == "│" for line in lines(a_pane(app)))
            app.action_step(20)
        assert columns == sorted(columns)
        assert len(set(columns)) > 4


async def test_zooming_by_keys_until_there_is_nothing_more_to_see():
    app = gallery("deadlock", 1)
    async with app.run_test(size=(80, 12)) as pilot:
        pane = a_pane(app)
        await pilot.press("t")
        assert title(pane) == "Timeline steps 0 to 12"
        await pilot.press("+")
        assert title(pane).startswith("Timeline zoom 2 · steps")
        await pilot.press("+", "+", "+")
        assert pane.axis.span == 8
        assert pane.zoom <= 2
        await pilot.press("_", "_", "_", "_")
        assert pane.zoom == 0


async def test_panning_holds_until_the_cursor_moves():
    app = gallery("semaphore", 0.9, zoom=3)
    async with app.run_test(size=(80, 12)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        there = pane.axis.start
        await pilot.press("h", "h")
        assert pane.axis.start < there
        away = pane.axis.start
        app.action_step(0)
        assert pane.axis.start == away
        app.action_step(1)
        assert pane.axis.start <= app.trace.state(app.position).time < pane.axis.start + pane.axis.span


async def test_a_click_seeks():
    app = gallery("reentrant", 0)
    async with app.run_test(size=(80, 12)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        step = 7
        column = pane.axis.column(step)
        await pilot.click(TimelinePane, offset=(2 + pane._label + column, 2))
    assert app.asked == [Seek(app.trace.end_of_step(step))]


async def test_lanes_follow_filter_and_pins_and_scroll_above_the_axis():
    app = gallery("semaphore", 0.5)
    async with app.run_test(size=(80, 12)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        assert footnote(pane) == "▾ 12 more"
        await pilot.press("pagedown")
        assert lines(pane)[-1].startswith("seconds")
        assert pane.top == 9
        pane.view = View(filter="worker 1", pinned=(20,))
        await pilot.pause()
        assert [line.split("│")[0].split()[2] for line in lines(pane)[:3]] == ["19", "1", "10"]


async def test_a_lane_is_reckoned_once_while_only_the_cursor_moves(monkeypatch):
    reckoned: list[int] = []
    app = gallery("semaphore", 0.5)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(
            "concurrency_tui.widgets.timeline.lane_codes",
            lambda *_: reckoned.append(1) or pytest.fail("reckoned again"),
        )
        for _ in range(5):
            app.action_step(3)
            await pilot.pause()
    assert reckoned == []


@pytest.mark.parametrize("unit", ["time", "step"])
async def test_a_growing_run_looks_like_a_grown_one(unit):
    whole = canned.semaphore()
    part = canned.Trace(whole.header)
    app = gallery("semaphore", unit=unit)
    app.trace = part
    async with app.run_test(size=(90, 30)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        for start in range(0, len(whole), 3):
            part.extend(whole.event(index) for index in range(start, min(start + 3, len(whole))))
            pane.show(part, len(part))
            for worker in range(len(part.state(len(part)).workers)):
                anew = lane_codes(part, part.lanes.segments(worker), lane_bounds(part, pane.axis), pane.axis)
                assert pane._codes_of(worker) == anew
