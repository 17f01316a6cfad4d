"""The app in a real terminal: it starts, is resized, and however it ends, terminal and processes are left in order."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .terminal import Terminal, wait_until_gone

Open = Callable[..., Terminal]

BUSY = "print('busy', flush=True)\nwhile True:\n    pass\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Return what opens a terminal; they are all closed at the end."""
    opened: list[Terminal] = []

    def begin(*arguments: str, **options: int) -> Terminal:
        opened.append(Terminal(*arguments, folder=tmp_path, **options))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def script(folder: Path, text: str) -> str:
    (folder / "script.py").write_text(text, encoding="utf-8")
    return "script.py"


def test_it_starts_at_the_lessons_and_quits(terminal: Open) -> None:
    one = terminal()
    one.until("concurrency-tui", "The tutorial", "Lesson")
    one.press("\x11")
    assert one.until_end() == 0
    assert one.restored()


def test_it_plays_a_lesson(terminal: Open) -> None:
    one = terminal("open", "deadlock")
    one.until("Workers", "playing")
    one.press("======")
    one.until("deadlocked")
    one.press("q")
    assert one.until_end() == 0
    assert one.restored()


@pytest.mark.parametrize("columns", [80, 200])
def test_it_is_resized(terminal: Open, columns: int) -> None:
    one = terminal("open", "deadlock", columns=120, rows=40)
    one.until("Workers", "Controls", "Wait-for")
    one.resize(columns, 24 if columns == 80 else 60)
    one.until("Workers", "Controls", "Wait-for")
    one.press("q")
    assert one.until_end() == 0


@pytest.mark.parametrize("key", ["q", "\x03", "\x11"])
def test_quitting_ends_the_child(terminal: Open, tmp_path: Path, key: str) -> None:
    one = terminal("open", script(tmp_path, BUSY), "--max-stall", "60")
    one.until("Workers", "busy")
    (child,) = one.children()
    one.press(key)
    assert one.until_end() == 0
    assert one.restored()
    wait_until_gone(child)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_in_order(terminal: Open, tmp_path: Path, number: signal.Signals) -> None:
    one = terminal("open", script(tmp_path, BUSY), "--max-stall", "60")
    one.until("Workers", "busy")
    (child,) = one.children()
    os.kill(one.pid, number)
    assert one.until_end() == 128 + number
    assert one.restored()
    wait_until_gone(child)


def test_a_terminal_that_goes_away_leaves_no_process(terminal: Open, tmp_path: Path) -> None:
    one = terminal("open", script(tmp_path, BUSY), "--max-stall", "60")
    one.until("Workers", "busy")
    (child,) = one.children()
    one.hang_up()
    assert one.until_end() == 128 + signal.SIGHUP
    wait_until_gone(child)


def test_being_killed_leaves_no_child(terminal: Open, tmp_path: Path) -> None:
    one = terminal("open", script(tmp_path, BUSY), "--max-stall", "60")
    one.until("Workers", "busy")
    (child,) = one.children()
    os.kill(one.pid, signal.SIGKILL)
    assert one.until_end() == -signal.SIGKILL
    wait_until_gone(child)


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", "SIGSEGV"),
        ("import os\nos._exit(3)\n", "failed"),
        ("raise ValueError('no good')\n", "no good"),
        ("def f(): f()\nf()\n", "RecursionError"),
        ("import sys\nsys.stdout.close()\nprint('x')\n", "ValueError"),
        ("while True: print('x' * 1000)\n", "limit"),
        ("while True: pass\n", "limit"),
    ],
)
def test_a_program_that_goes_wrong_is_shown_and_the_app_goes_on(
    terminal: Open, tmp_path: Path, program: str, words: str
) -> None:
    one = terminal("open", script(tmp_path, program), "--max-stall", "0.5", columns=160, rows=40)
    one.until("Workers")
    one.press("G")
    one.until(words)
    one.press("?")
    one.until("Move in time")
    one.press("\x1b")
    one.until("Workers")
    one.press("q")
    assert one.until_end() == 0
    assert one.restored()


def test_hostile_text_is_drawn_and_does_nothing(terminal: Open, tmp_path: Path) -> None:
    text = "a[/b]c list[int] [@click=app.quit]x \x1b]0;owned\x07 \x1b[2J\x9b31m"
    program = (
        f"import threading, sys\ntext = {text!r}\nprint(text)\nsys.stdout.buffer.write(b'\\xff\\xfe')\n"
        "def work(): raise ValueError(text)\nt = threading.Thread(target=work, name=text)\nt.start()\nt.join()\n"
    )
    one = terminal("open", script(tmp_path, program), columns=160, rows=40)
    one.until("Workers", "a[/b]c")
    one.press("G")
    one.until("ValueError")
    for _ in range(5):
        one.press("w")
        one.until("Why")
    assert b"\x1b]0;owned" not in one.drawn
    one.press("q")
    assert one.until_end() == 0
    assert one.restored()
    assert b"\x1b]0;owned" not in one.drawn
