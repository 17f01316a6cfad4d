"""Workers inside threads: where they stand, what they are called, how they are drawn, and how they fold away."""

import pytest
from concurrency_tui.trace.events import NONE, Kind, WorkerFlag
from concurrency_tui.trace.lanes import STATUSES
from concurrency_tui.trace.state import Status
from concurrency_tui.trace.store import Trace
from concurrency_tui.tui.choices import hindrance
from concurrency_tui.widgets.drawings import NARROWEST, process_boxes, process_facts
from concurrency_tui.widgets.drawings.ink import Picture, ascii_only, length
from concurrency_tui.widgets.lane_cells import RUNNING, SHARED, codes
from concurrency_tui.widgets.lane_shares import own_turns
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.timeline import TimelinePane
from concurrency_tui.widgets.worker_card import card
from concurrency_tui.widgets.worker_facts import facts
from concurrency_tui.widgets.worker_order import View, keyed
from concurrency_tui.widgets.worker_row import row
from concurrency_tui.widgets.workers import WorkersPane
from hypothesis import given

from .. import canned
from ..any_events import traces
from ..canned_nested import alternating, nested
from ..canned_script import Script
from .gallery import Gallery
from .gallery_objects import Stand
from .hostile import NAMES
from .screens import lines

SHAPES = [(1, 1, 3), (1, 1, 500), (1, 4, 25), (2, 2, 3), (4, 4, 25), (5, 12, 40), (9, 2, 3)]


def drawn(trace: Trace, width: int, height: int = 40) -> Picture:
    return process_boxes.draw(process_facts.look(trace.state(len(trace))), width, height)


def text(picture: Picture) -> str:
    return "\n".join("".join(span.text for span in line) for line in picture)


def test_a_worker_stands_after_its_thread_and_a_thread_after_its_process():
    trace = nested(2, 2, 3)
    state = trace.state(len(trace))
    names = [(state.workers[number].name, state.workers[number].host != NONE) for number in View().order(state)]
    tasks = [(f"Task-{number}", True) for number in (1, 2, 3)]
    threads = ("MainThread", "Thread-1", "Process-1", "Thread-1")
    assert names == [each for thread in threads for each in ((thread, False), *tasks)]


def test_without_workers_inside_threads_the_order_costs_nothing():
    trace = canned.crowd(50)
    state = trace.state(len(trace))
    assert View().order(state) == range(51)
    assert View(folded=True).order(state) == range(51)


@given(traces())
def test_every_worker_of_any_trace_is_shown_once(trace):
    state = trace.state(len(trace))
    assert sorted(View().order(state)) == list(range(len(state.workers)))
    assert state.nested == sum(worker.host != NONE for worker in state.workers)
    threads = [worker.id for worker in state.workers if worker.host == NONE]
    assert sorted(View(folded=True).order(state)) == threads


def test_folding_keeps_who_is_pinned_or_followed():
    trace = nested(1, 1, 5)
    state = trace.state(len(trace))
    assert list(View(folded=True, pinned=(3,), followed=4).order(state)) == [3, 0, 4]


def test_keys_go_to_threads_before_those_inside_them():
    trace = nested(1, 4, 25)
    state = trace.state(len(trace))
    chosen = keyed(View().order(state), state)
    assert len(chosen) == 9
    assert [state.workers[number].name for number in chosen if state.workers[number].host == NONE] == [
        "MainThread", "Thread-1", "Thread-2", "Thread-3",
    ]  # fmt: skip
    assert chosen[1:6] == [4, 5, 6, 7, 8]


def test_a_worker_inside_a_thread_cannot_be_chosen_and_the_reason_says_why():
    trace = nested(1, 1, 3)
    state = trace.state(len(trace))
    for worker in state.workers[1:]:
        assert not facts(trace, state, worker)._replace(key=2).runnable
        reason = hindrance(trace, len(trace), worker.id)
        assert reason.startswith(f"{worker.name} runs inside MainThread")
        assert reason.endswith("choose MainThread")
    assert facts(trace, state, state.workers[0]).runnable


