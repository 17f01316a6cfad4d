"""The command line: what it prints, where to, and with which exit status."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from concurrency_tui.trace.file import load
from concurrency_tui.tui.cli import invoke

OK, FAILED, USAGE, DEADLOCK, LIMIT = range(5)

HOSTILE = "a[/b]c list[int] [@click=app.quit]x \x1b]0;x\x07 \x9b2J"


def script(folder: Path, text: str, name: str = "script.py") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict]:
    status = invoke(["run", *arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was written to standard error, which must be one line, and nothing elsewhere."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(r"concurrency-tui: [^\n]+\n", captured.err), captured.err
    return captured.err


def test_help_imports_nothing_of_weight() -> None:
    code = (
        "import sys\n"
        "from concurrency_tui.tui.cli import invoke\n"
        "for words in (['--help'], ['run', '--help'], ['open', '--help'], ['list', '--help'], ['--version']):\n"
        "    assert invoke(words) == 0\n"
        "heavy = {'textual', 'rich', 'gevent', 'greenlet', 'msgspec', 'asyncio'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "-- ARGS" in done.stdout
    for command in ("list", "open", "run"):
        assert re.search(rf"^  {command} ", done.stdout, re.MULTILINE)


def test_python_m_is_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "concurrency_tui", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"concurrency-tui \d+\.\d+\.\d+\n", done.stdout)


def test_lessons_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["list"]) == OK
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[0] for line in lines]
    assert {"deadlock", "semaphore-stalls", "traffic-light", "pool-callbacks"} <= set(names)
    assert invoke(["list", "--json"]) == OK
    listed = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in listed] == names
    assert all(entry["title"] for entry in listed)


def test_lessons_are_listed_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    invoke(["--lang", "zh", "list"])
    assert re.search(r"[\u4e00-\u9fff]", capsys.readouterr().out)


def test_a_deadlock_is_reported_with_its_cycle(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = report(capsys, "deadlock")
    assert status == DEADLOCK
    assert told["outcome"] == "deadlock"
    assert told["exit_status"] is None
    assert {link["waits_for"] for link in told["cycle"]} == {"mutexA", "mutexB"}
    assert len({link["worker"] for link in told["cycle"]}) == 2
    assert {link["held_by"] for link in told["cycle"]} == {link["worker"] for link in told["cycle"]}
    assert all(link["line"] > 0 for link in told["cycle"])


def test_a_parameter_makes_another_run(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = report(capsys, "deadlock", "--set", "lock=one RLock")
    assert status == OK
    assert (told["outcome"], told["exit_status"], told["cycle"]) == ("finished", 0, [])


def test_the_report_has_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    _, told = report(capsys, "traffic-light", "--set", "cars=3")
    assert {
        "outcome",
        "exit_status",
        "virtual_seconds",
        "steps",
        "workers",
        "schedule",
        "stdout",
        "stderr",
        "cycle",
    } <= set(told)
    assert told["virtual_seconds"] >= 3
    assert told["workers"] == 5
    assert told["steps"] > 10
    assert told["schedule"].startswith("ct1-")
    assert "car 2" in told["stdout"]
    assert told["stderr"] == ""


def test_a_schedule_code_makes_the_same_run_again(capsys: pytest.CaptureFixture[str]) -> None:
    _, first = report(capsys, "semaphore-stalls", "--seed", "41")
    _, again = report(capsys, "semaphore-stalls", "--schedule", first["schedule"])
    assert again == first
    _, other = report(capsys, "semaphore-stalls", "--seed", "42")
    assert other["stdout"] != first["stdout"]


def test_declared_costs_take_virtual_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(
        tmp_path,
        "from threading import Thread\n"
        "def work(loops):\n    pass\n"
        "for _ in range(2):\n    Thread(target=work, args=(3,)).start()\n",
    )
    assert report(capsys, path)[1]["virtual_seconds"] == 0
    assert report(capsys, path, "--cost", "work=1s * loops")[1]["virtual_seconds"] == 6
    assert report(capsys, path, "--cost", "work=1s", "--no-gil")[1]["virtual_seconds"] == 1
    assert report(capsys, path, "--cost", "work=1s", "--no-gil", "--cores", "1")[1]["virtual_seconds"] == 2
    assert report(capsys, path, "--thread-start", "1ms")[1]["virtual_seconds"] == 0.002
    short = report(capsys, path, "--cost", "work=1s", "--switch-interval", "1ms")[1]["steps"]
    assert short > 2 * report(capsys, path, "--cost", "work=1s")[1]["steps"]


def test_a_run_with_costs_is_in_its_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, trace = script(tmp_path, "def work():\n    pass\nwork()\n"), tmp_path / "run.jsonl"
    assert invoke(["run", path, "--cost", "work=10s", "--cores", "2", "--trace", str(trace)]) == OK
    capsys.readouterr()
    header = load(trace).header
    assert header.costs["work"].nanoseconds == 10**10
    assert header.model.cores == 2


def test_a_run_prints_its_output_and_one_line_about_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", "deadlock", "--set", "lock=one RLock"]) == OK
    captured = capsys.readouterr()
    assert "Thread-1 has mutexA" in captured.out
    assert re.fullmatch(r"concurrency-tui: finished, .* virtual seconds, .*, schedule ct1-\S+\n", captured.err)


def test_a_deadlock_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", "deadlock"]) == DEADLOCK
    told = capsys.readouterr().err
    assert re.search(r"deadlock: (\S+) waits for (mutex.), held by (\S+) .*; \3 waits for (mutex.), held by \1", told)


def test_plain_tells_the_run_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", "deadlock", "--plain"]) == DEADLOCK
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 20
    assert any("waits for mutexA" in line for line in lines)
    assert not any("\x1b" in line or "│" in line for line in lines)


def test_a_trace_is_written_and_can_be_reported_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "run.jsonl")
    assert invoke(["run", "deadlock", "--trace", file]) == DEADLOCK
    assert capsys.readouterr().out == ""
    trace = load(file)
    assert trace.complete
    assert trace.notice == ""
    assert trace.header.lines
    _, from_file = report(capsys, file)
    _, from_run = report(capsys, "deadlock")
    assert from_file == from_run


def test_arguments_after_the_dashes_are_the_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(tmp_path, "import sys; print(sys.argv[1:])")
    _, told = report(capsys, path)
    assert told["stdout"] == "[]\n"
    assert invoke(["run", path, "--json", "--", "--json", "a b", "--"]) == OK
    assert json.loads(capsys.readouterr().out)["stdout"] == "['--json', 'a b', '--']\n"


def test_a_module_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    package = tmp_path / "apackage"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "tool.py").write_text("import sys; print(__name__, sys.argv[1:])", encoding="utf-8")
    assert invoke(["run", "-m", "apackage.tool", "--json", "--", "x"]) == OK
    assert json.loads(capsys.readouterr().out)["stdout"] == "__main__ ['x']\n"


def test_a_failing_worker_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(tmp_path, "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\n")
    status, told = report(capsys, path)
    assert status == FAILED
    assert told["outcome"] == "failed"
    assert told["exit_status"] == 0
    assert told["errors"][0]["error"] == "ZeroDivisionError: division by zero"
    assert "ZeroDivisionError" in told["stderr"]


def test_a_status_of_its_own_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = report(capsys, script(tmp_path, "raise SystemExit(7)"))
    assert (status, told["outcome"], told["exit_status"]) == (FAILED, "failed", 7)


@pytest.mark.parametrize(
    ("text", "option", "reason"),
    [
        ("import time\nwhile True: time.sleep(0)", ("--max-steps", "50"), "50 steps"),
        ("import time\nwhile True: time.sleep(10)", ("--max-virtual-time", "100"), "100 virtual seconds"),
        ("import time\nwhile True: print('x' * 100)", ("--max-output", "1000"), "1,?000 bytes"),
        ("while True: pass", ("--max-stall", "0.2"), "0.2 s"),
    ],
)
def test_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, option: tuple, reason: str) -> None:
    status, told = report(capsys, script(tmp_path, text), *option)
    assert status == LIMIT
    assert told["outcome"] == "limit"
    assert re.search(reason, told["reason"])


def test_hostile_output_is_shown_and_does_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = script(
        tmp_path,
        "import sys, threading\n"
        f"text = {HOSTILE!r}\n"
        "print(text)\n"
        "print(text, file=sys.stderr)\n"
        "sys.stdout.buffer.write(b'\\xff\\xfe\\n')\n"
        "def work(): raise ValueError(text)\n"
        "threading.Thread(target=work, name=text).start()\n",
    )
    for option in ([], ["--plain"], ["--json"]):
        assert invoke(["run", path, *option]) == FAILED
        captured = capsys.readouterr()
        for stream in (captured.out, captured.err):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", stream)
        assert "a[/b]c list[int] [@click=app.quit]x" in captured.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "say what to run"),
        (["run", "no-such-lesson"], "no lesson or file"),
        (["run", "deadlok"], "deadlock"),
        (["run", "/no/such/file.py"], "no file"),
        (["run", "-m", "no.such.module"], "no.such"),
        (["run", "deadlock", "-m", "this"], "not both"),
        (["run", "deadlock", "extra"], "extra"),
        (["run", "deadlock", "--set", "workers"], "NAME=VALUE"),
        (["run", "deadlock", "--set", "wokers=3"], "did you mean workers"),
        (["run", "deadlock", "--set", "workers=many"], "workers"),
        (["run", "deadlock", "--set", "workers=-1"], "workers"),
        (["run", "deadlock", "--set", "lock=none"], "one RLock"),
        (["run", "deadlock", "--seed", "x"], "--seed"),
        (["run", "deadlock", "--cost", "work"], "write NAME=DURATION"),
        (["run", "deadlock", "--cost", "worker=1s"], "the program has no such function"),
        (["run", "deadlock", "--cost", "main=1"], "one of the units ns, us, ms and s"),
        (["run", "deadlock", "--switch-interval", "0ms"], "is not above 0"),
        (["run", "deadlock", "--thread-start", "fast"], "one of the units"),
        (["run", "deadlock", "--schedule", "ct1-XXXX"], "schedule code"),
        (["run", "deadlock", "--schedule", "ct1-0001-088", "--seed", "1"], "do not go together"),
        (["run", "deadlock", "--strategy", "luck"], "round-robin"),
        (["run", "deadlock", "--max-virtual-time", "nan"], "max-virtual-time"),
        (["run", "deadlock", "--max-stall", "-1"], "max-stall"),
        (["run", "deadlock", "--json", "--plain"], "do not go together"),
        (["run", "deadlock", "--nonsense"], "--nonsense"),
        (["nonsense"], "nonsense"),
        (["open"], "say what to run"),
        (["open", "no-such-lesson"], "no lesson or file"),
        (["open", "deadlock"], "terminal"),
        ([], "terminal"),
    ],
)
def test_wrong_usage_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert invoke(arguments) == USAGE
    assert words in one_line(capsys)


def test_a_syntax_error_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", script(tmp_path, "print('a'\nx = = 1\n")]) == USAGE
    assert re.search(r"script\.py:1: ", one_line(capsys))


def test_a_trace_is_not_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "run.jsonl")
    invoke(["run", "deadlock", "--trace", file])
    capsys.readouterr()
    assert invoke(["run", file, "--seed", "3"]) == USAGE
    assert "--seed does not apply" in one_line(capsys)


def test_a_schedule_of_another_program_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from concurrency_tui.trace.schedule_code import Schedule, encode

    path = script(tmp_path, "print()")
    assert invoke(["run", path, "--schedule", encode(Schedule(choices=(0, 5)))]) == USAGE
    assert "does not fit this program" in capsys.readouterr().err


def test_a_cut_off_trace_is_reported_up_to_its_last_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "run.jsonl"
    invoke(["run", "deadlock", "--trace", str(file)])
    file.write_bytes(file.read_bytes()[:-200])
    capsys.readouterr()
    assert invoke(["run", str(file), "--plain"]) != OK
    captured = capsys.readouterr()
    assert "cut off" in captured.err
    assert len(captured.out.splitlines()) > 10


def start(*arguments: str, **options: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "concurrency_tui", "run", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(number) for number in file.read().split()]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_end_it_and_its_child_quietly(tmp_path: Path, number: signal.Signals, status: int) -> None:
    path = script(tmp_path, "print('here', flush=True)\nwhile True: pass")
    with start(path, "--max-stall", "60") as process:
        assert process.stdout.readline() == b"here\n"
        (child,) = children(process.pid)
        process.send_signal(number)
        assert process.wait(10) == status
        assert process.stderr.read() == b""
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = script(tmp_path, "for number in range(10_000): print(number)")
    with start(path) as process:
        assert process.stdout.readline() == b"0\n"
        process.stdout.close()
        assert process.wait(20) == 141
        assert process.stderr.read() == b""


def test_generators_are_workers_where_that_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = script(tmp_path, "def count():\n    yield 1\n    yield 2\n\nprint(*count())\n")
    for options, workers in (((), 1), (("--generators",), 2)):
        status, told = report(capsys, path, *options)
        assert (status, told["workers"], told["stdout"]) == (OK, workers, "1 2\n")
    file = tmp_path / "run.jsonl"
    assert invoke(["run", path, "--generators", "--trace", str(file)]) == OK
    assert load(file).header.generators
    assert invoke(["run", str(file), "--generators"]) == USAGE
    assert "--generators does not apply" in capsys.readouterr().err
