"""What a person names is found, or refused in one line that helps; nothing of it is run or imported."""

import json
import os
import sys

import msgspec
import pytest
from concurrency_tui.scenarios.target import Target, TargetError, resolve
from concurrency_tui.trace.header import FORMAT, Header

TRAP = "raise SystemExit('this was run')\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """An empty present folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(text):
    with pytest.raises(TargetError) as raised:
        resolve(text)
    message = str(raised.value)
    assert message.isprintable(), "one line, and nothing in it acts on a terminal"
    return message


class TestLessons:
    def test_a_lesson_is_found_by_its_name(self):
        found = resolve("deadlock")
        assert (found.kind, found.name) == ("lesson", "deadlock")
        assert found.lesson is not None
        assert found.path == found.lesson.path
        assert [parameter.name for parameter in found.parameters] == ["workers", "hold", "lock"]

    def test_it_wins_over_a_file_of_its_name(self, here):
        (here / "deadlock").write_text("x = 1")
        assert resolve("deadlock").kind == "lesson"
        assert resolve("./deadlock").kind == "script"

    def test_a_near_miss_is_named(self):
        assert refusal("deadlok") == "there is no lesson or file deadlok; did you mean deadlock?"

    def test_a_far_miss_is_told_where_to_look(self):
        assert refusal("xyzzy") == "there is no lesson or file xyzzy; `concurrency-tui list` shows the lessons"


class TestScripts:
    def test_a_script_is_read_and_not_run(self, here):
        (here / "job.py").write_text(TRAP + "def main(n: int = 3): ...")
        found = resolve("job.py")
        assert (found.kind, found.name, str(found.path)) == ("script", "job.py", "job.py")
        assert [(parameter.name, parameter.default) for parameter in found.parameters] == [("n", 3)]

    @pytest.mark.parametrize("name", ["tool", "a b.py", "-odd.py", "λ.py"])
    def test_any_name_will_do(self, here, name):
        (here / name).write_text("x = 1")
        assert resolve(f"./{name}") == Target(kind="script", name=f"./{name}", path=here.__class__(name))

    def test_an_absolute_path_and_a_link_will_do(self, here):
        (here / "job.py").write_text("x = 1")
        (here / "link.py").symlink_to("job.py")
        assert resolve(str(here / "link.py")).kind == "script"

    @pytest.mark.parametrize(
        "source",
        [
            b"",
            b"\xef\xbb\xbfx = 1\r\n",
            b"# -*- coding: latin-1 -*-\nname = '\xe9'\n",
            "#!/usr/bin/python\n# vim: set fileencoding=gbk :\n名 = '车'\n".encode("gbk"),
            b"pattern = '\\d'\nx = 1 is 1\n",
            b"\f\nasync def main(n=1): return [await x async for x in n]\n",
        ],
        ids=["empty", "byte order mark", "latin-1", "gbk", "warnings", "async"],
    )
    def test_source_is_read_as_the_interpreter_reads_it(self, here, source):
        (here / "job.py").write_bytes(source)
        assert resolve("job.py").kind == "script"

    @pytest.mark.parametrize(
        ("source", "complaint"),
        [
            (b"x = 1\ndef main(:\n", "job.py:2: invalid syntax"),
            (b"x = (\n", "job.py:1: '(' was never closed"),
            (b"if 1:\nx = 1\n", "job.py:2: expected an indented block after 'if' statement on line 1"),
            (b"x = 1\nreturn x\n", "job.py:2: 'return' outside function"),
            (b"a\0b", "job.py: not Python source, it contains null bytes"),
            (b"\x7fELF\x02\x01\x01\0\0", "job.py: not Python source, it contains null bytes"),
            (
                b"x = 1\ny = '\xff'\n",
                "job.py:2: byte 0xff is not utf-8; save the file as UTF-8, or declare its encoding",
            ),
            (
                b"# coding: ascii\nx = '\xe9'\n",
                "job.py:2: byte 0xe9 is not ascii; save the file as UTF-8, or declare its encoding",
            ),
        ],
    )
    def test_what_is_no_python_is_named_with_its_line(self, here, source, complaint):
        (here / "job.py").write_bytes(source)
        assert refusal("job.py") == complaint

    @pytest.mark.parametrize(
        "source",
        [
            b"# coding: klingon\n",
            b"# coding: rot13\n",
            b"\xef\xbb\xbf# coding: latin-1\n",
            b"x = " + b"(" * 10_000,
            b"x = " + b"-" * 100_000 + b"1",
            b"x = " + b"1+" * 100_000 + b"1",
            b"x = " + b"9" * 5000,
            b"\x1b]0;title\x07",
        ],
        ids=["unknown", "no text", "contradiction", "brackets", "signs", "sums", "digits", "escapes"],
    )
    def test_hostile_source_is_refused(self, here, source):
        (here / "job.py").write_bytes(source)
        assert refusal("job.py").startswith("job.py:")

    def test_a_huge_file_is_not_read_as_source(self, here):
        with (here / "job.py").open("wb") as file:
            file.truncate(2**40)
        assert refusal("job.py") == "job.py: too large for a Python script"


