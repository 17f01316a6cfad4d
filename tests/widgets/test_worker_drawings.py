"""Cards, rows and tiles: what they say, and that they fit."""

import pytest
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.palette import DARK_PAINT, Paint
from concurrency_tui.widgets.tints import DARK
from concurrency_tui.widgets.worker_card import card
from concurrency_tui.widgets.worker_density import DENSITIES, GAPS, LEAST_PITCH, grid
from concurrency_tui.widgets.worker_facts import Facts, facts, ordinal
from concurrency_tui.widgets.worker_legend import legend
from concurrency_tui.widgets.worker_mosaic import mosaic_line, tiles
from concurrency_tui.widgets.worker_order import View
from concurrency_tui.widgets.worker_row import row
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from .. import canned
from .gallery import hostile

TRACES = {**{name: make() for name, make in canned.ALL.items()}, "hostile": hostile()}
PAINTS = [DARK_PAINT, Paint(DARK, ascii_only=True)]


def told(name: str, worker: int, position: int = NONE) -> Facts:
    """Return a worker's facts in a canned trace, by default at its end."""
    trace = TRACES[name]
    state = trace.state(len(trace) if position == NONE else position)
    return facts(trace, state, state.workers[worker])


def at(name: str, kind: Kind, worker: int) -> int:
    """Return the position after a worker's first event of a kind."""
    trace = TRACES[name]
    events = ((index, trace.event(index)) for index in range(len(trace)))
    return next(index + 1 for index, event in events if (event.kind, event.worker) == (kind, worker))


def test_a_deadlocked_worker_says_what_it_holds_wants_and_from_whom():
    known = told("deadlock", 1)
    assert (known.holds, known.wants, known.line) == ("mutexA", "wants mutexB ← Thread-2", ":12")
    assert known.status is Status.DEADLOCKED
    assert not known.runnable
    assert told("deadlock", 0).wants == "waits for Thread-1 to end"


def test_a_place_in_the_queue_names_who_is_ahead():
    position = at("semaphore", Kind.WAIT, 8)
    assert told("semaphore", 6, position).place == "1st in the queue"
    assert told("semaphore", 8, position).place == "3rd, behind worker 6"
    assert told("semaphore", 8, position).wants == "wants stalls, all 5 taken"


def test_a_wait_for_a_signal_says_who_else_waits():
    position = at("traffic_light", Kind.SET, 1) - 1
    assert told("traffic_light", 5, position).wants == "waits for event, not set"
    assert told("traffic_light", 5, position).place == "with 19 more"
    assert told("traffic_light", 1, at("traffic_light", Kind.SLEEP, 1)).wants == "until 3.0 s"


def test_a_worker_that_could_go_on_can_be_chosen_although_it_waits():
    after = at("traffic_light", Kind.SET, 1)
    assert told("traffic_light", 5, after).runnable
    assert not told("traffic_light", 5, after - 1).runnable


def test_queues_pools_barriers_and_conditions_have_words_of_their_own():
    assert told("fifo", 2, at("fifo", Kind.WAIT, 2)).wants == "wants an item of line, empty"
    assert told("fifo", 1, at("fifo", Kind.WAIT, 1)).wants == "wants room in line, full"
    assert told("idle_pool", 0, at("idle_pool", Kind.WAIT, 0)).wants == "wants the result of power(0)"
    assert told("pool", 1, at("pool", Kind.TAKE, 1)).wants == "runs power(0)"
    assert told("barrier", 1, at("barrier", Kind.WAIT, 1)).wants == "at gate, 1 of 4 here"
    waiting = told("condition", 2, at("condition", Kind.WAIT, 2))
    assert (waiting.wants, waiting.place) == ("waits to be notified by ready", "gives up at 1.0 s")


def test_ends_say_how():
    assert told("failure", 1).wants == "ZeroDivisionError: division by zero"
    assert told("daemon", 1).status is Status.KILLED
    assert told("deadlock", 1, at("deadlock", Kind.SPAWN, 0)).wants == "has not begun"


def test_ordinals():
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th",
    ]  # fmt: skip


