"""The list of events: the cursor's line is always there, and only what is on screen is put into words."""

import pytest
from concurrency_tui.trace.narrate import DECLARATIONS, sentence
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.events import EventsPane
from concurrency_tui.widgets.events_line import Told, event_line
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.transport_messages import Seek
from concurrency_tui.widgets.worker_order import View
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned
from .gallery import Gallery, hostile
from .screens import lines, title


def gallery(name: str, share: float = 0.6, **view: int) -> Gallery:
    """Return an app with a list of events on a canned trace, the cursor at a share of it."""
    trace = ({"hostile": hostile, "many": lambda: canned.crowd(2000)} | canned.ALL)[name]()
    pane = EventsPane()
    pane.set_reactive(EventsPane.view, View(**view))  # type: ignore[arg-type]
    return Gallery([pane], trace, round(len(trace) * share))


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("name", ["deadlock", "reentrant", "pool", "hostile"])
    def test_events(self, snap_compare, name):
        assert snap_compare(gallery(name, followed=1), terminal_size=(80, 14))


@given(st.integers(20, 120), st.text(max_size=8), st.sampled_from(list(Status)), st.booleans(), st.booleans())
def test_a_line_is_as_wide_as_the_pane(width, step, status, past, now):
    told = Told("1,234", "12.345 s", status, "锁 is taken by 读者线程 " * 6, past, now)
    strip = event_line(told, 7, 9, width, DARK_PAINT)
    assert cell_len(strip.text) == strip.cell_length == width


def a_pane(app: Gallery) -> EventsPane:
    return app.query_one(EventsPane)


@pytest.mark.parametrize("name", ["deadlock", "condition", "daemon"])
async def test_the_cursor_is_in_view_at_every_position(name):
    app = gallery(name, 0)
    async with app.run_test(size=(90, 9)) as pilot:
        for position in range(len(app.trace) + 1):
            app.action_step(position - app.position)
            await pilot.pause()
            pointed = [line for line in lines(a_pane(app)) if line.startswith("▸")]
            told = any(app.trace.event(at).kind not in DECLARATIONS for at in range(position))
            assert len(pointed) == told, position


async def test_every_event_but_declarations_is_listed_once():
    app = gallery("deadlock", 1)
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("pageup")
        told = [app.trace.event(at) for at in range(len(app.trace)) if app.trace.event(at).kind not in DECLARATIONS]
        shown = [line for line in lines(a_pane(app)) if line]
        assert len(shown) == len(told)
        assert shown[0].split("▷ ")[1].startswith("MainThread")


async def test_scrolling_away_is_allowed_until_the_cursor_moves():
    app = gallery("traffic_light", 0.5)
    async with app.run_test(size=(80, 10)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        await pilot.press("pageup", "pageup", "pageup")
        assert not any(line.startswith("▸") for line in lines(pane))
        app.action_step(0)
        await pilot.pause()
        assert not any(line.startswith("▸") for line in lines(pane))
        app.action_step(1)
        await pilot.pause()
        assert any(line.startswith("▸") for line in lines(pane))


async def test_a_click_seeks_to_the_event():
    app = gallery("deadlock", 1)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        position = a_pane(app)._shown[3]
        await pilot.click(EventsPane, offset=(20, 4))
    assert app.asked == [Seek(position)]


async def test_only_the_lines_on_screen_are_put_into_words(monkeypatch):
    app = gallery("many", 0.5)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        told: list[int] = []
        monkeypatch.setattr(
            "concurrency_tui.widgets.events.sentence", lambda trace, at: told.append(at) or sentence(trace, at)
        )
        app.action_step(5000)
        await pilot.pause()
        assert 0 < len(told) <= 20
        told.clear()
        app.action_step(1)
        await pilot.pause()
        assert len(told) <= 1
        assert title(a_pane(app)) == f"Events {len(app.trace):,}"
