"""The list of what was opened last."""

import os
from pathlib import Path

from concurrency_tui.tui.recent import KEPT, Opened, Recent


def test_the_newest_comes_first_and_nothing_twice(tmp_path):
    recent = Recent(tmp_path / "new" / "recent.json")
    for number in (1, 2, 1):
        recent.add(Opened(f"/{number}.py", "script"))
    assert [entry.target for entry in recent.read()] == ["/1.py", "/2.py"]


def test_only_so_many_are_kept(tmp_path):
    recent = Recent(tmp_path / "recent.json")
    for number in range(KEPT + 3):
        recent.add(Opened(f"/{number}.py", "script"))
    assert len(recent.read()) == KEPT


def test_a_damaged_list_is_an_empty_one(tmp_path):
    path = tmp_path / "recent.json"
    path.write_text('[{"target": 3}]')
    assert Recent(path).read() == ()


def test_a_device_is_left_alone():
    recent = Recent(Path(os.devnull))
    recent.add(Opened("/a.py", "script"))
    assert recent.read() == ()
    assert Path(os.devnull).is_char_device()
