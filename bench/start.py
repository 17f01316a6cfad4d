"""How long until a person sees the first frame, beside a plain Textual app of ten widgets.

`python bench/start.py [RUNS] [COLUMNSxROWS]`. Each app starts in a pseudo-terminal of its own, in turn with the others,
so that a machine that is slow for a while is slow for all of them. The first frame is there when a text that only a
drawn frame has can be read from the terminal. The ratio is the median over the rounds; `bench/README.md` has its
target.
"""

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

HERE = Path(__file__).parent
PATIENCE = 20.0
"""Seconds after which an app is taken for broken."""


class App(NamedTuple):
    """What to start, and how to know that it is on the screen."""

    name: str
    command: list[str]
    sign: bytes


APPS = (
    App("ten widgets", [str(HERE / "ten_widgets.py")], b"The first frame is there."),
    App("open traffic-light", ["-m", "concurrency_tui", "open", "traffic-light"], b"Workers"),
    App("the lessons", ["-m", "concurrency_tui"], b"Lesson"),
)


class BrokenAppError(Exception):
    """An app ended, or drew nothing in time. The text has what it wrote instead."""


def first_frame(app: App, columns: int, rows: int, environment: Mapping[str, str]) -> float:
    """Start an app, wait for its first frame, and end it; return the seconds until then. Raises BrokenAppError."""
    terminal, its_side = pty.openpty()
    fcntl.ioctl(its_side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *app.command],
        stdin=its_side,
        stdout=its_side,
        stderr=its_side,
        start_new_session=True,
        env={**environment, "COLUMNS": str(columns), "LINES": str(rows)},
    )
    os.close(its_side)
    try:
        return _wait_for(app, terminal, start)
    finally:
        process.terminate()
        _drain(terminal)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(terminal)


def _wait_for(app: App, terminal: int, start: float) -> float:
    written = b""
    while perf_counter() - start < PATIENCE:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            data = os.read(terminal, 65_536)
        except OSError:
            break  # the app has gone, and its side of the terminal with it
        written += data
        if app.sign in written:
            return perf_counter() - start
    tail = written[-2000:].decode("utf-8", "replace")
    raise BrokenAppError(f"{app.name} drew no first frame; it wrote: {tail!r}")


def _drain(terminal: int) -> None:
    """Take in what an ending app still writes, so that it does not hang on a full terminal."""
    try:
        while select.select([terminal], [], [], 2.0)[0]:
            os.read(terminal, 65_536)
    except OSError:
        pass


def main() -> None:
    """Measure and print a line for each app."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    columns, rows = map(int, sys.argv[2].split("x")) if len(sys.argv) > 2 else (120, 40)
    seconds: dict[str, list[float]] = {app.name: [] for app in APPS}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": home}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            environment[name] = home
        # Without its compiled modules, which the first round leaves behind, our app would be compiled at each start.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(runs + 1):
            for app in APPS:
                taken = first_frame(app, columns, rows, environment)
                if turn:  # the first round warms the disk's cache
                    seconds[app.name].append(taken)
    print(f"first frame, {columns}x{rows}, median of {runs}")
    base = seconds[APPS[0].name]
    for name, times in seconds.items():
        ratio = statistics.median(one / other for one, other in zip(times, base, strict=True))
        print(f"{name:<20} {statistics.median(times) * 1000:6.0f} ms  {ratio:5.2f}x  (min {min(times) * 1000:.0f})")


if __name__ == "__main__":
    main()
