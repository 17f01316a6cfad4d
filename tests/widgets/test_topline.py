"""The line at the top: the least important parts go first when it is too short."""

import pytest
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import State
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.topline import Playing, Topline, arranged, pieces
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned
from .gallery import Gallery

PLAYING = Playing(title="Deadlock and RLock", playing=False, speed="1.0x", code="ct1-7K2Q-0F9M")


def drawn(width: int, playing: Playing = PLAYING, state: State | None = None, engine: str = "sim") -> str:
    state = state or State(position=9, time=2_000_000_000, step=58)
    header = Header(target="deadlock", seed=7, engine=engine)  # type: ignore[arg-type]
    return arranged(pieces(header, state, 61, playing, DARK_PAINT), width, DARK_PAINT).text


@pytest.mark.parametrize("width", [50, 80, 120, 200])
@pytest.mark.parametrize("name", ["deadlock", "traffic_light"])
def test_look(snap_compare, name, width):
    line = Topline()
    line.set_reactive(Topline.playing, PLAYING)
    trace = canned.ALL[name]()
    assert snap_compare(Gallery([line], trace, len(trace)), terminal_size=(width, 1))


def test_with_room_everything_is_said():
    said = drawn(140)
    for part in (
        "concurrency-tui",
        "Deadlock and RLock",
        "‖ paused",
        "t 2.0 s",
        "step 58/61",
        " SIMULATED ",
        "seed 7",
        "ct1-7K2Q-0F9M",
    ):
        assert part in said


def test_parts_go_in_order_of_importance():
    gone = ["concurrency-tui", "ct1-7K2Q-0F9M", "seed 7", "1.0x", "t 2.0 s", "SIMULATED", "step 58/61"]
    kept = [sum(part in drawn(width) for part in gone) for width in range(30, 150)]
    assert kept == sorted(kept)
    assert kept[0] == 0
    for width in range(30, 150):
        present = [part in drawn(width) for part in gone]
        assert present == sorted(present)
        assert "paused" in drawn(width)


@given(st.integers(1, 200), st.text(max_size=60), st.text(max_size=60))
def test_it_is_as_wide_as_the_screen_and_nothing_in_it_acts(width, title, code):
    text = drawn(width, Playing(title=title, code=code, speed="1.0x"))
    assert cell_len(text) == width
    assert text.isprintable()


def test_a_long_title_leaves_room_for_the_rest():
    said = drawn(100, Playing(title="a very long title " * 10))
    assert "step 58/61" in said
    assert "SIMULATED" in said


def test_a_measured_run_says_so_and_an_outcome_has_its_glyph():
    assert " MEASURED " in drawn(120, engine="live")
    assert "⊗ deadlock" in drawn(140, state=State(outcome="deadlock"))
    assert "✓ finished" in drawn(140, state=State(outcome="finished"))
    assert "† limit  " in drawn(150, state=State(outcome="limit: 10 steps"))
    assert "✗ failed  " in drawn(150, state=State(outcome="failed: the process has gone"))


def test_the_target_stands_in_for_a_title():
    assert "  deadlock  " in drawn(120, Playing())