class TestWhatIsThereButWillNotDo:
    def test_a_folder(self, here):
        (here / "package").mkdir()
        assert refusal("package") == "package is a folder; name a file in it"
        (here / "package/__main__.py").touch()
        assert refusal("package/") == "package/ is a folder; name a file in it, such as package/__main__.py"

    def test_a_pipe_is_not_waited_for(self, here):
        os.mkfifo(here / "pipe")
        assert refusal("pipe") == "pipe is not a file"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_that_may_not_be_read(self, here):
        (here / "secret.py").touch(0)
        assert refusal("secret.py") == "secret.py: Permission denied"

    def test_other_json(self, here):
        (here / "package.json").write_text('{"format": "something else"}')
        assert refusal("package.json") == "package.json is neither a Python script nor a saved trace"


class TestWhatIsNotThere:
    def test_near_files_are_named(self, here):
        (here / "sub").mkdir()
        (here / "sub/worker.py").touch()
        assert refusal("sub/workers.py") == "there is no file sub/workers.py; did you mean sub/worker.py?"
        assert refusal("sub/quux.py") == "there is no file sub/quux.py"
        assert refusal("nowhere/worker.py") == "there is no file nowhere/worker.py"

    def test_a_near_lesson_comes_before_a_near_file(self, here):
        (here / "deadlok.py").touch()
        assert refusal("deadlok") == "there is no lesson or file deadlok; did you mean deadlock or deadlok.py?"

    def test_a_file_is_no_folder(self, here):
        (here / "job.py").touch()
        assert refusal("job.py/x.py") == "there is no file job.py/x.py"

    @pytest.mark.parametrize("text", ["\0", "a\0b.py", "\x1b[2J", "x\ny.py", "\u202e.py", "\udcff", "n" * 5000])
    def test_hostile_names(self, text):
        assert len(refusal(text)) < 600

    def test_nothing(self):
        assert refusal("") == "name a lesson, a script, or a saved trace"


class TestModules:
    def test_a_module_of_the_present_folder_is_found_and_not_imported(self, here):
        (here / "trapped").mkdir()
        (here / "trapped/__init__.py").write_text(TRAP)
        (here / "trapped/job.py").write_text(TRAP + "def main(n: int = 3): ...")
        found = resolve("-m trapped.job")
        assert (found.kind, found.name, found.module) == ("module", "-m trapped.job", "trapped.job")
        assert found.path is not None
        assert found.path.resolve() == here / "trapped/job.py"
        assert [parameter.name for parameter in found.parameters] == ["n"]
        assert "trapped" not in sys.modules
        assert resolve(found.name) == found

    def test_a_package_is_its_main(self, here):
        (here / "pack/inner").mkdir(parents=True)
        (here / "pack/__main__.py").write_text(TRAP)
        (here / "pack/inner/__main__.py").write_text(TRAP)
        assert resolve("-m pack").path == here / "pack/__main__.py"
        assert resolve("-mpack.inner").path == here / "pack/inner/__main__.py"

    def test_modules_that_are_installed_are_found(self):
        assert str(resolve("-m json.tool").path).endswith("json/tool.py")
        assert str(resolve("-m concurrency_tui.tui.cli").path).endswith("tui/cli.py")

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("-m nowhere", "-m nowhere: there is no such module"),
            ("-m json.nowhere", "-m json.nowhere: there is no such module"),
            ("-m json.tool.deeper", "-m json.tool.deeper: there is no such module"),
            ("-m sys", "-m sys: it has no Python source"),
            ("-m logging", "-m logging: it is a package without a __main__ module, so it cannot be run"),
            ("-m", "-m '': write the name of a module, such as package.module"),
            ("-m .job", "-m .job: write the name of a module, such as package.module"),
            ("-m job.py", "-m job.py: there is no such module; without -m it would be a file"),
            ("-m a\0b", r"-m 'a\x00b': there is no such module"),
        ],
    )
    def test_what_cannot_be_run_is_refused(self, here, text, complaint):
        (here / "job.py").touch()
        assert refusal(text) == complaint

    def test_a_module_with_broken_source_is_refused(self, here):
        (here / "broken.py").write_text("def main(:\n")
        assert refusal("-m broken").endswith("broken.py:1: invalid syntax")


class TestTraces:
    @pytest.mark.parametrize("name", ["run.jsonl", "run", "run.py"])
    def test_a_trace_is_known_by_its_first_line(self, here, name):
        header = msgspec.json.encode(Header(target="deadlock", parameters={"workers": 3}))
        (here / name).write_bytes(header + b'\n["spawn", 1, 0]\n\xff\0')
        assert resolve(name) == Target(kind="trace", name=name, path=here.__class__(name))

    def test_a_header_written_otherwise_is_known_too(self, here):
        (here / "run").write_text(json.dumps({"version": 1, "target": "x", "format": FORMAT}, indent=None))
        assert resolve("run").kind == "trace"

    def test_a_header_that_is_cut_off_is_for_the_loader_to_judge(self, here):
        (here / "run").write_bytes(msgspec.json.encode(Header(target="deadlock"))[:50])
        assert resolve("run").kind == "trace"
