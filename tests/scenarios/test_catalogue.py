"""Every lesson is whole in both languages; a broken one is named with its file and what is wrong."""

import re
import shutil

import pytest
from concurrency_tui.scenarios import catalogue
from concurrency_tui.scenarios.check import problems
from concurrency_tui.scenarios.folder import LessonError, load

LESSONS = catalogue.lessons()
FIRST = ("deadlock", "semaphore-stalls", "traffic-light", "pool-callbacks")


def test_lessons_come_in_the_tutorials_order():
    names = [lesson.name for lesson in LESSONS]
    assert [name for name in names if name in FIRST] == list(FIRST)
    sections = [lesson.section or 1000 for lesson in LESSONS]
    assert sections == sorted(sections)
    assert catalogue.lesson("deadlock") is LESSONS[names.index("deadlock")]
    with pytest.raises(KeyError):
        catalogue.lesson("deadlok")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_lesson_is_whole(lesson):
    assert problems(lesson.folder) == []
    assert lesson.words("en") != lesson.words("zh")


@pytest.mark.parametrize(("lang", "title"), [("zh", "死锁"), ("zh_CN.UTF-8", "死锁"), ("ZH-Hans", "死锁")])
def test_a_language_is_found_by_its_code(lang, title):
    assert catalogue.lesson("deadlock").words(lang).title.startswith(title)


@pytest.mark.parametrize("lang", ["fr", "C", "", "en_GB"])
def test_there_is_always_english(lang):
    assert catalogue.lesson("deadlock").words(lang) is catalogue.lesson("deadlock").words("en")


@pytest.fixture
def folder(tmp_path):
    """A copy of a lesson, to break."""
    return shutil.copytree(catalogue.lesson("deadlock").folder, tmp_path / "mine")


def read(folder):
    """Read all of a lesson."""
    lesson = load(folder)
    return lesson.words(), lesson.parameters


def broken(folder):
    """Return what is wrong with a lesson, without the path of its folder."""
    with pytest.raises(LessonError) as raised:
        read(folder)
    message = str(raised.value)
    assert "\n" not in message
    return message.removeprefix(f"{folder}/")


def test_a_copy_is_a_lesson(folder):
    lesson = load(folder)
    assert (lesson.name, lesson.section, lesson.hero) == ("mine", 11, "Lock")
    assert lesson.words("zh").title.startswith("死锁")


def test_a_translation_may_be_missing(folder):
    (folder / "lesson.zh.md").unlink()
    assert load(folder).words("zh") == load(folder).words("en")


@pytest.mark.parametrize("name", ["lesson.toml", "lesson.en.md", "program.py"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert broken(folder) == f"{name}: No such file or directory"


@pytest.mark.parametrize("name", ["lesson.toml", "lesson.en.md", "lesson.zh.md", "program.py"])
def test_a_file_that_is_no_text_is_named(folder, name):
    (folder / name).write_bytes(b"ab\xff")
    assert broken(folder) == f"{name}: not UTF-8: invalid start byte at byte 2"


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("lesson.toml", "section = 11", "section = eleven", r"Invalid value \(at line 1, column 11\)"),
        ("lesson.toml", "section = 11", "section = '11'", r"Expected `int`, got `str` - at `\$.section`"),
        ("lesson.toml", "section = 11", "section = -1", r"Expected `int` >= 0 - at `\$.section`"),
        ("lesson.toml", "order = 10\n", "", "Object missing required field `order`"),
        ("lesson.toml", "hero =", "heroine =", "Object contains unknown field `heroine`"),
        ("lesson.toml", "step = 0.5", "step = 0", r"parameters.hold: Expected `int` >= 1 - at `\$.step`"),
        (
            "lesson.toml",
            "maximum = 500",
            "maximum = 5",
            "parameters.workers: the default does not fit: workers = 10: .*",
        ),
        ("lesson.toml", "[parameters.hold]", "[parameters.held]", "parameters.held: main has no such parameter"),
        ("lesson.toml", 'en = "hold", ', "", "parameters.hold: label.en is missing"),
        ("lesson.toml", '"one RLock" =', '"one Lock" =', "parameters.lock: there is no choice one Lock"),
        ("lesson.toml", "[parameters.lock]", "[parameters.lock]\nstep = 1", "parameters.lock: step is for numbers, .*"),
        ("program.py", "hold: float = 2.0, ", "", "parameters.hold: main has no such parameter"),
        (
            "program.py",
            "workers: int = 10",
            "workers: int = 10, extra: int = 1",
            "parameters.extra: label.en is missing",
        ),
        ("program.py", "def main(", "def main((", r".*\(<unknown>, line \d+\)"),
        ("lesson.en.md", "## Try next", "## Try", r"line \d+: the heading is ## Try instead of ## Try next"),
        ("lesson.zh.md", "## 试一试", "## 试", r"line \d+: the heading is ## 试 instead of ## 试一试"),
    ],
)
def test_what_is_wrong_is_named(folder, name, old, new, complaint):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    blamed = "lesson.toml" if complaint.startswith("parameters") else name
    assert re.fullmatch(f"{blamed}: {complaint}", broken(folder))


def test_an_option_may_have_a_name_in_another_language():
    (lock,) = [parameter for parameter in catalogue.lesson("deadlock").parameters if parameter.name == "lock"]
    assert lock.named("one RLock", "zh") == "一把 RLock"
    assert lock.named("one RLock") == lock.named("one RLock", "fr") == "one RLock"


def test_names_of_options_differ():
    for each in catalogue.lessons():
        for parameter in each.parameters:
            for lang in ("en", "zh"):
                named = [parameter.named(choice, lang) for choice in parameter.choices]
                assert len(set(named)) == len(named)
