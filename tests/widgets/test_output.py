"""The output pane: every line once, in order, with who wrote it, and no further than the cursor."""

import pytest
from concurrency_tui.trace.events import Kind
from concurrency_tui.widgets.output import OutputPane, Written, output_line
from concurrency_tui.widgets.output_lines import OutputLines
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.worker_order import View
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned
from ..canned_script import Script
from .gallery import Gallery, hostile
from .screens import lines, title

PIECES = st.lists(st.tuples(st.integers(0, 1), st.integers(1, 2), st.text("ab \n", max_size=6)), max_size=15)


def gallery(name: str, share: float = 0.8, **view: int) -> Gallery:
    """Return an app with an output pane on a canned trace, the cursor at a share of it."""
    trace = ({"hostile": hostile} | canned.ALL)[name]()
    pane = OutputPane()
    pane.set_reactive(OutputPane.view, View(**view))  # type: ignore[arg-type]
    return Gallery([pane], trace, round(len(trace) * share))


def written(pieces: list[tuple[int, int, str]]) -> canned.Trace:
    """Return a run of two workers that write pieces of text."""
    run = Script("pieces", "def main(): pass\n")
    other = run.spawn("other")
    for worker, stream, text in pieces:
        run.act(other * worker, Kind.OUTPUT, value=stream, text=text)
    return run.trace()


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("name", ["semaphore", "failure", "hostile"])
    def test_output(self, snap_compare, name):
        assert snap_compare(gallery(name, 1, followed=1), terminal_size=(80, 14))

    def test_nothing_yet(self, snap_compare):
        assert snap_compare(gallery("semaphore", 0.05), terminal_size=(60, 6))


@given(PIECES, st.data())
def test_nothing_is_lost_or_moved(pieces, data):
    """The lines of each worker and stream, put together, are what it wrote."""
    trace = written(pieces)
    index = OutputLines(trace)
    position = data.draw(st.integers(0, len(trace)))
    told = [index.line(number, position) for number in range(index.count(position))]
    done = [trace.event(at) for at in trace.outputs if at < position]
    for stream in (1, 2):
        for worker in (0, 1):
            wrote = "".join(event.text for event in done if (event.worker, event.value) == (worker, stream))
            mine = [line.text for line in told if (line.worker, line.error) == (worker, stream == 2)]
            assert "".join(mine) == wrote.replace("\n", "")
    assert [line.written for line in told] == sorted(line.written for line in told)


def test_pieces_of_one_line_are_one_line_unless_someone_writes_between():
    trace = written([(0, 1, "a"), (0, 1, "b"), (0, 1, "c\nd"), (1, 1, "x\n"), (0, 1, "e\n")])
    index = OutputLines(trace)
    told = [index.line(number, len(trace)) for number in range(index.count(len(trace)))]
    assert [(line.worker, line.text) for line in told] == [(0, "abc"), (0, "d"), (1, "x"), (0, "e")]


def test_a_line_in_the_making_is_shown_as_far_as_it_is():
    trace = written([(0, 1, "one "), (0, 1, "two\n")])
    first, second = (at + 1 for at in trace.outputs)
    index = OutputLines(trace)
    assert index.count(second) == 1
    assert index.line(0, second).text == "one two"
    assert index.line(0, first).text == "one "
    assert index.count(first - 1) == 0


def test_blank_lines_carriage_returns_and_tabs():
    trace = written([(0, 1, "a\r\n\n\tb\n")])
    index = OutputLines(trace)
    assert [index.line(number, len(trace)).text for number in range(index.count(len(trace)))] == ["a", "", "        b"]


@given(st.text(max_size=30), st.integers(8, 100), st.integers(1, 16), st.booleans())
def test_a_line_is_as_wide_as_the_pane(name, width, names, error):
    strip = output_line(Written("读者" + "线程" * 9, "锁" * 60, error), names, width, 0, DARK_PAINT)
    assert cell_len(strip.text) == strip.cell_length == width
    assert ("!" in strip.text) == (error and width > names + 2)


def a_pane(app: Gallery) -> OutputPane:
    return app.query_one(OutputPane)


def go_to_green(app: Gallery) -> None:
    """Move the cursor to just before the light turns green."""
    green = next(at for at in range(len(app.trace)) if app.trace.event(at).kind is Kind.SET)
    app.action_step(green - app.position)


async def test_it_stays_at_the_end_until_scrolled_and_then_where_it_is():
    app = gallery("traffic_light", 0.5)
    async with app.run_test(size=(60, 10)) as pilot:
        pane = a_pane(app)
        go_to_green(app)
        await pilot.pause()
        assert lines(pane)[-1].endswith("car 19 waits")
        app.action_step(60)
        await pilot.pause()
        last = lines(pane)[-1]
        assert last.endswith("passes")
        await pilot.press("pageup")
        there = lines(pane)
        app.action_step(9)
        await pilot.pause()
        assert lines(pane) == there
        await pilot.press("pagedown", "pagedown", "pagedown")
        app.action_step(9)
        await pilot.pause()
        assert lines(pane)[-1] not in there
        assert pane.top == pane.max_scroll_y


async def test_going_back_takes_output_back():
    app = gallery("traffic_light", 1)
    async with app.run_test(size=(60, 60)) as pilot:
        await pilot.pause()
        assert title(a_pane(app)) == "Output 41 lines"
        go_to_green(app)
        await pilot.pause()
        assert lines(a_pane(app))[19].endswith("car 19 waits")
        assert lines(a_pane(app))[20] == ""
        app.action_step(-len(app.trace))
        await pilot.pause()
        assert lines(a_pane(app))[0] == "Nothing is written yet."


async def test_the_newest_line_and_standard_error_stand_out():
    app = gallery("failure", 1)
    async with app.run_test(size=(80, 10)) as pilot:
        pane = a_pane(app)
        error = next(at + 1 for at in app.trace.outputs if app.trace.event(at).value == 2)
        app.action_step(error - app.position)
        await pilot.pause()
        assert [line.split(" ! ")[1] for line in lines(pane)[:2]] == [
            "Traceback (most recent call last):",
            "ZeroDivisionError: division by zero",
        ]
        assert pane._written(0).newest
        app.action_step(1)
        assert not pane._written(0).newest


async def test_a_flood_is_indexed_no_further_than_the_cursor():
    trace = written([(0, 1, "x\n")] * 3000)
    index = OutputLines(trace)
    assert index.count(100) == sum(at < 100 for at in trace.outputs)
    assert len(index._position) == index.count(100)
