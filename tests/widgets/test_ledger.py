"""A shared variable's ledger: what stands where, what is lit, and that strangers' values stay in their cells."""

from itertools import pairwise

import pytest
from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets import drawings
from concurrency_tui.widgets.drawings.ink import Picture, length
from concurrency_tui.widgets.drawings.ledger_grid import Mark, Style, place
from concurrency_tui.widgets.fitting import width_of
from hypothesis import given
from hypothesis import strategies as st

from .. import canned
from ..canned_script import Script
from .gallery_objects import stand
from .hostile import NAMES
from .zoo import SOURCE


def drawn(trace: Trace, width: int, position: int = -1, bands: int = 0) -> Picture:
    """Return the picture of the first variable at a cursor, by default at the end."""
    state = trace.state(position if position >= 0 else len(trace))
    thing = next(thing for thing in state.things if thing.kind == "variable")
    return drawings.draw(trace, state, thing, width, bands)


def text(picture: Picture) -> str:
    """Return what a picture says, line by line."""
    return "\n".join("".join(span.text for span in line) for line in picture)


def after(trace: Trace, kind: Kind, nth: int = 0) -> int:
    """Return the position after the nth event of a kind."""
    return [place for place in range(len(trace)) if trace.event(place).kind is kind][nth] + 1


@pytest.mark.parametrize("width", [28, 47, 48, 70, 100])
def test_lost_updates_are_said_and_lit(width: int) -> None:
    for threads, words in ((2, "one update is lost"), (3, "2 updates are lost")):
        picture = drawn(canned.lost_update(threads), width)
        assert words in text(picture)
        lit = [span.text for line in picture for span in line if span.ink == "state-failed" and "✗" in span.text]
        assert len(lit) == threads - 1
        assert all("99" in label for label in lit)


def test_nothing_is_lit_before_the_first_stale_write() -> None:
    trace = canned.lost_update()
    said = drawn(trace, 70, after(trace, Kind.WRITE, 1))
    assert "lost" not in text(said)
    assert not any(span.ink == "state-failed" for line in said for span in line)
    assert "100 →  99 " in text(said)
    assert "written by Thread-1 in step 12" in text(said)


def test_a_stroke_runs_from_a_read_to_the_write_that_follows() -> None:
    trace = canned.lost_update()
    lane = next(line for line in text(drawn(trace, 70)).split("\n") if "Thread-2" in line and "✗" in line)
    assert "read 100 ─" in lane
    assert "─ ✗ write 99" in lane


def test_the_newest_is_at_the_right_edge_and_order_is_from_left_to_right() -> None:
    lanes = text(drawn(canned.lost_update(), 70)).split("\n")[2:6]
    assert lanes[0].endswith("read 99 │")
    starts = [line.index("read 100") for line in lanes[1:]]
    assert starts == sorted(starts)
    assert lanes[0].index("write 100") < starts[0]


@pytest.mark.parametrize("width", [28, 60])
def test_a_hundred_workers_are_summed_up(width: int) -> None:
    said = text(drawn(canned.lost_update(100), width))
    assert "+60 or more" in said
    assert "written 101×" in said
    assert "Thread-100" in said


def test_more_room_shows_more_workers() -> None:
    trace = canned.lost_update(6)
    assert "+3 more" in text(drawn(trace, 70))
    assert "more" not in text(drawn(trace, 70, bands=3))


def test_a_variable_that_nobody_has_used_yet_is_drawn() -> None:
    run = Script("unused", SOURCE)
    run.thing("variable", "n")
    assert "not used yet" in text(drawn(run.trace(), 40))
    run.act(0, Kind.READ, 0, text="5")
    assert "only read so far" in text(drawn(run.trace(), 60))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [16, 28, 44, 60, 100])
def test_values_and_names_of_strangers_are_text(name: str, width: int) -> None:
    run = Script("hostile", SOURCE)
    variable = run.thing("variable", name)
    for worker in [run.spawn(name) for _ in range(3)]:
        run.act(worker, Kind.READ, variable, text=name)
        run.act(worker, Kind.WRITE, variable, text=name * 30)
    picture = drawn(run.trace(), width)
    assert {length(line) for line in picture} == {width}
    assert text(picture).replace("\n", "").isprintable()


def test_variables_of_several_processes_say_whose_they_are() -> None:
    trace = canned.processes()
    state = trace.state(len(trace))
    pictures = [text(drawings.draw(trace, state, thing, 60)) for thing in state.things]
    assert "n  variable of pid 4000" in pictures[0]
    assert "n  variable of pid 5000" in pictures[1]


def test_equal_inputs_give_the_very_same_picture() -> None:
    trace = canned.lost_update()
    assert drawn(trace, 50) is drawn(trace, 50)


marks = st.builds(
    Mark, st.integers(0, 5), st.booleans(), st.text("9读", min_size=1, max_size=8), st.integers(0, 99), st.booleans()
)


@given(st.lists(marks, max_size=64), st.integers(1, 120))
def test_labels_never_overlap_and_keep_their_order(told: list[Mark], width: int) -> None:
    placed, style = place(told, width)
    assert [each.mark for each in placed] == told[len(told) - len(placed) :]
    assert bool(placed) == bool(told)
    starts = [each.start for each in placed]
    assert starts == sorted(set(starts))
    for worker in range(6):
        lane = [each for each in placed if each.mark.worker == worker]
        assert all(left.end < right.start for left, right in pairwise(lane))
    if placed and width_of(told[-1].label(Style.SHORT)) <= width:
        assert placed[0].start >= 0
        assert placed[-1].end == width
        assert style is Style.SHORT or len(placed) == len(told)


@pytest.mark.parametrize("size", [(30, 14), (60, 14), (100, 14)])
def test_looks(snap_compare, size: tuple[int, int]) -> None:
    assert snap_compare(stand("objects", "lost_update", 1), terminal_size=size)


def test_looks_by_day_before_the_loss(snap_compare) -> None:
    assert snap_compare(stand("objects", "lost_update", 0.62, light=True), terminal_size=(70, 14))