@pytest.mark.parametrize(
    ("flag", "sign", "word"),
    [
        (WorkerFlag.COROUTINE, "↝", "coroutine"),
        (WorkerFlag.GREENLET, "↬", "greenlet"),
        (WorkerFlag.GENERATOR, "↻", "generator"),
    ],
)
def test_cards_and_rows_have_the_sign_of_its_kind_and_name_its_thread(flag, sign, word):
    trace = nested(1, 1, 1, flag)
    state = trace.state(len(trace))
    known = facts(trace, state, state.workers[1])
    top = [card(known, width, 5, DARK_PAINT)[0].text for width in (60, 36, 24)]
    assert f"{sign} {known.name}  {word} in MainThread" in top[0]
    assert "  in MainThread" in top[1]
    assert word not in top[1]
    assert f"{sign} {known.name}" in top[2]
    assert row(known, 70, 14, DARK_PAINT).text.startswith(f"  z  {sign} {known.name}")


@pytest.mark.parametrize("width", range(12, 60))
@pytest.mark.parametrize("name", NAMES)
def test_cards_and_rows_fit(width, name):
    trace = nested(1, 1, 2, name=name.replace("{", "{{").replace("}", "}}"))
    state = trace.state(len(trace))
    for worker in state.workers:
        known = facts(trace, state, worker)._replace(key=1, inside=1234, pinned=True)
        strips = [*card(known, width, 5, DARK_PAINT), row(known, width, 10, DARK_PAINT)]
        assert {strip.cell_length for strip in strips} == {width}
        assert all(strip.text.isprintable() for strip in strips)


def test_three_coroutines_have_a_row_each_inside_thread_and_process():
    said = text(drawn(nested(1, 1, 3), 60)).split("\n")
    assert [line.split()[:2] for line in said[:2]] == [["┏━", "MainProcess"], ["┃", "┏━"]]
    assert "MainThread  3 coroutines" in said[1]
    assert [line.split()[2:4] for line in said[2:5]] == [["↝", "Task-1"], ["↝", "Task-2"], ["↝", "Task-3"]]
    assert "■ 1 · z 1 · ✓ 1" in said[5]


def test_many_are_a_mosaic_with_a_glyph_for_each():
    said = text(drawn(nested(1, 1, 500), 80, 24))
    mosaic = "".join(line.split("┃ ┃ ")[1] for line in said.split("\n")[2:-2])
    assert sum(mosaic.count(glyph) for glyph in "z■✓▷") == 500
    assert "▷ 100 · ■ 100 · z 200 · ✓ 100" in said


def test_what_has_no_room_is_counted():
    said = text(drawn(nested(1, 1, 500), 40, 8))
    glyphs = sum(said.split("✓ 100")[0].split("running")[1].count(glyph) for glyph in "z■✓▷") - 3
    more = int(said.partition("+")[2].split()[0])
    assert glyphs + more == 500


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("width", [4, 28, 37, 44, 80, 120, 200])
def test_pictures_are_as_wide_as_asked_and_no_higher_than_they_must_be(shape, width):
    trace = nested(*shape)
    heights = [len(drawn(trace, width, height)) for height in (1, 10, 20, 40, 80)]
    assert heights == sorted(heights), "more room never makes a picture smaller"
    for height in (1, 10, 40):
        picture = drawn(trace, width, height)
        assert {length(line) for line in picture} == {max(width, NARROWEST)}
        assert len(picture) <= max(height, heights[0])


def test_the_boxes_around_who_runs_are_heavy():
    trace = nested(2, 2, 3)
    said = text(drawn(trace, 39, 40))
    assert said.count("┏") == 2
    assert "┏━ Process-1" in said
    assert "┏━ Thread-1" in said


def test_a_childs_main_thread_goes_by_its_own_name_inside_its_process():
    said = text(drawn(nested(2, 1, 2), 39, 40))
    assert said.count("MainThread") == 2


def test_threads_without_workers_inside_are_listed_and_counted():
    run = Script("mixed", "def main(): pass")
    for number in range(6):
        run.spawn(f"Thread-{number}")
    run.spawn("Task-1", flags=WorkerFlag.COROUTINE)
    said = text(drawn(run.trace(), 44, 30))
    assert "↝ Task-1" in said
    assert "▷ Thread-1" in said
    assert "+4 more threads" in said


