"""Pictures of every screen and lesson at three sizes, in the dark and the light theme."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from concurrency_tui.scenarios.catalogue import Lesson, lesson
from concurrency_tui.scenarios.target import resolve
from concurrency_tui.tui.preview import Preview
from concurrency_tui.widgets.themes import LIGHT_NAME
from textual.pilot import Pilot

from .fakes import Engine, Lab, settled
from .moments import MOMENTS, position
from .recorded import recorded

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])

LESSONS = ("traffic-light", "semaphore-stalls", "deadlock", "pool-callbacks", "switch-cost")

Before = Callable[[Pilot], Awaitable[None]]


def staged(name: str, part: float) -> tuple[Lab, Before]:
    """Return the app on a lesson, and what brings the cursor to that part of it."""
    lab = Lab(Engine(recorded), resolve(name))

    async def before(pilot: Pilot) -> None:
        await settled(pilot, lab)
        lab.stage.go(position(lab.session.trace, part))
        await pilot.pause()

    return lab, before


@pytest.fixture
def picker(monkeypatch: pytest.MonkeyPatch) -> tuple[Lab, Before]:
    """Return the app at the lessons, with the first lesson's picture there."""

    def lessons() -> tuple[Lesson, ...]:
        return tuple(map(lesson, ("deadlock", "semaphore-stalls", "traffic-light", "pool-callbacks")))

    monkeypatch.setattr("concurrency_tui.tui.screens.lessons.lessons", lessons)
    lab = Lab(Engine(recorded), None)

    async def before(pilot: Pilot) -> None:
        await pilot.pause()
        preview = lab.screen.query_one(Preview)
        preview._run()
        while not preview.has_class("-alive"):
            await pilot.pause()
        await pilot.pause()

    return lab, before


@SIZES
def test_lessons(picker: tuple[Lab, Before], size: tuple[int, int], snap_compare: Callable) -> None:
    lab, before = picker
    assert snap_compare(lab, terminal_size=size, run_before=before)


@SIZES
@pytest.mark.parametrize("name", LESSONS)
def test_stage(name: str, size: tuple[int, int], snap_compare: Callable) -> None:
    lab, before = staged(name, MOMENTS[name])
    assert snap_compare(lab, terminal_size=size, run_before=before)


@SIZES
def test_help(size: tuple[int, int], snap_compare: Callable) -> None:
    lab, before = staged("deadlock", 1.0)
    assert snap_compare(lab, terminal_size=size, run_before=before, press=["question_mark"])


@pytest.mark.parametrize("name", ["deadlock", "traffic-light"])
def test_light_theme(name: str, snap_compare: Callable) -> None:
    lab, before = staged(name, MOMENTS[name])
    lab.theme = LIGHT_NAME
    assert snap_compare(lab, terminal_size=(120, 40), run_before=before)


@pytest.mark.parametrize("tab", ["output", "events", "waitfor", "lesson"])
def test_tabs(tab: str, snap_compare: Callable) -> None:
    lab, before = staged("deadlock", 1.0)
    tabs = ["output", "events", "waitfor", "lesson"]
    assert snap_compare(lab, terminal_size=(120, 40), run_before=before, press=["w"] * (1 + tabs.index(tab)))


@pytest.mark.parametrize("turns", range(1, 9))
def test_narrow_tabs(turns: int, snap_compare: Callable) -> None:
    lab, before = staged("deadlock", 1.0)
    assert snap_compare(lab, terminal_size=(80, 24), run_before=before, press=["w"] * turns)


def test_the_tree_of_runs(snap_compare: Callable) -> None:
    lab, before = staged("deadlock", 0.5)

    async def branched(pilot: Pilot) -> None:
        await before(pilot)
        await pilot.press("m", *"before it happens", "enter")
        keyed = lab.stage.panes.worker_pane.keyed()
        state = lab.session.trace.state(lab.session.position)
        for number, worker in enumerate(keyed, 1):
            if state.workers[worker].status == "ready":
                await pilot.press(str(number))
                await settled(pilot, lab)
        lab.clear_notifications()
        await pilot.press("b")
        await pilot.pause()

    assert snap_compare(lab, terminal_size=(120, 40), run_before=branched)


def test_a_question(snap_compare: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank.py").touch()
    (tmp_path / "run.jsonl").touch()
    lab, before = staged("deadlock", 1.0)
    assert snap_compare(lab, terminal_size=(120, 40), run_before=before, press=["o", "b"])


@pytest.mark.parametrize("name", ["crash", "flood", "loop", "exit"])
def test_a_program_that_goes_wrong(name: str, snap_compare: Callable, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    programs = {
        "crash": "import os, signal\nprint('so far, so good')\nos.kill(os.getpid(), signal.SIGSEGV)\n",
        "flood": "while True:\n    print('x' * 1000)\n",
        "loop": "print('thinking')\nwhile True:\n    pass\n",
        "exit": "import os\nprint('bye')\nos._exit(3)\n",
    }
    Path(f"{name}.py").write_text(programs[name], encoding="utf-8")
    target = resolve(f"{name}.py")
    lab = Lab(Engine(lambda request: recorded(impatient(request))), target)

    async def before(pilot: Pilot) -> None:
        await settled(pilot, lab)
        await pilot.press("end")
        await pilot.pause()

    assert snap_compare(lab, terminal_size=(120, 40), run_before=before)


def impatient(request):
    """Return a request that waits less long for a program that hangs."""
    import msgspec

    return msgspec.structs.replace(request, limits=msgspec.structs.replace(request.limits, stall_seconds=0.3))
