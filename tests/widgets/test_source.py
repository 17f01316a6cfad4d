"""The source pane: the text as Python counts its lines, who is where, and the followed line in view."""

import io

import pytest
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.source import AT_ONCE, SourcePane
from concurrency_tui.widgets.source_line import Here, Shape, source_line
from concurrency_tui.widgets.source_places import Places
from concurrency_tui.widgets.source_text import highlighted, safe_lines, unlit
from concurrency_tui.widgets.worker_order import View
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned, canned_sources
from ..canned_script import Script
from .gallery import Gallery, hostile
from .hostile import SOURCE
from .screens import lines, title

TRACES = {**{name: make() for name, make in canned.ALL.items()}, "hostile": hostile()}
TEXTS = st.text(alphabet=st.sampled_from("ab =()'\"#\n\r\t\f\v\x1c\x85\u2028锁\x1b"), max_size=60)


def gallery(name: str, share: float = 0.6, **view: int) -> Gallery:
    """Return an app with a source pane on a canned trace, the cursor at a share of it."""
    trace = TRACES[name]
    pane = SourcePane()
    pane.set_reactive(SourcePane.view, View(**view))  # type: ignore[arg-type]
    return Gallery([pane], trace, round(len(trace) * share))


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=["40x12", "80x24"])
    @pytest.mark.parametrize("name", ["deadlock", "traffic_light", "hostile"])
    def test_source(self, snap_compare, name, size):
        assert snap_compare(gallery(name), terminal_size=size)

    def test_followed(self, snap_compare):
        assert snap_compare(gallery("semaphore", followed=9), terminal_size=(60, 12))


@given(TEXTS)
def test_lines_are_counted_as_python_counts_them(text):
    """A form feed or an odd separator is no line end to Python, though it is one to `str.splitlines`."""
    shown = safe_lines(text)
    python = list(io.StringIO(text, newline=None))
    assert len(shown) == len(python) + (not text or text.endswith(("\n", "\r")))
    assert all(line.isprintable() for line in shown)


@given(TEXTS)
def test_highlighting_changes_no_text(text):
    for coloured in (highlighted(text), unlit(text)):
        assert ["".join(part for part, _ in line) for line in coloured] == safe_lines(text)
        assert all(ink in DARK_PAINT.colours for line in coloured for _, ink in line)


def test_words_of_the_language_have_a_colour():
    inks = dict(highlighted("def f():  # why\n    return 'x' + 1\n")[0])
    assert inks["def"] == "code-keyword"
    assert inks["f"] == "code-name"
    assert inks["# why"] == "code-comment"


@given(st.sampled_from(sorted(TRACES)), st.data())
def test_places_are_those_of_the_state_whatever_the_way_there(name, data):
    trace = TRACES[name]
    places = Places()
    for position in data.draw(st.lists(st.integers(0, len(trace)), min_size=1, max_size=6)):
        workers = trace.state(position).workers
        places.update(trace, workers)
        gone = (Status.FINISHED, Status.KILLED)
        wanted: dict[tuple[str, int], set[int]] = {}
        for worker in workers:
            if worker.site != NONE and worker.status not in gone:
                site = trace.site(worker.site)
                wanted.setdefault((site.path, site.line), set()).add(worker.id)
        for path, line in {(path, line) for path in trace.sources for line in range(60)}:
            assert set(places.at(path, line)) == wanted.get((path, line), set())


@given(st.integers(20, 120), st.integers(0, 30), st.integers(0, 2000), st.sampled_from(list(Status)), st.booleans())
def test_a_line_is_as_wide_as_the_pane(width, left, more, status, followed):
    for code in highlighted(SOURCE):
        who = Here("读者线程-七号工作者", status, more, followed)
        strip = source_line(7, code, who, Shape(3, left, width), DARK_PAINT)
        assert cell_len(strip.text) == strip.cell_length == width


def test_many_workers_on_a_line_are_summed_up():
    strip = source_line(7, (("x = 1", "ink"),), Here("T3", Status.LOCK, 7), Shape(2, 0, 40), DARK_PAINT)
    assert strip.text == " 7  x = 1                       ■ T3 +7 "


def a_pane(app: Gallery) -> SourcePane:
    return app.query_one(SourcePane)


async def test_everyone_stands_at_their_line():
    app = gallery("deadlock", 1)
    async with app.run_test(size=(80, 40)):
        shown = lines(a_pane(app))
        assert shown[11].split()[0] == "12"
        assert shown[11].endswith("⊗ Thread-1")
        assert shown[19].endswith("⊗ Thread-2")
        assert shown[28].endswith("◇ MainThread")
        assert [line for line in shown if "⊗" in line] == [shown[11], shown[19]]


async def test_the_followed_workers_line_stays_in_view():
    app = gallery("traffic_light", 0, followed=5)
    async with app.run_test(size=(60, 10)) as pilot:
        pane = a_pane(app)
        for _ in range(len(app.trace) // 4):
            app.action_step(4)
            await pilot.pause()
            workers = app.trace.state(app.position).workers
            site = app.trace.site(workers[5].site) if len(workers) > 5 else None
            if site is not None and site.line:
                assert pane.top < site.line <= pane.top + pane.rows
                assert title(pane) == f"program.py {site.function}()"


async def test_scrolling_away_is_allowed_until_the_line_changes():
    app = gallery("traffic_light", 0.5)
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.pause()
        await pilot.press("pagedown", "pagedown", "pagedown")
        there = a_pane(app).top
        app.action_step(0)
        assert a_pane(app).top == there


async def test_long_lines_scroll_sideways():
    app = gallery("deadlock", 0.6)
    async with app.run_test(size=(50, 30)) as pilot:
        await pilot.press("l")
        assert lines(a_pane(app))[9].split("  ")[-1].startswith("print(")
        await pilot.press("h", "h")
        assert lines(a_pane(app))[9].startswith("10          print(")


async def test_a_long_file_is_highlighted_beside_the_screen():
    source = canned_sources.DEADLOCK + "x = 'a string'\n" * (AT_ONCE + 1)
    run = Script("long", source)
    run.act(0, Kind.LINE, at="x = ")
    app = Gallery([SourcePane()], run.trace(), len(run.events))
    async with app.run_test(size=(60, 12)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert a_pane(app)._code == highlighted(source)
        assert title(a_pane(app)).startswith("program.py")


async def test_without_a_source_the_pane_is_empty():
    trace = canned.Trace(canned.deadlock().header)
    app = Gallery([SourcePane()], trace, 0)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert "".join(lines(a_pane(app))) == ""
        assert title(a_pane(app)) == "Source"