@given(st.sampled_from(sorted(TRACES)), st.data())
def test_every_drawing_fits_and_holds_nothing_that_acts(name, data):
    trace = TRACES[name]
    state = trace.state(data.draw(st.integers(0, len(trace))))
    if not state.workers:
        return
    worker = data.draw(st.sampled_from(state.workers))
    known = facts(trace, state, worker)._replace(
        key=data.draw(st.integers(0, 9)),
        followed=data.draw(st.booleans()),
        pinned=data.draw(st.booleans()),
        history=b"\0\1",
    )
    paint = data.draw(st.sampled_from(PAINTS))
    width, height = data.draw(st.integers(12, 130)), data.draw(st.integers(4, 8))
    strips = [*card(known, width, height, paint), row(known, width, data.draw(st.integers(0, 20)), paint)]
    assert len(strips) == height + 1
    for strip in strips:
        assert cell_len(strip.text) == width
        assert strip.text.isprintable()


def test_a_card_in_ascii_is_ascii():
    drawn = "".join(strip.text for strip in card(told("deadlock", 1), 30, 6, PAINTS[1]))
    assert drawn.isascii()


def test_a_card_keeps_what_a_worker_wants_when_there_is_little_room():
    drawn = [strip.text for strip in card(told("deadlock", 1), 30, 4, DARK_PAINT)]
    assert "mutexB ← Thread-2" in drawn[2]


def test_a_row_says_the_most_telling_first():
    position = at("semaphore", Kind.WAIT, 8)
    shown = row(told("semaphore", 8, position), 60, 10, DARK_PAINT).text
    assert shown.split() == ["■", "worker", "7", "lock", ":8", "stalls,", "all", "5", "taken", "·", "3rd"]


def test_a_mosaic_has_a_cell_for_each_and_marks_the_followed():
    trace = canned.traffic_light(20)
    state = trace.state(at("traffic_light", Kind.SET, 1) - 1)
    line = tiles(state, range(22), 0, View(followed=3, pinned=(5,)), DARK_PAINT)
    strip = mosaic_line(line, 1, 30, DARK_PAINT)
    assert strip.text == "◇▶" + "◆" * 20 + " " * 8
    assert [at for at in range(30) if strip.crop(at, at + 1)._segments[0].style.bold] == [3, 5]
    assert mosaic_line(line, 2, 50, DARK_PAINT).text.rstrip() == " ".join("◇▶" + "◆" * 20)
    assert line == tiles(state, list(range(22)), 0, View(followed=3, pinned=(5,)), DARK_PAINT)


def test_a_legend_leaves_out_whole_entries():
    counts = ((Status.LOCK, 1200), (Status.READY, 30), (Status.RUNNING, 1))
    assert legend(counts, 60, DARK_PAINT).text.split("   ")[:3] == ["■ lock 1,200", "▷ ready 30", "▶ running 1"]
    assert legend(counts, 28, DARK_PAINT).text.rstrip() == "■ lock 1,200   ▷ ready 30"


@given(st.integers(0, 20_000), st.integers(1, 220), st.integers(1, 70))
def test_a_grid_is_the_same_with_and_without_a_scroll_bar(workers, width, height):
    """Or the bar would come and go for ever."""
    laid = grid(workers, width, height)
    taken = laid.margin + laid.columns * laid.pitch - GAPS[laid.density]
    least = laid.margin + laid.columns * max(1, LEAST_PITCH if GAPS[laid.density] else 1)
    room = width - (laid.lines(workers) > height)
    assert taken <= max(room, least)


@given(st.integers(0, 20_000), st.integers(1, 220), st.integers(1, 70), st.sampled_from(["auto", *DENSITIES]))
def test_a_grid_has_a_place_for_every_worker(workers, width, height, density):
    laid = grid(workers, width, height, density)
    assert laid.density in DENSITIES
    assert density in ("auto", laid.density)
    assert laid.lines(workers) * laid.columns >= workers * laid.height
    last = laid.index(laid.margin + (laid.columns - 1) * laid.pitch, laid.height - 1)
    assert last == laid.columns - 1
    assert laid.index(laid.margin - 1, 0) == -1 or not laid.margin


@pytest.mark.parametrize(
    ("workers", "width", "height", "density"),
    [
        (3, 76, 20, "cards"),
        (12, 116, 38, "cards"),
        (48, 116, 38, "cards"),
        (48, 50, 12, "rows"),
        (500, 116, 38, "mosaic"),
        (10_000, 116, 38, "mosaic"),
    ],
)
def test_density_goes_by_room(workers, width, height, density):
    assert grid(workers, width, height).density == density
