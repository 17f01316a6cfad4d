"""The workers' pane: how it looks, what it repaints, and how it scrolls, filters and pins."""

import pytest
from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.worker_messages import WorkerPicked
from concurrency_tui.widgets.worker_order import View
from concurrency_tui.widgets.workers import WorkersPane
from textual.geometry import Region

from .. import canned
from .gallery import Gallery, hostile
from .screens import footnote, lines, title


def gallery(name: str, share: float = 0.6, *, light: bool = False, view: View | None = None) -> Gallery:
    """Return an app with a workers' pane on a canned trace, the cursor at a share of it."""
    made = {"hostile": hostile, "twelve": lambda: canned.crowd(12), "many": lambda: canned.crowd(500)}
    trace = (made | canned.ALL)[name]()
    pane = WorkersPane()
    pane.set_reactive(WorkersPane.view, view or View())
    return Gallery([pane], trace, round(len(trace) * share), light=light)


class TestLook:
    """Pictures of the pane, to be looked at when they change."""

    @pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
    @pytest.mark.parametrize("name", ["deadlock", "twelve", "hostile"])
    def test_cards(self, snap_compare, name, size):
        assert snap_compare(gallery(name, 1), terminal_size=size)

    def test_light(self, snap_compare):
        assert snap_compare(gallery("deadlock", 1, light=True), terminal_size=(80, 12))

    def test_followed_and_pinned(self, snap_compare):
        view = View(followed=2, pinned=(2, 5))
        assert snap_compare(gallery("twelve", view=view), terminal_size=(80, 24))

    def test_rows(self, snap_compare):
        assert snap_compare(gallery("semaphore", 0.4, view=View(followed=4)), terminal_size=(110, 18))

    def test_mosaic(self, snap_compare):
        assert snap_compare(gallery("many", view=View(followed=4)), terminal_size=(80, 24))

    def test_no_room(self, snap_compare):
        assert snap_compare(gallery("twelve"), terminal_size=(24, 8))


def a_pane(app: Gallery) -> WorkersPane:
    return app.query_one(WorkersPane)


async def test_only_changed_lines_are_drawn_again():
    app = gallery("semaphore", 0.31)
    async with app.run_test(size=(110, 30)) as pilot:
        pane = a_pane(app)
        pane.density = "rows"
        await pilot.pause()
        drawn: list[int] = []
        draw = pane.draw_line
        pane.draw_line = lambda row, width: drawn.append(row) or draw(row, width)  # type: ignore[method-assign]
        app.action_step(1)
        await pilot.pause()
        assert 0 < len(drawn) <= 3
        drawn.clear()
        app.action_step(0)
        await pilot.pause()
        assert drawn == []


async def test_a_refresh_names_the_changed_lines_only():
    app = gallery("semaphore", 0.31)
    async with app.run_test(size=(110, 30)) as pilot:
        pane = a_pane(app)
        pane.density = "rows"
        await pilot.pause()
        asked: list[Region] = []
        pane.refresh = lambda *regions, **_: asked.extend(regions)  # type: ignore[method-assign, assignment]
        app.action_step(1)
        assert asked
        assert sum(region.height for region in asked) <= 3


async def test_what_is_on_screen_is_what_would_be_drawn_anew():
    """After any way through the trace, the repainted lines make the same picture as a pane that has just opened."""
    app = gallery("failure", 0)
    async with app.run_test(size=(90, 20)) as pilot:
        for by in (1, 5, 9, -3, 7, 40, -20, 2):
            app.action_step(by)
            await pilot.pause()
            shown = [strip.text for strip in a_pane(app).render_lines(Region(0, 0, 90, 20))]
            fresh = Gallery([WorkersPane()], app.trace, app.position)
            async with fresh.run_test(size=(90, 20)):
                assert shown == [strip.text for strip in a_pane(fresh).render_lines(Region(0, 0, 90, 20))]


async def test_scrolling_with_keys_and_how_many_are_below():
    app = gallery("many")
    async with app.run_test(size=(80, 24)) as pilot:
        pane = a_pane(app)
        pane.density = "rows"
        await pilot.pause()
        assert footnote(pane) == "▾ 479 more"
        await pilot.press("j", "j", "k")
        assert pane.top == 1
        assert lines(pane)[0].startswith("2 ")
        await pilot.press("pagedown")
        assert pane.top == 22
        await pilot.press("pageup", "k")
        assert pane.top == 0


async def test_density_by_keys():
    app = gallery("twelve")
    async with app.run_test(size=(80, 24)) as pilot:
        pane = a_pane(app)
        seen = [pane.grid.density]
        for key in ("+", "+", "+", "_", "_"):
            await pilot.press(key)
            seen.append(pane.grid.density)
        assert seen == ["cards", "rows", "mosaic", "mosaic", "rows", "cards"]


