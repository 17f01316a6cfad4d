"""A terminal for tests: starts a program on a pty, reads what it draws, sends it keys and signals."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

PATIENCE = 20.0
"""Seconds after which what is waited for is not going to come."""


class Terminal:
    """The command line of this project on a pty of its own."""

    def __init__(self, *arguments: str, folder: Path, columns: int = 100, rows: int = 30) -> None:
        self.drawn = b""
        self.status: int | None = None
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "XDG_STATE_HOME": str(folder),
            "LANG": "en_US.UTF-8",
        }
        self._controller, terminal = pty.openpty()
        self.resize(columns, rows, tell=False)
        self.before = termios.tcgetattr(terminal)
        self.terminal = terminal
        self.pid = os.fork()
        if not self.pid:
            try:
                os.login_tty(terminal)
                os.chdir(folder)
                os.execvpe(sys.executable, [sys.executable, "-m", "concurrency_tui", *arguments], environment)
            finally:
                os._exit(127)

    def until(self, *texts: str) -> None:
        """Read until every text has been drawn, in any order."""
        self._read_until(lambda: all(text.encode() in self.drawn for text in texts), texts)

    def until_end(self) -> int:
        """Read until the program has ended; return its exit status, or minus the signal's number."""
        self._read_until(self._ended, "the end")
        assert self.status is not None
        return self.status

    def press(self, keys: str) -> None:
        """Send keys as the terminal would. What was drawn so far is forgotten."""
        self.drawn = b""
        os.write(self._controller, keys.encode())

    def resize(self, columns: int, rows: int, *, tell: bool = True) -> None:
        """Change the size of the window."""
        self.drawn = b""
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if tell:
            os.kill(self.pid, signal.SIGWINCH)

    def children(self) -> list[int]:
        """Return the processes that the program has started and that are alive."""
        return [int(number) for number in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def restored(self) -> bool:
        """Tell whether the terminal is as it was before the program began: its modes, its screen, its cursor."""
        return (
            termios.tcgetattr(self.terminal)[:4] == self.before[:4]
            and self.drawn.rfind(b"\x1b[?1049l") > self.drawn.rfind(b"\x1b[?1049h")
            and self.drawn.rfind(b"\x1b[?25h") > self.drawn.rfind(b"\x1b[?25l")
        )

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        os.close(self.terminal)
        os.close(self._controller)
        self._controller = self.terminal = -1

    def close(self) -> None:
        """End everything."""
        if self.status is None and not self._ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._controller >= 0:
            os.close(self._controller)
            os.close(self.terminal)

    def _ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def _read_until(self, done, wanted: object) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise AssertionError(f"{wanted!r} did not come; last was {self.drawn[-2000:]!r}")
            if self._controller < 0:
                os.sched_yield()
                continue
            readable, _, _ = select.select([self._controller], [], [], 0.02)
            if readable:
                self.drawn += os.read(self._controller, 65536)


def gone(process: int) -> bool:
    """Tell whether a process has ended: it does not exist, or only waits to be reaped."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until_gone(process: int) -> None:
    """Wait for a process that is none of ours to end."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        assert select.select([watched], [], [], PATIENCE)[0]
    finally:
        os.close(watched)
