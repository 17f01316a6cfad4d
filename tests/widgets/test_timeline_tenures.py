"""The lanes of the GIL and of the cores on the timeline."""

import pytest
from concurrency_tui.trace.events import NONE, Kind, WorkerFlag
from concurrency_tui.widgets.hues import hue
from concurrency_tui.widgets.lane_cells import RUNNING, SHARED
from concurrency_tui.widgets.palette import DARK_PAINT, Paint
from concurrency_tui.widgets.tenure_cells import FREE, MANY, WHOLE, Cell, tenure_cells
from concurrency_tui.widgets.timeline import TimelinePane
from concurrency_tui.widgets.timeline_axis import Axis
from concurrency_tui.widgets.timeline_lane import lane_bounds, lane_codes
from concurrency_tui.widgets.timeline_tenure import Name, TenureLane, tenure_lane
from concurrency_tui.widgets.timeline_tenures import MOST, TenureLanes, chosen
from concurrency_tui.widgets.tints import DARK, LIGHT
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ..canned_computing import computing
from ..canned_script import Script
from .gallery import Gallery
from .screens import lines
from .test_palette import contrast

MILLISECOND = 1_000_000
ASCII_PAINT = Paint(DARK, ascii_only=True)


def cells(trace, span, columns, start=0):
    """Return the cells of a run's first GIL, or else core, in a window of so many nanoseconds."""
    axis = Axis("time", start, span, columns)
    return tenure_cells(chosen(trace)[0], axis, lane_bounds(trace, axis), trace.duration)


def gallery(trace, share=0.6, **changes):
    pane = TimelinePane()
    for field, value in changes.items():
        pane.set_reactive(getattr(TimelinePane, field), value)
    return Gallery([pane], trace, round(len(trace) * share))


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
    def test_one_gil(self, snap_compare, light):
        app = gallery(computing())
        app.theme = "concurrency-light" if light else app.theme
        assert snap_compare(app, terminal_size=(100, 9))

    def test_cores_without_a_gil(self, snap_compare):
        assert snap_compare(gallery(computing(6, gil=False)), terminal_size=(100, 14))

    def test_more_hand_overs_than_cells(self, snap_compare):
        assert snap_compare(gallery(computing(4, 1.0)), terminal_size=(80, 9))

    def test_ascii(self, snap_compare, monkeypatch):
        monkeypatch.setenv("CONCURRENCY_TUI_ASCII", "1")
        assert snap_compare(gallery(computing()), terminal_size=(80, 9))


def test_a_cell_a_turn_is_all_one_workers():
    assert cells(computing(2), 40 * MILLISECOND, 8)[:8] == [Cell(1 + turn % 2) for turn in range(8)]


def test_a_cell_with_one_hand_over_shows_both_workers_and_one_with_more_the_larger_share():
    found = cells(computing(2), 40 * MILLISECOND, 5)
    assert found[:5] == [Cell(1, 5, 2), Cell(1, 5), Cell(2, 4, 1), Cell(2, 5), Cell(1, 3, 2)]


def test_a_cell_with_many_hand_overs_shows_the_largest_share():
    (only, *_) = cells(computing(4, 1.0), 4000 * MILLISECOND, 1)
    assert only == Cell(1, 2, MANY)


def test_a_gap_is_free():
    run = Script("gap", "def main(): pass")
    gil = run.thing("GIL", "")
    run.act(0, Kind.ACQUIRE, gil, 1)
    run.clock(1)
    run.act(0, Kind.RELEASE, gil, 0)
    run.clock(3)
    run.act(0, Kind.ACQUIRE, gil, 1)
    run.clock(4)
    run.act(0, Kind.RELEASE, gil, 0)
    assert cells(run.trace(), 4 * 10**9, 4) == [Cell(0), FREE, FREE, Cell(0)]
    assert cells(run.trace(), 4 * 10**9, 2) == [Cell(0, 4, NONE), Cell(NONE, 4, 0)]


@given(st.integers(1, 5), st.integers(1, 60), st.integers(1, 200), st.integers(0, 50), st.booleans())
def test_whole_cells_have_one_holder_only_and_shares_are_never_more_than_there_is(threads, work, columns, start, gil):
    trace = computing(threads, work / 1000, gil=gil, cores=2)
    span = max(trace.duration - start, 1)
    axis = Axis("time", start, span, columns)
    bounds = lane_bounds(trace, axis)
    for tenure in chosen(trace):
        for column, cell in enumerate(tenure_cells(tenure, axis, bounds, trace.duration)):
            first, last = axis.at(column), axis.at(column + 1) - 1
            begins, ends = (tenure.at(trace.at_time(moment)) for moment in (first, min(last, trace.duration - 1)))
            holders = {tenure.holder[at] if at >= 0 else NONE for at in range(begins, ends + 1)}
            assert cell.holder in holders or not holders
            if cell.eighths == WHOLE and first < last:
                held = held_by(tenure, cell.holder, first, min(last + 1, trace.duration))
                assert held == max(min(last + 1, trace.duration) - first, 0)


def held_by(tenure, holder, start, end):
    """Return for how long of a time one had it, reckoned stretch by stretch."""
    times = [*tenure.time, max(end, start)]
    known = [
        max(0, min(after, end) - max(time, start))
        for time, after, who in zip(times[:-1], times[1:], tenure.holder, strict=True)
        if who == holder
    ]
    before = max(0, min(times[0], end) - start) if holder == NONE else 0
    return sum(known) + before


