"""The interface speaks the language of the command line, of the environment, or the one that a key switches to."""

import json
import re
from collections.abc import Callable

import pytest
from concurrency_tui.locales.language import LANGUAGES, current, speaking
from concurrency_tui.locales.words import _
from concurrency_tui.scenarios.catalogue import lesson, lessons
from concurrency_tui.scenarios.target import resolve
from concurrency_tui.tui.bindings import EVERYWHERE, LESSONS, STAGE, TOPICS
from concurrency_tui.tui.cli import invoke
from concurrency_tui.tui.commands import spoken
from concurrency_tui.tui.footer import KeyLine
from concurrency_tui.tui.preview import Preview
from concurrency_tui.tui.screens.branches import BranchTree
from concurrency_tui.tui.screens.help import Help
from concurrency_tui.widgets.events import EventsPane
from concurrency_tui.widgets.lesson import LessonPane
from concurrency_tui.widgets.prose import Prose
from textual.pilot import Pilot
from textual.widget import Widget

from .fakes import Engine, Lab, settled
from .moments import MOMENTS, position
from .recorded import recorded

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def said(lab: Lab) -> str:
    """Return everything that is on screen, without the blanks that follow wide characters."""
    return "\n".join(strip.text for strip in lab.screen._compositor.render_strips())


def words_of(screen: Widget) -> str:
    """Return what the footer and the title of a screen on top say."""
    box = screen.query("#help, #branches").first()
    return f"{box.border_title} {screen.query_one(KeyLine).render()}"


async def switch(pilot: Pilot, key: str = "f2") -> None:
    """Press the key that switches the language, and wait until all is said again."""
    await pilot.press(key)
    for _turn in range(4):
        await pilot.pause()
    pilot.app.clear_notifications()
    await pilot.pause()


def staged(name: str = "deadlock", lang: str = "en") -> Lab:
    """Return the app on a lesson."""
    return Lab(Engine(recorded), resolve(name), lang=lang)


async def go(pilot: Pilot, lab: Lab, name: str = "deadlock") -> None:
    """Bring the cursor to where there is most to see."""
    await settled(pilot, lab)
    lab.stage.go(position(lab.session.trace, MOMENTS[name]))
    await pilot.pause()


@pytest.mark.parametrize("key", ["f2", "ctrl+l"])
async def test_a_key_switches_everything_on_the_stage_and_back(key: str) -> None:
    lab = staged()
    async with lab.run_test(size=(160, 50)) as pilot:
        await go(pilot, lab)
        english = said(lab)
        await switch(pilot, key)
        assert current() == "zh"
        chinese = said(lab)
        for word in ("Workers", "Objects", "Timeline", "Controls", "paused", "SIMULATED", "waits", "held by", "step"):
            assert word in english
            assert word not in chinese, word
        for word in ("工作者", "对象", "时间线", "控制", "暂停", "模拟", "死锁", "持有者"):
            assert word in chinese, word
        await switch(pilot, key)
        assert said(lab) == english


@pytest.mark.parametrize("tabs", range(1, 5))
async def test_every_tab_is_said_again(tabs: int) -> None:
    lab = staged()
    async with lab.run_test(size=(120, 40)) as pilot:
        await go(pilot, lab)
        await pilot.press(*["w"] * tabs)
        await pilot.pause()
        await switch(pilot)
        switched = said(lab)
        assert CHINESE.search(switched)
    with speaking("zh"):
        fresh = staged(lang="zh")
        async with fresh.run_test(size=(120, 40)) as pilot:
            await go(pilot, fresh)
            await pilot.press(*["w"] * tabs)
            await pilot.pause()
            assert said(fresh) == switched


async def test_a_pane_out_of_sight_is_said_again_too() -> None:
    lab = staged()
    async with lab.run_test(size=(120, 40)) as pilot:
        await go(pilot, lab)
        await pilot.press("w", "w")
        await pilot.pause()
        assert not CHINESE.search(said(lab))
        await pilot.press("W", "W")
        await switch(pilot)
        await pilot.press("w", "w")
        await pilot.pause()
        events = lab.screen.query_one(EventsPane)
        assert all(CHINESE.search(events.render_line(row).text) for row in range(1, 4))


async def test_the_lesson_and_the_controls_follow() -> None:
    lab = staged("traffic-light")
    words = {lang: lesson("traffic-light").words(lang).title for lang in LANGUAGES}
    labels = {lang: lesson("traffic-light").parameters[0].label(lang) for lang in LANGUAGES}
    async with lab.run_test(size=(160, 50)) as pilot:
        await settled(pilot, lab)
        for lang in ("en", "zh", "en"):
            assert words[lang] in lab.screen.query_one(LessonPane).query(Prose).first()._text
            assert labels[lang] in said(lab)
            await switch(pilot)


async def test_the_lessons_follow_and_the_chosen_one_stays() -> None:
    lab = Lab(Engine(recorded), None)
    async with lab.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down")
        await pilot.pause()
        chosen = lab.screen._chosen().target
        assert "The tutorial" in said(lab)
        await switch(pilot, "ctrl+l")
        assert lab.screen._chosen().target == chosen
        assert lesson(chosen).words("zh").what[:4] in said(lab)
        assert "The tutorial" not in said(lab)
        await switch(pilot, "ctrl+l")
        assert lab.screen._chosen().target == chosen
        assert "The tutorial" in said(lab)


