"""Pictures of objects: as wide and high as promised, safe, and saying what is so."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets import drawings
from concurrency_tui.widgets.drawings import brief
from concurrency_tui.widgets.drawings.ink import Picture, length, strip
from concurrency_tui.widgets.drawings.scene import Scene
from concurrency_tui.widgets.objects_order import wholes
from concurrency_tui.widgets.palette import DARK_PAINT, Paint
from concurrency_tui.widgets.tints import DARK

from .. import canned
from ..canned_script import Script
from .hostile import NAMES
from .zoo import SOURCE, crowded, zoo

WIDTHS = (4, 16, 28, 37, 44, 60, 83, 100)
WAITED_ON = {
    "Lock": "acquire",
    "RLock": "acquire",
    "Semaphore": "acquire",
    "GIL": "run",
    "CPU": "run",
    "Event": "wait",
    "Condition": "wait",
    "Barrier": "wait",
    "Timer": "wait",
    "Queue": "get",
    "LifoQueue": "put",
    "PriorityQueue": "join",
    "SimpleQueue": "get",
    "ThreadPoolExecutor": "get",
    "Future": "result",
    "Socket": "recv",
}


def pictures(trace: Trace, position: int, width: int, bands: int = 0) -> Iterator[tuple[int, Picture]]:
    """Draw every object at a cursor, and tell how high each should be."""
    state = trace.state(position)
    for number in wholes(state.things):
        thing = state.things[number]
        yield drawings.height(thing, width, bands), drawings.draw(trace, state, thing, width, bands)


def text(picture: Picture) -> str:
    """Return what a picture says, line by line."""
    return "\n".join("".join(span.text for span in line) for line in picture)


def only(trace: Trace, position: int = -1, width: int = 60) -> str:
    """Return what the picture of the only object says."""
    position = position if position >= 0 else len(trace)
    ((_, picture),) = pictures(trace, position, width)
    return text(picture)


def named(trace: Trace, name: str, position: int = -1, width: int = 60) -> str:
    """Return what the picture of the object of that name says."""
    state = trace.state(position if position >= 0 else len(trace))
    (thing,) = (thing for thing in state.things if thing.name == name)
    return text(drawings.draw(trace, state, thing, width))


def after(trace: Trace, kind: Kind, nth: int = 0) -> int:
    """Return the position after the nth event of a kind."""
    return [place for place in range(len(trace)) if trace.event(place).kind is kind][nth] + 1


@pytest.mark.parametrize("name", [*canned.ALL, "zoo"])
def test_every_picture_is_as_wide_and_high_as_promised(name: str) -> None:
    trace = zoo() if name == "zoo" else canned.ALL[name]()
    for position in sorted({*range(0, len(trace), max(len(trace) // 12, 1)), len(trace)}):
        for width, bands in product(WIDTHS, (0, 1, 3)):
            for height, picture in pictures(trace, position, width, bands):
                assert len(picture) == height
                assert {length(line) for line in picture} == {max(width, drawings.NARROWEST)}, text(picture)


@pytest.mark.parametrize("kind", WAITED_ON)
@pytest.mark.parametrize("waiters", [1, 20, 500])
def test_a_crowd_never_changes_the_size_and_is_summed_up(kind: str, waiters: int) -> None:
    alone, trace = (crowded(kind, count, capacity=3, operation=WAITED_ON[kind]) for count in (0, waiters))
    for width, bands in product(WIDTHS, (0, 2)):
        ((expected, _),) = pictures(alone, len(alone), width, bands)
        ((height, picture),) = pictures(trace, len(trace), width, bands)
        assert height == expected == len(picture)
        assert {length(line) for line in picture} == {max(width, drawings.NARROWEST)}
    if waiters == 500 and kind not in {"Timer", "ThreadPoolExecutor"}:
        said = only(trace, width=100)
        assert "500" in said or "+4" in said


@pytest.mark.parametrize("kind", WAITED_ON)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_text_and_stay_in_their_cells(kind: str, name: str) -> None:
    trace = crowded(kind, 3, names=name + "{}", operation=WAITED_ON[kind])
    for width in (28, 60):
        for _, picture in pictures(trace, len(trace), width):
            assert {length(line) for line in picture} == {width}
            assert text(picture).replace("\n", "").isprintable()
            for line in picture:
                assert strip(line, width, DARK_PAINT).cell_length == width
                assert all(not segment.style.meta for segment in strip(line, width, DARK_PAINT) if segment.style)


def test_heights_do_not_change_while_a_run_plays() -> None:
    """But for sockets, which grow by their connections: see `test_sockets`."""
    for make in canned.ALL.values():
        trace = make()
        heights: dict[int, set[int]] = {}
        for position in range(0, len(trace) + 1, max(len(trace) // 40, 1)):
            for thing in trace.state(position).things:
                if (
                    thing.kind != "socket"
                    and thing.whole == NONE
                    and not (thing.parts and thing.kind not in {"ThreadPoolExecutor", "Condition"})
                ):
                    heights.setdefault(thing.id, set()).add(drawings.height(thing, 50))
        assert all(len(each) == 1 for each in heights.values())


def test_equal_inputs_give_the_very_same_picture() -> None:
    trace = canned.traffic_light()
    (_, first), (_, second) = (next(pictures(trace, 60, width)) for width in (50, 50))
    assert first is second


def test_ascii_pictures_hold_nothing_but_ascii() -> None:
    paint = Paint(DARK, ascii_only=True)
    trace = zoo()
    for position in range(0, len(trace) + 1, 5):
        for _, picture in pictures(trace, position, 60):
            for line in picture:
                assert strip(line, 60, paint).text.isascii(), strip(line, 60, paint).text


def test_a_red_light_says_who_sets_it_and_when() -> None:
    trace = canned.traffic_light()
    said = only(trace, after(trace, Kind.WAIT, 9))
    assert "RED" in said
    assert "light sets it in 3.0 s" in said
    assert "10 waiting" in said
    assert "0 passed" in said


def test_a_light_promises_nothing_that_the_trace_does_not_hold() -> None:
    said = only(crowded("Event", 5, operation="wait"))
    assert "not set" in said
    assert "sets it" not in said


@pytest.mark.parametrize("width", [30, 44, 60, 100])
@pytest.mark.parametrize("bands", [0, 1, 2, 3])
def test_every_car_is_seen_or_counted(width: int, bands: int) -> None:
    trace = crowded("Event", 20, operation="wait")
    ((_, picture),) = pictures(trace, len(trace), width, bands)
    said = text(picture)
    rest = [int(word) for word in said.replace("│", " ").replace("┃", " ").split("+")[1:2] for word in word.split()[:1]]
    assert said.count("▀●▀●▀") + sum(rest) == 20


def test_more_room_names_more_of_a_queue() -> None:
    trace = crowded("Lock", 30)
    ((_, small),) = pictures(trace, len(trace), 60)
    ((_, large),) = pictures(trace, len(trace), 60, 3)
    assert text(large).count("worker ") > 2 * text(small).count("worker ")
    assert "more" in text(large)


def test_a_green_light_says_who_set_it_and_shows_who_passes() -> None:
    trace = canned.traffic_light()
    said = only(trace, after(trace, Kind.PASS, 4))
    assert "GREEN" in said
    assert "set at 3.0 s" in said
    assert "set by light" in said
    assert "5 passed" in said
    assert "15 waiting" in said


def test_a_lock_names_its_owner_and_its_queue_in_order() -> None:
    said = only(crowded("Lock", 4))
    assert "held by worker holder" in said
    assert "4 waiting" in said
    assert "worker 0 worker 1 worker 2" in said
    trace = canned.deadlock()
    assert "open" in named(trace, "mutexA", after(trace, Kind.NAME, 1))
    assert "held by Thread-1" in named(trace, "mutexA")


def test_an_rlock_stacks_its_depth() -> None:
    trace = canned.reentrant()
    for depth, position in ((1, after(trace, Kind.ACQUIRE, 0)), (3, after(trace, Kind.ACQUIRE, 2))):
        said = only(trace, position)
        assert f"{depth}× deep" in said
        assert said.count("(════)") == depth
    assert "deep" not in only(trace)
    assert "open" in only(trace)


def test_stalls_say_who_is_in_and_who_is_out() -> None:
    trace = canned.semaphore(20, 5)
    said = only(trace, after(trace, Kind.WAIT, 14), width=80)
    assert "5 of 5 taken" in said
    assert [f"worker {number}" in said for number in range(5)] == [True] * 5
    assert "queue 15 ▸ worker 5" in said
    assert "more" in said
    assert only(trace).count("free") == 5


@pytest.mark.parametrize("permits", [0, 1, 7, 40, 500, 10**9, 2**62])
def test_any_number_of_permits_can_be_drawn(permits: int) -> None:
    trace = crowded("Semaphore", 3, capacity=permits)
    for width in WIDTHS:
        ((height, picture),) = pictures(trace, len(trace), width)
        assert len(picture) == height <= 10
        assert {length(line) for line in picture} == {max(width, drawings.NARROWEST)}


def test_a_queue_shows_its_items_in_the_order_of_leaving() -> None:
    said = named(zoo(), "letters")
    assert "full 4/4" in said
    assert "│ 3 ││ 2 ││ 1 │┃ 0 ┃" in said
    assert "putter 0 ▸" in said
    stack = named(zoo(), "plates")
    assert "│ 0 ││ 1 ││ 2 │┃ 3 ┃" in stack
    assert "last in, first out" in stack
    assert "smallest first" in named(zoo(), "patients")
    assert "▸ putter 3" in named(zoo(), "odd")


def test_a_long_queue_is_summed_up() -> None:
    run = Script("long", SOURCE)
    queue = run.thing("Queue", "q", 0)
    for number in range(500):
        run.act(0, Kind.PUT, queue, number, str(number))
    said = only(run.trace(), width=70)
    assert "500 inside" in said
    assert "┃ 0 ┃" in said
    assert "+49" in said


def test_a_pool_shows_tasks_results_and_where_callbacks_ran() -> None:
    said = named(zoo(), "pool", width=70)
    assert "pending 2" in said
    assert "work(4)" in said
    assert "idle" in said
    assert "✗ ValueError: no" in said
    assert "✓ 'ok'" in said
    assert "done('ok') on ThreadPoolExecutor-0_0  in the pool" in said
    assert "submitted 6 · running 2 · done 2 · pending 2" in said


def test_a_pool_says_when_a_callback_ran_elsewhere() -> None:
    run = Script("late", SOURCE)
    pool = run.thing("ThreadPoolExecutor", "pool", 1)
    future = run.thing("Future", "", part_of=pool)
    worker = run.spawn("w")
    run.act(0, Kind.SUBMIT, future, pool, "f()")
    run.act(worker, Kind.TAKE, future, pool)
    run.act(worker, Kind.RESOLVE, future, text="1")
    run.act(0, Kind.CALLBACK, future, text="late")
    assert "late(1) on MainThread  not in the pool" in only(run.trace())


def test_a_pool_tells_who_waits_for_which_result() -> None:
    trace = canned.idle_pool()
    assert "result power(0) ◂ MainThread" in only(trace, after(trace, Kind.WAIT, 0))


def test_futures_are_drawn_inside_their_pool_only() -> None:
    state = canned.pool().state(200)
    assert [state.things[number].kind for number in wholes(state.things)] == ["ThreadPoolExecutor"]


def test_a_lonely_future_is_drawn() -> None:
    said = named(zoo(), "answer")
    assert "pending" in said
    assert "waiting asker" in said


def test_a_barrier_counts_who_has_arrived() -> None:
    trace = canned.barrier(4)
    assert "2 of 4" in only(trace, after(trace, Kind.WAIT, 1))
    assert "waits for 2 more" in only(trace, after(trace, Kind.WAIT, 1))
    assert "the gate is open" in only(trace, after(trace, Kind.PASS, 1))
    assert "round 2" in only(trace)


def test_a_condition_shows_its_room_and_its_lock() -> None:
    said = named(zoo(), "ready")
    assert "3 waiting" in said
    assert "its RLock held by car 6" in said
    assert "guest 0 ▪ guest 1 ▪ guest 2" in said
    assert "self._log" not in said


def test_a_timer_counts_down() -> None:
    said = named(zoo(), "alarm")
    assert "goes off in 0.5 s" in said
    assert "of 2.0 s" in said


def test_any_other_object_is_a_box_with_its_parts() -> None:
    said = named(zoo(), "turnstile")
    assert "waiting visitor" in said
    assert "with inner: Lock" in said


def test_objects_that_contain_each_other_are_still_drawn() -> None:
    run = Script("circle", SOURCE)
    one, two = run.thing("Lock", "one"), run.thing("Lock", "two")
    run.note(Kind.PART, obj=one, value=two)
    run.note(Kind.PART, obj=two, value=one)
    state = run.trace().state(len(run.trace()))
    assert wholes(state.things) == [one, two]


def test_one_line_says_the_essential_of_any_object() -> None:
    trace = zoo()
    state = trace.state(len(trace))
    for thing in state.things:
        for width in (28, 60):
            (line,) = brief.draw(brief.look(Scene(trace, state, thing)), width)
            assert length(line) == width
            assert thing.name[:8] in text((line,))


def test_every_module_that_draws_a_kind_is_in_the_table():
    """Without its entry a drawing would never be seen: its objects would be drawn as boxes."""
    found = {path.stem for path in Path(drawings.__file__).parent.glob("*.py") if draws(path)}
    assert found == {*drawings._MODULES.values(), "box"}


def draws(path):
    """Tell whether a file defines, or imports under these names, what draws one kind of object."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        names |= {node.name} if isinstance(node, ast.FunctionDef) else set()
        names |= {alias.asname or alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
    return {"look", "draw", "rows"} <= names
