"""What all panes have in common: they can be shown before there is a screen, focused, themed, resized, and are safe."""

import pytest
from concurrency_tui.widgets.pane import LinePane, _merged
from concurrency_tui.widgets.themes import DARK_NAME, LIGHT_NAME
from rich.segment import Segment
from textual.widget import Widget

from .. import canned
from .gallery import PANES, Gallery, hostile
from .screens import lines, title

SCROLLED = sorted(name for name in PANES if issubclass(PANES[name], LinePane))


def grounds(app: Gallery, pane: Widget) -> set[str]:
    """Return the background colours of everything a pane draws inside its border."""
    drawn = (pane.render_line(row) for row in range(pane.content_size.height))
    return {
        str(segment.style and segment.style.bgcolor and segment.style.bgcolor.name)
        for strip in drawn
        for segment in strip
    }


def every_segment(pane: Widget) -> list[Segment]:
    return [segment for row in range(pane.content_size.height) for segment in pane.render_line(row)]


@pytest.mark.parametrize("size", [(80, 24), (31, 7)], ids=["80x24", "31x7"])
@pytest.mark.parametrize("name", sorted(PANES))
async def test_hostile_text_is_shown_and_does_nothing(name, size):
    """No control or direction character reaches the screen, no markup is taken for markup, no link can be clicked."""
    trace = hostile()
    app = Gallery([PANES[name]()], trace, 0)
    async with app.run_test(size=size) as pilot:
        pane = app.panes[0]
        for _ in range(0, len(trace), 3):
            app.action_step(3)
            for segment in every_segment(pane):
                assert segment.text.isprintable(), segment
                assert not segment.style.link
                assert not segment.style.meta
        await pilot.click(type(pane), offset=(size[0] // 2, 0))
        assert app.is_running
    assert app.return_code in (None, 0)


@pytest.mark.parametrize("name", sorted(PANES))
async def test_everything_lies_on_a_ground_of_the_theme(name):
    """A piece without a ground would show the terminal's own, whatever that is."""
    trace = canned.failure()
    app = Gallery([PANES[name]()], trace, len(trace) // 2)
    async with app.run_test(size=(90, 20)) as pilot:
        for theme in (DARK_NAME, LIGHT_NAME, "nord", "textual-light"):
            app.theme = theme
            await pilot.pause()
            pane = app.panes[0]
            seen = grounds(app, pane)
            assert "None" not in seen, theme
            assert "default" not in seen, theme


@pytest.mark.parametrize("name", sorted(PANES))
async def test_a_change_of_theme_repaints(name):
    trace = canned.semaphore()
    app = Gallery([PANES[name]()], trace, 100)
    async with app.run_test(size=(90, 20)) as pilot:
        await pilot.pause()
        before = grounds(app, app.panes[0])
        app.theme = LIGHT_NAME
        await pilot.pause()
        assert not before & grounds(app, app.panes[0])


@pytest.mark.parametrize("name", sorted(PANES))
async def test_every_size_is_drawn(name):
    trace = canned.semaphore()
    app = Gallery([PANES[name]()], trace, 100)
    async with app.run_test(size=(80, 24)) as pilot:
        for width, height in ((200, 60), (12, 4), (4, 3), (1, 1), (60, 6), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            pane = app.panes[0]
            if isinstance(pane, LinePane):
                assert (pane.rows, pane.columns) == pane.scrollable_content_region.size[::-1]
                for row in range(pane.rows):
                    assert pane.render_line(row).cell_length >= pane.columns


@pytest.mark.parametrize("name", sorted(PANES))
async def test_nothing_at_all_can_be_shown(name):
    """A trace is empty before its first event arrives."""
    empty = canned.Trace(canned.deadlock().header)
    app = Gallery([PANES[name]()], empty, 0)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        await pilot.press("j", "k", "pagedown", "+", "_", "h", "l")
        whole = canned.deadlock()
        for index in range(len(whole)):
            empty.extend([whole.event(index)])
            app.action_step(1)
            if index % 6 == 0:
                await pilot.pause()
        assert app.position == len(whole)


@pytest.mark.parametrize("name", SCROLLED)
async def test_panes_can_be_focused_and_say_so(name):
    trace = canned.semaphore()
    app = Gallery([PANES[name](), PANES["workers"]()], trace, 100)
    async with app.run_test(size=(80, 24)) as pilot:
        pane = app.panes[0]
        await pilot.pause()
        assert pane.has_focus
        colour, ink = pane.styles.border_top[1], pane._border_title.spans[0]
        await pilot.press("tab")
        assert not pane.has_focus
        assert pane.styles.border_top[1] != colour
        assert pane._border_title.spans[0] != ink
        await pilot.press("tab")
        assert pane.has_focus
        assert pane._border_title.spans[0] == ink


@pytest.mark.parametrize("name", sorted(PANES))
async def test_an_ascii_terminal_gets_nothing_else(name, monkeypatch):
    monkeypatch.setenv("CONCURRENCY_TUI_ASCII", "1")
    trace = canned.semaphore(4)
    app = Gallery([PANES[name]()], trace, len(trace) // 2)
    async with app.run_test(size=(80, 30)) as pilot:
        for _ in range(6):
            app.action_step(len(trace) // 12)
            await pilot.pause()
            pane = app.panes[0]
            drawn = "".join(strip.text for strip in pane.render_lines(pane.size.region))
            assert drawn.isascii(), drawn


async def test_a_title_is_text():
    app = Gallery([PANES["source"]()], hostile(), 20)
    async with app.run_test(size=(80, 12)):
        pane = app.panes[0]
        pane.headline("[b]x[/b] \x1b[31m", "[@click=app.quit]more[/]", "list[int] a[/b]c")
        assert title(pane) == "list[int] a[/b]c [b]x[/b] ␛[31m"
        assert pane._border_subtitle.plain == "[@click=app.quit]more[/]"


async def test_a_pane_shown_before_it_is_on_screen_is_drawn_when_it_is():
    pane = PANES["workers"]()
    trace = canned.deadlock()
    pane.show(trace, len(trace))
    app = Gallery([pane], trace, len(trace))
    async with app.run_test(size=(80, 12)):
        assert "deadlock" in lines(pane)[1]


def test_neighbouring_lines_are_one_region():
    assert list(_merged(iter([0, 1, 2, 5, 7, 8]))) == [(0, 3), (5, 1), (7, 2)]
    assert list(_merged(iter([]))) == []
