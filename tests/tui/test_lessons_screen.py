"""The picker: what it lists, how it filters, what it opens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from concurrency_tui.locales.language import use
from concurrency_tui.scenarios.catalogue import Lesson, lesson
from concurrency_tui.tui.preview import Preview
from concurrency_tui.tui.recent import Opened, Recent
from concurrency_tui.tui.screens.lessons import Lessons
from concurrency_tui.tui.screens.stage import Stage
from concurrency_tui.widgets.objects import ObjectsPane
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from .. import canned
from .fakes import NOWHERE, Engine, Lab, settled


def lessons() -> tuple[Lesson, ...]:
    """Stand in for the catalogue, which goes on growing."""
    return tuple(map(lesson, ("deadlock", "semaphore-stalls", "traffic-light", "pool-callbacks")))


@pytest.fixture(autouse=True)
def _few_lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concurrency_tui.tui.screens.lessons.lessons", lessons)


@asynccontextmanager
async def picker(recent: Path = NOWHERE, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Lab, Pilot]]:
    """Yield the app at the lessons."""
    lab = Lab(Engine(lambda request: canned.traffic_light(3)), None, recent=recent)
    async with lab.run_test(size=size) as pilot:
        await pilot.pause()
        yield lab, pilot


async def ask(lab: Lab, pilot: Pilot, path: Path | str) -> None:
    """Ask for a path; typing it letter by letter would take its time."""
    await pilot.press("ctrl+o")
    lab.screen.query_one(Input).insert_text_at_cursor(str(path))
    await pilot.press("enter")


def titles(lab: Lab) -> list[str]:
    return [entry.target for entry in lab.screen._entries]


def chosen(lab: Lab) -> str:
    entry = lab.screen._chosen()
    return entry.target if entry else ""


async def test_all_lessons_are_listed_in_their_order() -> None:
    async with picker() as (lab, _pilot):
        assert titles(lab) == [lesson.name for lesson in lessons()]
        assert chosen(lab) == lessons()[0].name


async def test_typing_filters() -> None:
    async with picker() as (lab, pilot):
        await pilot.press(*"light")
        assert titles(lab) == ["traffic-light"]
        assert chosen(lab) == "traffic-light"
        await pilot.press("escape")
        assert len(titles(lab)) == len(lessons())


async def test_nothing_fits() -> None:
    async with picker() as (lab, pilot):
        await pilot.press(*"qqqq", "enter")
        assert titles(lab) == []
        assert isinstance(lab.screen, Lessons)


@pytest.mark.parametrize(("down", "up"), [("down", "up"), ("tab", "shift+tab")])
async def test_moving(down: str, up: str) -> None:
    async with picker() as (lab, pilot):
        names = titles(lab)
        await pilot.press(down, down)
        assert chosen(lab) == names[2]
        await pilot.press(up)
        assert chosen(lab) == names[1]


@pytest.mark.parametrize("key", ["enter", "f5"])
async def test_opening(key: str) -> None:
    async with picker() as (lab, pilot):
        await pilot.press(*"deadlock", key)
        await settled(pilot, lab)
        assert isinstance(lab.screen, Stage)
        assert lab.engine.requests[-1].target == "deadlock"


async def test_a_click_opens() -> None:
    async with picker() as (lab, pilot):
        await pilot.press(*"deadlock")
        await pilot.click(OptionList, offset=(6, 1))
        await settled(pilot, lab)
        assert isinstance(lab.screen, Stage)


async def test_going_back_leaves_the_choice() -> None:
    async with picker() as (lab, pilot):
        await pilot.press("down", "down")
        name = chosen(lab)
        await pilot.press("enter")
        await settled(pilot, lab)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(lab.screen, Lessons)
        assert chosen(lab) == name


async def test_the_preview_shows_words_and_picture() -> None:
    async with picker() as (lab, pilot):
        await pilot.press(*"light")
        preview = lab.screen.query_one(Preview)
        preview._run()
        while not preview.has_class("-alive"):
            await pilot.pause()
        pane = preview.query_one(ObjectsPane)
        assert pane.trace is not None
        assert pane.position > 0


@pytest.mark.parametrize("key", ["pagedown", "ctrl+down"])
async def test_turning_the_page(key: str) -> None:
    async with picker(size=(80, 24)) as (lab, pilot):
        words = lab.screen.query_one("#preview-words")
        while not words.max_scroll_y:
            await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        turned = words.scroll_offset.y
        assert turned > 0
        await pilot.press("pageup")
        await pilot.pause()
        assert words.scroll_offset.y < turned


async def test_what_was_opened_is_listed_and_opens_again(tmp_path: Path) -> None:
    script = tmp_path / "my [bold]script.py"
    script.write_text("print()", encoding="utf-8")
    recent = tmp_path / "recent.json"
    async with picker(recent) as (lab, pilot):
        await ask(lab, pilot, script)
        await settled(pilot, lab)
        assert isinstance(lab.screen, Stage)
        await pilot.press("escape")
        await pilot.pause()
        assert titles(lab)[-1] == str(script)
        await pilot.press(*"my [bold]", "enter")
        await settled(pilot, lab)
        assert isinstance(lab.screen, Stage)
    assert Recent(recent).read() == (Opened(str(script), "script"),)


async def test_a_script_that_has_gone_is_told(tmp_path: Path) -> None:
    recent = tmp_path / "recent.json"
    Recent(recent).add(Opened("/gone [/] away.py", "script"))
    async with picker(recent) as (lab, pilot):
        await pilot.press(*"gone", "enter")
        await pilot.pause()
        assert isinstance(lab.screen, Lessons)
        assert "gone" in "".join(str(notification.message) for notification in lab._notifications)


async def test_a_path_that_is_none_is_refused_where_it_was_typed(tmp_path: Path) -> None:
    async with picker() as (lab, pilot):
        await ask(lab, pilot, "/no/such.py")
        await pilot.pause()
        hint = lab.screen.query_one("#ask-hint")
        assert hint.has_class("-refused")
        assert "/no/such.py" in str(hint.render())
        await pilot.press("escape")
        assert isinstance(lab.screen, Lessons)


async def test_paths_are_completed(tmp_path: Path) -> None:
    (tmp_path / "abcdef.py").touch()
    (tmp_path / "abc.txt").touch()
    async with picker() as (lab, pilot):
        await pilot.press("ctrl+o")
        lab.screen.query_one(Input).insert_text_at_cursor(str(tmp_path / "ab"))
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("tab")
        assert lab.screen.query_one(Input).value == str(tmp_path / "abcdef.py")


async def test_a_saved_trace_opens(tmp_path: Path) -> None:
    from concurrency_tui.trace.file import save

    file = tmp_path / "run.jsonl"
    save(canned.deadlock(), file)
    async with picker() as (lab, pilot):
        await ask(lab, pilot, file)
        await lab.workers.wait_for_complete()
        await settled(pilot, lab)
        assert isinstance(lab.screen, Stage)
        assert lab.session.trace.header == canned.deadlock().header
        await pilot.press("end")
        assert lab.session.trace.state(lab.session.position).outcome == "deadlock"
        await pilot.press("left")
        assert lab.step < lab.session.trace.last_step


async def test_the_words_are_chinese() -> None:
    lab = Lab(Engine(lambda request: canned.traffic_light(3)), None)
    use("zh")
    async with lab.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = "\n".join(strip.text for strip in lab.screen._compositor.render_strips())
        assert "看什么" in text.replace(" ", "")


async def test_every_lesson_that_stays_chosen_gets_its_picture() -> None:
    async with picker() as (lab, pilot):
        preview = lab.screen.query_one(Preview)
        for count in (1, 2, 3):
            while len(preview._sessions) < count or not preview.has_class("-alive"):
                await pilot.pause()
            await pilot.press("down")
