"""`check-lesson`: all that is wrong is told, each on a line, and what the program does when it runs."""

import re
import shutil
from pathlib import Path

import pytest
from concurrency_tui.scenarios.catalogue import lesson
from concurrency_tui.scenarios.check import problems
from concurrency_tui.scenarios.target import resolve
from concurrency_tui.tui.cli import invoke
from concurrency_tui.tui.opening import remembered

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a lesson, to break."""
    return shutil.copytree(lesson("deadlock").folder, tmp_path / "mine")


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Run the command; return its status and what it says, without the path of the folder."""
    status = invoke(["check-lesson", str(folder)])
    said = capsys.readouterr().out.replace(f"{folder}/", "")
    return status, said.splitlines()


def test_a_whole_lesson_is_run_with_each_choice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, (default, other, verdict) = check(folder, capsys)
    assert (status, verdict) == (0, "mine: nothing is wrong")
    assert default.startswith("defaults: deadlock: ")
    assert other.startswith("lock = one RLock: finished, 20 virtual seconds, ")


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("lesson.toml", "hero = ", "hero = 5 #", "lesson.toml: Expected `str`, got `int` - at `$.hero`"),
        ("lesson.toml", "tags = ", "tags = [] #", "tags is empty"),
        ("lesson.toml", ', zh = "', ', fr = "', "label.zh is missing"),
        ("lesson.toml", "maximum = ", "# ", "maximum is missing, and the control panel needs it"),
        ("program.py", "import time\n", "import concurrency_tui.trace\n", "imports nothing of"),
        ("program.py", "import time\n", "from concurrency_tui import trace\n", "imports nothing of"),
        ("program.py", "def main(", "def start(", "main has no such parameter"),
        ("lesson.en.md", "- ", "- Set depth to 3. ", "depth is set in the text, but no control has this label"),
        ("lesson.zh.md", "\n- ", "\n\n* ", "there are other list items than in English"),
        ("lesson.zh.md", "`", "‘", "stands in one language and not in the other"),
    ],
)
def test_what_is_wrong_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, complaint: str
) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    if "Set depth" in new:
        head, tail = text.split("## Try next")
        path.write_text(f"{head}## Try next{tail.replace(old, new, 1)}", "utf-8")
    else:
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    status, lines = check(folder, capsys)
    assert status == 1
    assert any(complaint in line for line in lines), lines
    assert re.fullmatch(r"mine: \d+ problems?", lines[-1])


def test_all_problems_are_told_at_once(folder: Path) -> None:
    (folder / "lesson.zh.md").unlink()
    (folder / "program.py").write_text("def main() -> None: pass\n", "utf-8")
    toml = folder / "lesson.toml"
    toml.write_text(toml.read_text("utf-8").split("[parameters", maxsplit=1)[0], "utf-8")
    said = "\n".join(problems(folder))
    assert "a docstring should say" in said
    assert "missing, so the words are shown in English" in said
    assert "no control has this label" in said


def test_a_name_that_is_none_is_told(folder: Path) -> None:
    (problem,) = problems(folder.rename(folder.with_name("My Lesson")))
    assert "small letters, digits and single hyphens" in problem


def test_a_program_that_fails_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "program.py"
    path.write_text(path.read_text("utf-8").replace("import time\n", "import nothing_like_this\n"))
    status, (first, *_) = check(folder, capsys)
    assert status == 1
    assert first.startswith("defaults: failed: MainThread: ModuleNotFoundError")


def test_a_hero_that_never_comes_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "lesson.toml"
    path.write_text(re.sub(r'hero = ".*"', 'hero = "Barrier"', path.read_text("utf-8")))
    status, lines = check(folder, capsys)
    assert status == 1
    assert lines[-2] == "lesson.toml: no Barrier comes into play; hero is one of Lock, Process, RLock, Thread"


def test_a_program_that_is_another_one_each_time_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "program.py"
    count = folder / "count"
    more = f'open({str(count)!r}, "a").write("."); print(len(open({str(count)!r}).read()))'
    path.write_text(path.read_text("utf-8").replace("import time\n", f"import time\n{more}\n"))
    status, lines = check(folder, capsys)
    assert status == 1
    assert any("the same seed does not make the same run" in line for line in lines)


def test_there_must_be_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["check-lesson", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_lesson_is_opened_by_its_folder(folder: Path) -> None:
    target = resolve(str(folder))
    assert (target.kind, target.lesson and target.lesson.name) == ("lesson", "mine")
    opened = remembered(target)
    assert opened is not None
    assert opened.target == str(folder)
    assert remembered(resolve("deadlock")) is None


def test_the_example_of_the_documentation_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs/lessons.md").read_text("utf-8")
    found = re.findall(r"^```(python|toml|markdown)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    blocks = dict(reversed(found))  # the first of each is the example's
    gate = tmp_path / "gate"
    gate.mkdir()
    (gate / "program.py").write_text(blocks["python"])
    (gate / "lesson.toml").write_text(blocks["toml"])
    words = re.sub(r"^(## .*)$", r"\1\n\nWords.", blocks["markdown"], flags=re.MULTILINE)
    (gate / "lesson.en.md").write_text(words)
    english = ("What it is", "What to watch", "Try next", "What surprises people")
    for heading, chinese in zip(english, ("这是什么", "看什么", "试一试", "出人意料"), strict=True):
        words = words.replace(heading, chinese)
    (gate / "lesson.zh.md").write_text(words)
    status, (default, verdict) = check(gate, capsys)
    assert (status, verdict) == (0, "gate: nothing is wrong")
    assert default.startswith("defaults: finished, 1 virtual seconds, ")