def test_cells_of_a_growing_run_are_those_of_the_whole_run():
    whole = computing(3, 0.05)
    axis = Axis("time", 0, 160 * MILLISECOND, 70)
    kept, growing = TenureLanes(), type(whole)(whole.header)
    for start in range(0, len(whole), 11):
        growing.extend([whole.event(at) for at in range(start, min(start + 11, len(whole)))])
        for tenure in chosen(growing):
            bounds = lane_bounds(growing, axis)
            shown = kept.lane(growing, growing.state(len(growing)), tenure, axis, bounds)
            afresh = tenure_cells(tenure, axis, bounds, growing.duration)
            assert list(shown.cells) == afresh


def test_a_solid_stretch_says_the_name_or_as_much_as_has_room():
    names = ((7, Name("thread 12", "12")),)
    said = {}
    for width in (1, 2, 3, 10, 11, 14):
        strip = tenure_lane(TenureLane("GIL", (Cell(7),) * width, names, width), 6, DARK_PAINT)
        assert cell_len(strip.text) == strip.cell_length == 6 + width
        said[width] = strip.text[6:].strip()
    assert said == {1: "2", 2: "12", 3: "12", 10: "12", 11: "thread 12", 14: "thread 12"}


@pytest.mark.parametrize("paint", [DARK_PAINT, ASCII_PAINT], ids=["unicode", "ascii"])
@pytest.mark.parametrize("cursor", [-5, 0, 3, 7, 11, 40])
def test_a_lane_is_as_wide_as_its_columns_wherever_the_cursor_is(paint, cursor):
    found = (Cell(1), Cell(1), Cell(1, 3, 2), Cell(2), FREE, Cell(NONE, 2, 1), Cell(2, 4), Cell(3), Cell(3))
    names = tuple((holder, Name(f"漢字 {holder}", f"漢{holder}")) for holder in (1, 2, 3))
    strip = tenure_lane(TenureLane("GIL of a process with a long name", found, names, 12, cursor), 9, paint)
    assert cell_len(strip.text) == 9 + 12
    assert (paint.glyphs.cursor in strip.text) == (0 <= cursor < 12)
    if paint.ascii_only:
        assert not set("▏▎▍▌▋▊▉▁▂▃▄▅▆▇█") & set(strip.text)


def test_a_worker_that_takes_turns_within_a_cell_has_its_share_of_it():
    trace = computing(4, 0.1)
    axis = Axis("time", 0, 400 * MILLISECOND, 4)
    for worker in (1, 2, 3, 4):
        found = lane_codes(trace, trace.lanes.segments(worker), lane_bounds(trace, axis), axis)
        assert list(found[:3]) == [SHARED + 2] * 3
    alone = computing(1, 0.1)
    axis = Axis("time", 0, 100 * MILLISECOND, 4)
    assert set(lane_codes(alone, alone.lanes.segments(1), lane_bounds(alone, axis), axis)[:3]) == {RUNNING}
    steps = Axis("step", 0, 100, 4)
    assert RUNNING in lane_codes(trace, trace.lanes.segments(1), lane_bounds(trace, steps), steps)


def test_the_share_of_very_many_turns_follows_from_the_last_ones():
    trace = computing(4, 4.0)
    axis = Axis("time", 0, 16_000 * MILLISECOND, 2)
    found = lane_codes(trace, trace.lanes.segments(2), lane_bounds(trace, axis), axis)
    assert found[0] == SHARED + 2


def test_a_gil_that_nobody_shares_has_no_lane_beside_others():
    run = Script("processes", "def main(): pass")
    cpu = run.thing("CPU", "", 4)
    for number in range(3):
        child = run.spawn(f"Process-{number}", flags=WorkerFlag.PROCESS)
        gil = run.thing("GIL", "", worker=child)
        run.act(child, Kind.ACQUIRE, gil, 1)
        run.act(child, Kind.RELEASE, gil, 0)
    assert [tenure.thing for tenure in chosen(run.trace())] == [cpu] * 4
    thread = run.spawn("thread", by=child)
    run.act(thread, Kind.ACQUIRE, gil, 1)
    assert [tenure.thing for tenure in chosen(run.trace())] == [gil]


def test_there_are_no_more_such_lanes_than_leave_room_for_workers():
    run = Script("cores", "def main(): pass")
    run.thing("CPU", "", 64)
    assert len(chosen(run.trace())) == MOST


async def test_lanes_of_the_gil_stand_above_those_of_the_workers():
    app = gallery(computing())
    async with app.run_test(size=(80, 9)):
        shown = lines(app.query_one(TimelinePane))
        assert [line.split()[1] for line in shown[:3]] == ["GIL", "MainThread", "thread"]
        assert "seconds" in shown[5] or "ms" in shown[5]


async def test_zoomed_in_each_turn_says_who_it_is():
    app = gallery(computing(), zoom=3)
    async with app.run_test(size=(120, 9)):
        (lane, *_) = lines(app.query_one(TimelinePane))
        assert "thread 0" in lane or "thread 2" in lane


@pytest.mark.parametrize("tints", [DARK, LIGHT], ids=["dark", "light"])
def test_names_on_the_holders_colours_can_be_read(tints):
    for holder in range(6):
        assert contrast(tints["holder-text"], tints[hue(holder)]) >= 4.5
        wash = Paint(tints).washed(hue(holder)).bgcolor
        assert contrast(tints[hue(holder)], wash.triplet.hex) >= 3


def test_a_trace_without_gil_and_cores_has_no_such_lanes():
    run = Script("none", "def main(): pass")
    assert chosen(run.trace()) == []
