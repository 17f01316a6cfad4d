"""The lesson's words are set as text and as nothing else."""

from concurrency_tui.widgets.lesson import LessonPane, Passage
from textual.widgets import Static

from .gallery_objects import stand


def _texts(app) -> list[str]:
    return [str(static.render()) for static in app.query(Static)]


async def test_lines_become_paragraphs_and_lists_stay_lists() -> None:
    app = stand("lesson", "daemon", 0)
    async with app.run_test(size=(60, 30)) as pilot:
        text = "One\ntwo.\n\nThree.\n- a\n- b\nstill b\n中文\n换行"
        await app.query_one(LessonPane).tell("T", [Passage("H", text), Passage("left out", " ")])
        await pilot.pause()
        assert _texts(app) == ["T", "H", "One two.\n\nThree.\n- a\n- b still b 中文换行"]


async def test_nothing_in_the_words_acts() -> None:
    app = stand("lesson", "daemon", 0)
    async with app.run_test(size=(60, 30)) as pilot:
        await app.query_one(LessonPane).tell("[b]T[/]", [Passage("[@click=app.quit]H", "a[/b]c \x1b[2J\u202e")])
        await pilot.pause()
        assert _texts(app) == ["[b]T[/]", "[@click=app.quit]H", "a[/b]c ␛[2J\\u202e"]


def test_looks(snap_compare) -> None:
    assert snap_compare(stand("lesson", "daemon", 0), terminal_size=(44, 20))
