"""The transport bar: where a position stands, which marks are shown, and what clicks ask for."""

import pytest
from concurrency_tui.trace.marks import Mark
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.transport import Transport, TransportBar
from concurrency_tui.widgets.transport_bar import (
    BUTTON_WIDTH,
    BUTTONS,
    CROWDED,
    MARK_STATES,
    Bar,
    button_at,
    column_of,
    marked,
    places,
    position_of,
    transport,
)
from concurrency_tui.widgets.transport_messages import Pressed, Seek
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned
from .gallery import Gallery


def gallery(name: str, share: float = 0.6, **state: object) -> Gallery:
    """Return an app with a transport bar on a canned trace."""
    trace = canned.ALL[name]()
    bar = TransportBar()
    bar.set_reactive(TransportBar.state, Transport(**state))  # type: ignore[arg-type]
    return Gallery([bar], trace, round(len(trace) * share))


class TestLook:
    """Pictures of the bar."""

    @pytest.mark.parametrize("width", [60, 120, 200])
    @pytest.mark.parametrize("name", ["deadlock", "failure", "semaphore"])
    def test_bar(self, snap_compare, name, width):
        assert snap_compare(gallery(name, playing=True, note="2 branches"), terminal_size=(width, 1))


@given(st.integers(0, 10**6), st.integers(2, 200), st.data())
def test_a_click_on_the_handle_stays_there(length, width, data):
    column = data.draw(st.integers(0, width - 1))
    position = position_of(column, length, width)
    assert 0 <= position <= length
    if length >= width:
        assert column_of(position, length, width) == column
    assert column_of(0, length, width) == 0
    assert column_of(length, length, width) == (width - 1 if length else 0)


@given(st.sampled_from(sorted(canned.ALL)), st.integers(12, 200))
def test_marks_stand_where_they_happen_and_leave_room(name, width):
    trace = canned.ALL[name]()
    shown = marked(trace.marks, len(trace), width)
    columns = [column for column, _ in shown]
    assert columns == sorted(set(columns))
    there = {column_of(position, len(trace), width) for position in trace.marks.positions}
    assert set(columns) <= there
    rare = [mark for _, mark in shown if mark >= Mark.KILL]
    assert len(shown) * CROWDED <= width or len(rare) == len(shown)
    if name == "deadlock":
        assert (column_of(len(trace), len(trace), width), Mark.DEADLOCK) in shown


@given(st.integers(10, 200), st.integers(0, 210), st.booleans(), st.sampled_from(["", "2 branches", "锁"]))
def test_the_line_is_as_wide_as_the_screen(width, column, playing, note):
    bar = Bar(column, ((3, Mark.BLOCK), (7, Mark.DEADLOCK)), 9, playing, "3/9", "1.0x", note)
    strip = transport(bar, width, DARK_PAINT)
    assert cell_len(strip.text) == width


def test_what_has_not_arrived_is_dotted():
    bar = Bar(2, ((4, Mark.BLOCK),), 8, playing=False, step="", speed="", note="")
    text = transport(bar, 40, DARK_PAINT).text
    start = places(40, "", "", "").bar
    assert text[start : start + 12] == "━━●─┼───····"


def test_every_mark_has_a_colour():
    assert set(MARK_STATES) == set(Mark)


def test_buttons_lie_side_by_side():
    assert [button_at(number * BUTTON_WIDTH) for number in range(6)] == [*BUTTONS, None]


async def test_clicks_and_drags_ask_for_what_they_mean():
    app = gallery("semaphore", 0)
    async with app.run_test(size=(100, 1)) as pilot:
        for number, button in enumerate(BUTTONS):
            await pilot.click(TransportBar, offset=(number * BUTTON_WIDTH + 1, 0))
            assert app.asked.pop() == Pressed(button)
        where = places(100, "0/157", "1.0x", "")
        await pilot.mouse_down(TransportBar, offset=(where.bar, 0))
        await pilot.hover(TransportBar, offset=(where.bar + 10, 0))
        await pilot.mouse_up(TransportBar, offset=(where.bar + where.width + 5, 0))
        await pilot.hover(TransportBar, offset=(where.bar + 3, 0))
    seeks = [message.position for message in app.asked if isinstance(message, Seek)]
    assert seeks[0] == 0
    assert seeks[1] == position_of(10, len(app.trace), where.width)
    assert seeks[2:] == [len(app.trace)]
    assert len(seeks) == len(app.asked)


async def test_it_shows_what_the_player_does():
    app = gallery("deadlock", 1)
    async with app.run_test(size=(80, 1)) as pilot:
        bar = app.query_one(TransportBar)
        await pilot.pause()
        assert "12/12  1.0x" in bar.render_line(0).text
        assert "▶" in bar.render_line(0).text
        bar.state = Transport(playing=True, speed="2.0x", note="3 branches")
        await pilot.pause()
        assert "‖" in bar.render_line(0).text
        assert bar.render_line(0).text.rstrip().endswith("2.0x  3 branches")