async def test_a_filter_goes_by_name_and_state_and_keeps_the_pinned():
    app = gallery("semaphore", 0.35)
    async with app.run_test(size=(110, 40)) as pilot:
        pane = a_pane(app)
        pane.view = View(filter="worker 1")
        await pilot.pause()
        assert title(pane) == "Workers 11 of 21"
        pane.view = View(filter="lock", pinned=(3,))
        await pilot.pause()
        waiting = [worker.id for worker in app.trace.state(app.position).workers if worker.wants != -1]
        assert waiting
        assert list(pane.keyed()) == [3, *waiting][:9]
        pane.view = View(filter="no such worker")
        await pilot.pause()
        assert lines(pane)[0] == ""
        assert title(pane) == "Workers 0 of 21"


async def test_a_click_asks_to_follow():
    app = gallery("twelve")
    async with app.run_test(size=(80, 24)) as pilot:
        assert await pilot.click(WorkersPane, offset=(45, 3))
        assert await pilot.click(WorkersPane, offset=(5, 8))
    assert app.asked == [WorkerPicked(1), WorkerPicked(3)]


async def test_growing_does_not_lay_the_screen_out_anew():
    """While a run comes in, the number of lines changes with every frame."""
    app = gallery("many", 0.01)
    async with app.run_test(size=(80, 24)) as pilot:
        pane = a_pane(app)
        pane.density = "rows"
        spawns = [at for at in range(len(app.trace)) if app.trace.event(at).kind is Kind.SPAWN]
        pane.show(app.trace, spawns[60])
        await pilot.pause()
        assert pane.virtual_size.height == 60
        asked: list[bool] = []
        refresh = pane.refresh
        pane.refresh = lambda *regions, layout=False, **rest: (
            asked.append(layout) or refresh(*regions, layout=layout, **rest)
        )  # type: ignore[method-assign]
        pane.show(app.trace, spawns[90])
        assert pane.virtual_size.height == 90
        assert True not in asked
        assert pane.vertical_scrollbar.window_virtual_size == 90


async def test_the_scroll_bar_takes_its_room_when_it_comes():
    app = gallery("many", 0.001)
    async with app.run_test(size=(80, 24)) as pilot:
        pane = a_pane(app)
        pane.density = "rows"
        await pilot.pause()
        assert pane.columns == 76
        pane.show(app.trace, len(app.trace))
        await pilot.pause()
        await pilot.pause()
        assert pane.show_vertical_scrollbar
        assert pane.columns == 75
        assert all(strip.cell_length == 75 for strip in map(pane.render_line, range(pane.rows)))


async def test_names_are_text():
    app = gallery("hostile", 1)
    async with app.run_test(size=(120, 40)):
        shown = "\n".join(lines(a_pane(app)))
        for name in ("a[/b]c", "[@click=app.quit]x", "␛]0;x␇", "list[int]", "读者线程-七号工作者"):
            assert name in shown
        assert app.is_running


async def test_the_scroll_bar_does_not_come_and_go_for_ever():
    """At widths where a scroll bar would change the layout so that none is needed, the layout is settled all the same."""
    trace = canned.crowd(10)
    for width in range(44, 54):
        app = Gallery([WorkersPane()], trace, len(trace) // 2)
        async with app.run_test(size=(width, 18)) as pilot:
            await pilot.pause()
            pane = a_pane(app)
            seen = set()
            for _ in range(4):
                app.action_step(1)
                await pilot.pause()
                seen.add((pane.grid.density, pane.grid.columns, pane.show_vertical_scrollbar, pane.columns))
            assert len(seen) == 1
            assert pane.columns == pane.scrollable_content_region.width


async def test_pointing_at_a_tile_tells_who_it_is():
    app = gallery("many")
    async with app.run_test(size=(80, 24)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        below = footnote(pane)
        await pilot.hover(WorkersPane, offset=(2 + pane.grid.margin + 4 * pane.grid.pitch, 2))
        assert footnote(pane).startswith("worker 33: lock :8 wants locks[3]")
        await pilot.hover(WorkersPane, offset=(2, 20))
        assert footnote(pane) == below


async def test_a_mosaic_that_goes_on_below_says_how_many_are_in_each_state():
    app = gallery("many")
    async with app.run_test(size=(30, 12)) as pilot:
        pane = a_pane(app)
        await pilot.pause()
        assert pane.grid.density == "mosaic"
        *tiles, sums = lines(pane)
        assert "lock" in sums
        assert str(sum(worker.status is Status.LOCK for worker in pane._state.workers)) in sums
        shown = len(tiles) * pane.grid.columns
        assert footnote(pane).split()[1] == str(501 - shown)
        await pilot.click(WorkersPane, offset=(8, 10))
        assert not app.asked
        pane.scroll_end(animate=False)
        await pilot.pause()
        *tiles, sums = lines(pane)
        assert "lock" in sums
        assert footnote(pane) == ""
        last = tiles[-1] if tiles[-1].strip() else tiles[-2]
        assert last.split()[0] == str((501 - 1) // pane.grid.columns * pane.grid.columns)
