"""Every key of the stage does what the help says it does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from concurrency_tui.trace.events import NONE
from concurrency_tui.trace.file import load
from concurrency_tui.trace.schedule_code import decode
from concurrency_tui.tui.bindings import EVERYWHERE, LESSONS, STAGE, TOPICS
from concurrency_tui.tui.player import start
from concurrency_tui.tui.screens.ask import Ask
from concurrency_tui.tui.screens.branches import BranchTree
from concurrency_tui.tui.screens.help import Help
from concurrency_tui.tui.screens.lessons import Lessons
from concurrency_tui.widgets.controls_rows import ControlRow
from concurrency_tui.widgets.topline import Topline
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Tree

from .. import canned
from .fakes import Engine, Lab, settled, toy


@asynccontextmanager
async def staged(engine: Engine | None = None, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Lab, Pilot]]:
    """Yield the app with a run on the stage."""
    lab = Lab(engine or Engine(toy()))
    async with lab.run_test(size=size) as pilot:
        await settled(pilot, lab)
        yield lab, pilot


def canned_engine(name: str) -> Engine:
    return Engine(lambda request: canned.ALL[name]())


def test_every_action_has_two_keys_a_name_and_words() -> None:
    bindings = (*STAGE, *LESSONS, *EVERYWHERE)
    assert len({binding.id for binding in bindings}) == len(bindings)
    for binding in bindings:
        assert binding.tooltip
        assert binding.description
        assert binding.group in TOPICS
        if not binding.action.startswith("choose("):
            assert len(binding.key.split(",")) == 2, binding


@pytest.mark.parametrize("table", [STAGE, LESSONS])
def test_no_key_means_two_things(table: tuple[Binding, ...]) -> None:
    keys = [key.key for binding in (*table, *EVERYWHERE) for key in Binding.make_bindings([binding])]
    shared = {key for key in keys if keys.count(key) > 1}
    assert shared <= ({"escape"} if table is LESSONS else set())


@pytest.mark.parametrize(("on", "back"), [("right", "left"), ("full_stop", "comma")])
async def test_step(on: str, back: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(on, on, on)
        assert lab.step == 3
        await pilot.press(back)
        assert lab.step == 2


@pytest.mark.parametrize(("last", "first"), [("end", "home"), ("G", "g")])
async def test_start_and_end(last: str, first: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(last)
        assert lab.session.position == len(lab.session.trace)
        await pilot.press(first)
        assert lab.session.position == start(lab.session.trace)


@pytest.mark.parametrize("key", ["space", "f5"])
async def test_play_and_pause(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key)
        assert lab.stage.player.playing
        lab.time.tick(2.0)
        lab.stage._tick()
        assert lab.step > 3
        await pilot.press(key)
        assert not lab.stage.player.playing


async def test_play_at_the_end_begins_again() -> None:
    async with staged() as (lab, pilot):
        await pilot.press("end", "space")
        assert lab.step <= 1
        assert lab.stage.player.playing


@pytest.mark.parametrize(("faster", "slower"), [("=", "-"), ("]", "[")])
async def test_speed(faster: str, slower: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(faster, faster)
        assert lab.stage.player.speed == 4
        await pilot.press(slower)
        assert lab.stage.player.speed == 2


@pytest.mark.parametrize(("on", "back"), [("c", "C"), ("ctrl+right", "ctrl+left")])
async def test_interesting_events(on: str, back: str) -> None:
    async with staged(canned_engine("deadlock")) as (lab, pilot):
        marks = list(lab.session.trace.marks.positions)
        await pilot.press(on, on)
        assert lab.session.position == marks[1]
        await pilot.press(back)
        assert lab.session.position == marks[0]
        await pilot.press(back)
        assert lab.session.position == start(lab.session.trace)


@pytest.mark.parametrize(("on", "back"), [("n", "N"), ("ctrl+down", "ctrl+up")])
async def test_statements_of_the_followed_worker(on: str, back: str) -> None:
    async with staged(canned_engine("deadlock")) as (lab, pilot):
        lab.stage.follow(1)
        await pilot.press(on, on)
        second = lab.session.position
        event = lab.session.trace.event(second - 1)
        assert event.worker == 1
        await pilot.press(on)
        assert lab.session.position > second
        await pilot.press(back)
        assert lab.session.position == second


async def test_a_number_runs_the_worker_of_that_number() -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(5))
        await pilot.press("3")
        await settled(pilot, lab)
        assert lab.session.trace.event(lab.session.position - 1).worker == 2
        assert lab.step == 6


async def test_a_number_that_nobody_has_is_told() -> None:
    async with staged() as (lab, pilot):
        await pilot.press("9")
        await pilot.pause()
        assert "no worker has the number 9" in notices(lab)


async def test_a_worker_inside_a_thread_is_refused_with_the_reason() -> None:
    async with staged(canned_engine("nested")) as (lab, pilot):
        lab.stage.go(len(lab.session.trace) - 1)
        await pilot.press("2")
        await pilot.pause()
        assert "Task-1 runs inside MainThread" in notices(lab)


@pytest.mark.parametrize("key", ["i", "I"])
async def test_workers_inside_threads_are_folded_away_and_shown_again(key: str) -> None:
    async with staged(canned_engine("nested")) as (lab, pilot):
        lab.stage.go(len(lab.session.trace))
        workers = lab.stage.panes.worker_pane
        shown = []
        for _ in range(3):
            shown.append(len(workers._order))
            await pilot.press(key)
        assert shown == [16, 4, 16]


async def test_the_key_that_folds_is_there_only_where_there_is_something_to_fold() -> None:
    for name, there in (("nested", True), ("deadlock", False)):
        async with staged(canned_engine(name)) as (lab, _pilot):
            lab.stage.go(len(lab.session.trace))
            assert lab.stage.check_action("fold", ()) is there


async def test_a_blocked_worker_is_refused_with_the_reason() -> None:
    async with staged(canned_engine("deadlock")) as (lab, pilot):
        marks = lab.session.trace.marks
        lab.stage.go(next(at for at in marks.positions if lab.session.trace.event(at - 1).kind == "wait"))
        await pilot.press("2")
        await pilot.pause()
        assert "waits for mutexB, held by Thread-2" in notices(lab)
        assert len(lab.engine.requests) == 1


@pytest.mark.parametrize("key", ["enter", "d"])
async def test_the_followed_worker_runs(key: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(5))
        lab.stage.follow(3)
        await pilot.press(key)
        await settled(pilot, lab)
        assert lab.session.trace.event(lab.session.position - 1).worker == 3


@pytest.mark.parametrize(("undo", "redo"), [("u", "Z"), ("z", "U")])
async def test_undo_and_redo(undo: str, redo: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(5))
        first = lab.session.shown
        await other(lab, pilot)
        second = lab.session.shown
        assert second is not first
        await pilot.press(undo)
        await settled(pilot, lab)
        assert lab.session.shown is first
        await pilot.press(redo)
        await settled(pilot, lab)
        assert lab.session.shown is second


@pytest.mark.parametrize("key", ["0", "a"])
async def test_the_strategy_decides_again(key: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(5))
        await other(lab, pilot)
        lab.stage.go(lab.session.trace.end_of_step(4))
        await pilot.press(key)
        await settled(pilot, lab)
        assert len(lab.session.settings.choices) == 4


@pytest.mark.parametrize("key", ["b", "B"])
async def test_the_tree_of_runs(key: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(5))
        first = lab.session.shown
        await other(lab, pilot)
        await pilot.press(key)
        assert isinstance(lab.screen, BranchTree)
        labels = [str(node.label) for node in lab.screen.query_one(Tree).root.children[0].children]
        assert any("at step 6" in label for label in labels)
        await pilot.press("up", "enter")
        await settled(pilot, lab)
        assert lab.session.shown is first


@pytest.mark.parametrize("key", ["r", "f9"])
async def test_again(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press("end", key)
        await settled(pilot, lab)
        assert len(lab.engine.requests) == 2
        assert lab.engine.requests[0] == lab.engine.requests[1]
        assert lab.step <= 1
        assert lab.stage.player.playing


@pytest.mark.parametrize("key", ["R", "ctrl+r"])
async def test_new_seed(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key)
        await settled(pilot, lab)
        assert lab.engine.requests[-1].seed == 1
        assert row(lab, "engine.seed").control.value == 1


@pytest.mark.parametrize("key", ["slash", "ctrl+f"])
async def test_filter(key: str) -> None:
    async with staged(canned_engine("traffic_light")) as (lab, pilot):
        await pilot.press("end", key, *"car 1", "enter")
        assert lab.stage.panes.view.filter == "car 1"
        names = [lab.session.trace.state(lab.session.position).workers[one].name for one in keyed(lab)]
        assert names
        assert all("1" in name for name in names)
        await pilot.press(key, "x", "escape")
        assert lab.stage.panes.view.filter == "car 1"


@pytest.mark.parametrize("key", ["f", "ctrl+t"])
async def test_follow(key: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(6))
        running = lab.session.trace.state(lab.session.position).running
        await pilot.press(key)
        assert lab.stage.panes.view.followed == running
        await pilot.press(key)
        assert lab.stage.panes.view.followed == NONE


@pytest.mark.parametrize(("after", "before"), [("J", "K"), ("F", "ctrl+b")])
async def test_follow_another(after: str, before: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press("end", after, after)
        assert lab.stage.panes.view.followed == 1
        await pilot.press(before)
        assert lab.stage.panes.view.followed == 0
        await pilot.press(before)
        assert lab.stage.panes.view.followed == 3


@pytest.mark.parametrize("key", ["p", "P"])
async def test_pin(key: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(6))
        lab.stage.follow(2)
        await pilot.press(key)
        assert lab.stage.panes.view.pinned == (2,)
        assert keyed(lab)[0] == 2
        await pilot.press(key)
        assert lab.stage.panes.view.pinned == ()


@pytest.mark.parametrize(("denser", "larger"), [("plus", "underscore"), (">", "<")])
async def test_density(denser: str, larger: str) -> None:
    async with staged() as (lab, pilot):
        pane = lab.stage.panes.worker_pane
        assert pane.grid.density == "cards"
        await pilot.press(denser)
        assert pane.density == "rows"
        await pilot.press(larger)
        assert pane.density == "cards"


@pytest.mark.parametrize(("on", "back"), [("w", "W"), ("ctrl+pagedown", "ctrl+pageup")])
async def test_tabs(on: str, back: str) -> None:
    async with staged() as (lab, pilot):
        assert lab.stage.query_one("#why").display
        await pilot.press(on)
        assert not lab.stage.query_one("#why").display
        assert lab.stage.query_one("#output").display
        await pilot.press(back, back)
        assert lab.stage.query_one("#lesson").display


async def test_tabs_of_a_narrow_screen() -> None:
    async with staged(size=(80, 24)) as (lab, pilot):
        shown = []
        for _ in range(9):
            shown.append(next(pane.id for pane in lab.stage.panes._in_sight() if pane.id != "alone-why"))
            if len(shown) == 7:
                break
            await pilot.press("w")
        assert shown == ["workers", "objects", "timeline", "source", "output", "events", "waitfor"]
        await pilot.press("w")
        assert lab.stage.query_one("#controls").display
        assert lab.stage.query_one("#alone-why").display


async def test_a_tab_can_be_clicked() -> None:
    async with staged() as (lab, pilot):
        await pilot.click("#detail-tabs", offset=(8, 0))
        assert lab.stage.query_one("#output").display


@pytest.mark.parametrize("key", ["m", "M"])
async def test_bookmark(key: str) -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(6))
        await pilot.press(key, *"look [here", "enter")
        (bookmark,) = lab.session.shown.bookmarks
        assert (bookmark.note, bookmark.step) == ("look [here", 6)
        await pilot.press("home", "c")
        assert lab.session.position == bookmark.position
        await pilot.press("end", "b")
        tree = lab.screen.query_one(Tree)
        assert "look [here" in str(tree.root.children[0].children[0].label)
        await pilot.press("down", "enter")
        await settled(pilot, lab)
        assert lab.step == 6


@pytest.mark.parametrize("key", ["y", "Y"])
async def test_copy_the_code(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert decode(lab.clipboard).seed == 0
        assert lab.clipboard in notices(lab)


@pytest.mark.parametrize("key", ["s", "ctrl+s"])
async def test_save(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with staged() as (lab, pilot):
        await pilot.press(key, "enter")
        await lab.workers.wait_for_complete()
        (file,) = tmp_path.iterdir()
        assert file.name == "toy-seed0.jsonl"
        assert len(load(file)) == len(lab.session.trace)
        await pilot.press(key)
        assert lab.screen.query_one(Input).value == "toy-seed0-2.jsonl"


async def test_a_file_is_replaced_only_when_asked_for_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("precious")
    async with staged() as (lab, pilot):
        await pilot.press("s", "ctrl+u", "x", "enter")
        assert isinstance(lab.screen, Ask)
        assert (tmp_path / "x").read_text() == "precious"
        await pilot.press("enter")
        await lab.workers.wait_for_complete()
        assert load(tmp_path / "x").complete


async def test_a_changed_parameter_runs_at_once() -> None:
    async with staged() as (lab, pilot):
        row(lab, "workers").focus()
        await pilot.press("right", "right")
        await asked(lab, pilot, 2)
        assert [request.parameters["workers"] for request in lab.engine.requests] == [3, 5]
        assert row(lab, "workers").has_focus


async def test_changes_one_after_another_all_run() -> None:
    async with staged() as (lab, pilot):
        row(lab, "workers").focus()
        for count in (4, 5, 6):
            await pilot.press("right")
            lab.stage._apply()
            await settled(pilot, lab)
            assert lab.engine.requests[-1].parameters["workers"] == count
        row(lab, "workers").focus()
        await pilot.press("left")
        await asked(lab, pilot, 5)
        assert lab.engine.requests[-1].parameters["workers"] == 5


async def test_the_strategy_can_be_changed() -> None:
    async with staged() as (lab, pilot):
        row(lab, "engine.strategy").focus()
        await pilot.press("right")
        await asked(lab, pilot, 2)
        assert lab.engine.requests[-1].strategy == "round-robin"


async def test_a_click_on_a_worker_follows_it() -> None:
    async with staged() as (lab, pilot):
        await pilot.press("end")
        await pilot.click("#workers", offset=(5, 2))
        assert lab.stage.panes.view.followed == 0


async def test_the_scrub_bar_seeks() -> None:
    async with staged() as (lab, pilot):
        await pilot.click("#transport", offset=(60, 0))
        assert start(lab.session.trace) < lab.session.position < len(lab.session.trace)
        await pilot.click("#transport", offset=(17, 0))
        assert lab.session.position == len(lab.session.trace)


async def test_a_click_on_a_key_in_the_footer_is_the_key() -> None:
    async with staged() as (lab, pilot):
        await pilot.click("KeyLine", offset=(2, 0))
        assert lab.stage.player.playing


async def test_the_footer_shows_only_what_works_now() -> None:
    async with staged() as (lab, pilot):
        assert "undo" not in footer(lab)
        lab.stage.go(lab.session.trace.end_of_step(5))
        await other(lab, pilot)
        await pilot.pause()
        assert "undo" in footer(lab)
        await pilot.press("end")
        await pilot.pause()
        assert "run worker" not in footer(lab)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_names_every_key(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key)
        assert isinstance(lab.screen, Help)
        text = "\n".join(strip.text for strip in lab.screen._compositor.render_strips())
        assert "Play the run, or pause it." in text
        await pilot.press("escape")
        assert lab.stage


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_back_to_the_lessons(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(lab.screen, Lessons)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_quit(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert not lab.is_running


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_the_palette_has_every_action(key: str) -> None:
    async with staged() as (lab, pilot):
        await pilot.press(key, *"copy code")
        found = lab.screen.query_one(OptionList)
        while found.option_count != 1:
            await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert lab.clipboard.startswith("ct1-")


async def test_the_palette_finds_bookmarks_whatever_is_in_their_notes() -> None:
    async with staged() as (lab, pilot):
        lab.stage.go(lab.session.trace.end_of_step(6))
        lab.session.bookmark("a[/b]c [@click=app.quit]")
        await pilot.press("home", "ctrl+p", *"bookmark: a")
        found = lab.screen.query_one(OptionList)
        while found.option_count != 1:
            await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert lab.step == 6


async def test_escape_leaves_a_control_before_it_leaves_the_stage() -> None:
    async with staged() as (lab, pilot):
        row(lab, "workers").focus()
        await pilot.press("escape")
        assert lab.focused is lab.stage.panes.worker_pane


async def test_a_run_that_fails_is_shown_and_the_app_goes_on() -> None:
    async with staged(canned_engine("failure")) as (lab, pilot):
        await pilot.press("end")
        assert "failed" in line(lab.stage.query_one(Topline))
        await pilot.press("home", "right")
        assert lab.step == 1


async def test_it_is_remembered_what_runs_on_the_way_back() -> None:
    async with staged() as (lab, pilot):
        await pilot.press("right", "right", "escape")
        await pilot.pause()
        lab.switch_mode("stage")
        await pilot.pause()
        assert lab.step == 2


async def asked(lab: Lab, pilot: Pilot, runs: int) -> None:
    """Wait until the engine has been asked for so many runs, and the last one is there."""
    while len(lab.engine.requests) < runs:
        await pilot.pause()
    await settled(pilot, lab)


async def other(lab: Lab, pilot: Pilot) -> None:
    """Choose a worker that would not have run next."""
    from concurrency_tui.tui.choices import next_decider

    chosen = next_decider(lab.session.trace, lab.session.position)
    workers = keyed(lab)
    await pilot.press(str(1 + workers.index(next(worker for worker in workers if worker not in (0, chosen)))))
    await settled(pilot, lab)


def keyed(lab: Lab) -> list[int]:
    return list(lab.stage.panes.worker_pane.keyed())


def row(lab: Lab, name: str) -> ControlRow:
    return next(row for row in lab.stage.query(ControlRow) if row.control.name == name)


def notices(lab: Lab) -> str:
    return "\n".join(str(notification.message) for notification in lab._notifications)


def footer(lab: Lab) -> str:
    return str(lab.screen.query_one("KeyLine").render())


def line(topline: Topline) -> str:
    return topline.render_line(0).text