@pytest.mark.parametrize(("key", "screen"), [("question_mark", Help), ("b", BranchTree)])
async def test_a_screen_on_top_follows(key: str, screen: type[Widget]) -> None:
    lab = staged()
    async with lab.run_test(size=(120, 40)) as pilot:
        await go(pilot, lab)
        below = said(lab)
        await pilot.press(key)
        await pilot.pause()
        on_top = words_of(lab.screen)
        await switch(pilot)
        assert isinstance(lab.screen, screen)
        assert CHINESE.search(words_of(lab.screen))
        await switch(pilot)
        assert words_of(lab.screen) == on_top
        await pilot.press("escape")
        await pilot.pause()
        assert said(lab) == below


async def test_a_run_in_the_tree_is_called_in_the_language_of_now() -> None:
    lab = staged()
    async with lab.run_test(size=(120, 40)) as pilot:
        await go(pilot, lab)
        await switch(pilot)
        assert lab.session.shown.reason() == "第一次运行"


def test_every_key_has_words_in_every_language() -> None:
    with speaking("zh"):
        for binding in (*STAGE, *LESSONS, *EVERYWHERE):
            assert CHINESE.search(_(binding.description)), binding.description
            assert CHINESE.search(_(binding.tooltip)), binding.tooltip
        assert all(CHINESE.search(_(topic.description)) for topic in TOPICS)


# The command line.


@pytest.mark.parametrize("variable", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_environment_decides(
    variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "zh_CN.UTF-8")
    invoke(["--help"])
    assert "选项" in capsys.readouterr().out
    invoke(["--lang", "en", "--help"])
    assert not CHINESE.search(capsys.readouterr().out)


@pytest.mark.parametrize("command", ["", "open", "run", "list"])
def test_help_is_chinese_from_first_to_last(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    invoke(["--lang", "zh", *command.split(), "--help"])
    told = capsys.readouterr().out
    assert "用法：" in told
    for word in ("Usage", "Options", "Commands", "Show", "exit", "Stop after"):
        assert word not in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "no-such-lesson"],
        ["run", "deadlock", "--seed", "x"],
        ["run", "deadlock", "--set", "workers=0"],
        ["run", "deadlock", "--schedule", "ct1-000"],
        ["run", "deadlock", "--no-such-option"],
        ["run"],
        ["no-such-command"],
        ["run", "a", "b"],
    ],
    ids=" ".join,
)
def test_errors_are_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--lang", "zh", *arguments]) == 2
    assert CHINESE.search(capsys.readouterr().err)


def test_a_run_in_sentences_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    invoke(["--lang", "zh", "run", "deadlock", "--set", "workers=2", "--plain"])
    for line in capsys.readouterr().out.splitlines():
        assert CHINESE.search(line), line


def test_the_end_of_a_run_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    invoke(["--lang", "zh", "run", "deadlock"])
    assert "死锁" in capsys.readouterr().err


def test_lessons_are_listed_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    invoke(["--lang", "zh", "list"])
    assert len(CHINESE.findall(capsys.readouterr().out)) > len(lessons())


@pytest.mark.parametrize("arguments", [["list", "--json"], ["run", "deadlock", "--json"]], ids=" ".join)
def test_json_has_no_language(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for lang in LANGUAGES:
        invoke(["--lang", lang, *arguments])
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert json.loads(told[0])


def test_a_trace_has_no_language(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang in LANGUAGES:
        invoke(["--lang", lang, "run", "deadlock", "--trace", str(tmp_path / lang)])
    capsys.readouterr()
    assert (tmp_path / "en").read_bytes() == (tmp_path / "zh").read_bytes()


def test_what_click_says_is_what_we_have_translated() -> None:
    """A word that click no longer has would be translated in vain."""
    from pathlib import Path

    folder = Path(spoken.click.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    words = [*spoken.CLICK, *(word for pair in spoken.CLICK_COUNTED for word in pair)]
    assert [word for word in words if word not in source] == []


# Pictures.

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


@SIZES
@pytest.mark.parametrize("name", ["deadlock", "traffic-light", "pool-callbacks"])
def test_stage_in_chinese(name: str, size: tuple[int, int], snap_compare: Callable) -> None:
    lab = staged(name, lang="zh")

    async def before(pilot: Pilot) -> None:
        await go(pilot, lab, name)

    assert snap_compare(lab, terminal_size=size, run_before=before)


@SIZES
@pytest.mark.parametrize("key", ["question_mark", "b"], ids=["help", "branches"])
def test_screens_in_chinese(key: str, size: tuple[int, int], snap_compare: Callable) -> None:
    lab = staged(lang="zh")

    async def before(pilot: Pilot) -> None:
        await go(pilot, lab)
        await pilot.press(key)
        await pilot.pause()

    assert snap_compare(lab, terminal_size=size, run_before=before)


@SIZES
def test_lessons_in_chinese(size: tuple[int, int], snap_compare: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple(map(lesson, ("deadlock", "semaphore-stalls", "traffic-light", "pool-callbacks")))
    monkeypatch.setattr("concurrency_tui.tui.screens.lessons.lessons", lambda: few)

    async def before(pilot: Pilot) -> None:
        await pilot.pause()
        preview = lab.screen.query_one(Preview)
        preview._run()
        while not preview.has_class("-alive"):
            await pilot.pause()
        await pilot.pause()

    lab = Lab(Engine(recorded), None, lang="zh")
    assert snap_compare(lab, terminal_size=size, run_before=before)
