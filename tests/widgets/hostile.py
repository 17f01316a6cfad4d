"""Names such as strangers' programs may have, and a program that has them."""

from typing import Final

NAMES: Final = (
    "a[/b]c",
    "[@click=app.quit]x",
    "\x1b]0;x\x07",
    "list[int]",
    "读者线程-七号工作者",
    "a-very-long-name-that-no-card-can-show-whole-because-it-never-ends-0017",
    "\u202eevil\u202c",
    "two\nlines\tand a tab",
    "",
    "🚦 light",
    "e\u0301clair",
    "$primary {x} %s \\[b]",
)

SOURCE: Final = """\
import threading

lock = threading.Lock()  # [b]not bold[/b] 锁：互斥


def work():
    print("[@click=app.quit]x", "\\x1b]0;x\\x07", "\t[/]")
    with lock:
        pass


def main():
    for name in NAMES:
        threading.Thread(target=work, name=name).start()
"""