def test_kinds_are_told_apart_or_counted_together():
    run = Script("mixed", "def main(): pass")
    run.spawn("Task-1", flags=WorkerFlag.COROUTINE)
    assert "1 coroutine " in text(drawn(run.trace(), 60))
    run.spawn("count", flags=WorkerFlag.GENERATOR)
    assert "2 workers" in text(drawn(run.trace(), 60))


@pytest.mark.parametrize("name", NAMES)
def test_names_of_strangers_are_text(name):
    trace = nested(2, 2, 4, name=name.replace("{", "{{").replace("}", "}}"))
    for width in (28, 60, 100):
        for height in (6, 14, 40):
            assert text(drawn(trace, width, height)).replace("\n", "").isprintable()


def test_in_ascii_nothing_else_is_left():
    assert ascii_only(text(drawn(nested(2, 2, 3), 60))).isascii()


async def test_lanes_fold_into_their_threads_lane():
    trace = nested(1, 2, 3)
    pane = TimelinePane()
    async with Gallery([pane], trace, len(trace)).run_test(size=(90, 24)) as pilot:
        shown = [line.split()[1:3] for line in lines(pane)[:8]]
        assert shown[:2] == [["MainThread", shown[0][1]], ["↝", "Task-1"]]
        pane.view = View(folded=True)
        await pilot.pause()
        assert [line.split()[1:3] for line in lines(pane)[:2]] == [["MainThread", "+3"], ["Thread-1", "+3"]]
        assert lines(pane)[3] == ""


def test_the_narration_says_what_is_started_and_where():
    trace = nested(1, 1, 1, WorkerFlag.GENERATOR)
    from concurrency_tui.trace.narrate import sentence

    spawned = [at for at in range(len(trace)) if trace.event(at).kind is Kind.SPAWN]
    assert sentence(trace, spawned[1] + 1) == "MainThread starts the generator count 1 inside MainThread."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])
@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 2, 3), (4, 4, 25), (1, 1, 500)], ids=str)
def test_looks(snap_compare, shape, size):
    trace = nested(*shape)
    panes = [WorkersPane(), ObjectsPane()]
    assert snap_compare(Stand(panes, trace, len(trace)), terminal_size=size)


def test_looks_by_day(snap_compare):
    trace = nested(2, 2, 12)
    assert snap_compare(Stand([WorkersPane(), ObjectsPane()], trace, len(trace), light=True), terminal_size=(120, 40))


def test_looks_in_ascii(snap_compare, monkeypatch):
    monkeypatch.setenv("CONCURRENCY_TUI_ASCII", "1")
    trace = nested(2, 2, 12)
    assert snap_compare(Stand([WorkersPane(), ObjectsPane()], trace, len(trace)), terminal_size=(120, 40))


@pytest.mark.parametrize("folded", [False, True])
def test_looks_of_lanes(snap_compare, folded):
    trace = nested(2, 2, 3)
    pane = TimelinePane()
    pane.set_reactive(TimelinePane.view, View(folded=folded))
    assert snap_compare(Gallery([pane], trace, len(trace)), terminal_size=(100, 20))


def test_a_threads_lane_is_low_where_somebody_inside_it_acts():
    trace = alternating(4)
    own = trace.lanes.own(0)
    assert [STATUSES[status] for status in own.status] == [Status.READY, Status.RUNNING] * 5
    found = codes(trace.lanes.segments(0), range(len(trace) + 1))
    low = own_turns(found, codes(own, range(len(trace) + 1)))
    inside = [trace.state(position).running == 1 for position in range(1, len(trace) + 1)]
    assert [cell == SHARED + 1 for cell in low] == inside
    assert RUNNING in low
    assert any(inside)
    assert trace.lanes.own(1) is None


def test_a_thread_that_sleeps_inside_one_of_its_workers_sleeps_as_a_whole():
    run = Script("asleep", "def main(): pass")
    inner = run.spawn("count", flags=WorkerFlag.GENERATOR)
    run.begin(inner, "main")
    run.act(0, Kind.SLEEP, value=5, more=True)
    trace = run.trace()
    state = trace.state(len(trace))
    assert [worker.status for worker in state.workers] == [Status.SLEEPING, Status.READY]
    assert [STATUSES[trace.lanes.segments(number).status[-1]] for number in (0, 1)] == [Status.SLEEPING, Status.READY]
