"""The objects pane: what stands where, what moves, what is drawn anew."""

import pytest
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.state import State, Thing
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.objects_layout import Block, most, stacked, total
from concurrency_tui.widgets.objects_order import arranged, exchanged, idle, whole_of, wholes

from .. import canned
from ..canned_script import Script
from .gallery_objects import Stand, stand
from .hostile import NAMES
from .zoo import SOURCE, crowded, zoo


def _state(*kinds: str, **changes: object) -> State:
    return State(things=[Thing(id=at, kind=kind, name=f"{kind} {at}", **changes) for at, kind in enumerate(kinds)])


def _many(locks: int, kind: str = "Lock") -> Trace:
    """Return a run that takes one lock after the other."""
    run = Script("many", SOURCE)
    things = [run.thing(kind, f"lock {number}") for number in range(locks)]
    for thing in things:
        run.act(0, Kind.ACQUIRE, thing, 1)
        run.act(0, Kind.RELEASE, thing, 0)
    return run.trace()


def _said(pane: ObjectsPane) -> str:
    """Return what is on the pane, line by line."""
    return "\n".join(pane.render_line(row).text for row in range(pane.rows))


def test_heroes_stand_first_and_newcomers_last() -> None:
    assert arranged([], _state("Lock", "Event", "Lock"), "Event") == [1, 0, 2]
    assert arranged([1, 0], _state("Lock", "Event", "Lock", "Event"), "Event") == [1, 3, 0, 2]


def test_objects_that_are_gone_keep_their_place_for_when_they_come_back() -> None:
    order = arranged([2, 0, 1], _state("Lock"), "")
    assert order == [2, 0, 1]


def test_what_is_stuck_goes_before_heroes() -> None:
    assert arranged([0, 1, 2], _state("Event", "Lock", "Lock"), "Event", {2}) == [2, 0, 1]


def test_at_first_sight_what_is_in_use_goes_before_what_is_idle() -> None:
    state = _state("Lock", "Lock")
    state.things[1] = Thing(id=1, kind="Lock", name="taken", owner=0)
    assert arranged([], state, "") == [1, 0]
    assert idle(state.things[0])


def test_the_one_longest_untouched_gives_way() -> None:
    assert exchanged([0, 1, 2, 3], 3, {0, 1, 2}, {0: 9, 1: 4, 2: 7}) == [0, 3, 2, 1]
    assert exchanged([0, 1], 1, (), {}) == [0, 1]


def test_parts_belong_to_the_outermost_whole() -> None:
    state = _state("Pool", "Future", "Lock")
    state.things[1] = Thing(id=1, kind="Future", name="f", whole=0)
    state.things[2] = Thing(id=2, kind="Lock", name="l", whole=1)
    assert whole_of(state.things, 2) == 0
    assert wholes(state.things) == [0]


def test_a_part_of_something_unknown_stands_for_itself() -> None:
    state = _state("Lock")
    state.things[0] = Thing(id=0, kind="Lock", name="l", whole=77)
    assert wholes(state.things) == [0]


@pytest.mark.parametrize("room", [1, 28, 44, 88, 89, 140, 300])
def test_columns_share_the_room(room: int) -> None:
    columns = stacked([Block(number, 6) for number in range(7)], room, most(room))
    assert columns[-1].left + columns[-1].width <= room
    assert len({column.width for column in columns}) == 1
    assert sorted(block.number for column in columns for block in column.blocks) == list(range(7))
    assert total(columns) == -(-7 // len(columns)) * 6
    for column in columns:
        for block in column.blocks:
            assert column.at(block.top) is block
            assert column.at(block.top + 5) is block
        assert column.at(total(columns)) is None


async def test_the_hero_comes_first_and_stays() -> None:
    app = stand("objects", "zoo", 0.5)
    async with app.run_test(size=(50, 40)):
        (pane,) = app.panes
        pane.hero = "Semaphore"
        orders = set()
        for position in range(len(app.trace) // 2, len(app.trace)):
            pane.show(app.trace, position)
            orders.add(_said(pane).split("\n")[0][:12])
        assert all("ferry" in first for first in orders)


async def test_showing_the_same_again_draws_nothing(monkeypatch) -> None:
    app = stand("objects", "traffic_light", 0.5)
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        (pane,) = app.panes
        regions = []
        monkeypatch.setattr(pane, "refresh", lambda *args, **_: regions.extend(args))
        pane.show(app.trace, app.position)
        assert regions == []
        pane.show(app.trace, app.position + 3)
        assert regions
        assert sum(region.height for region in regions) < 12


async def test_what_happens_out_of_sight_is_brought_into_sight_without_moving_the_others() -> None:
    trace = _many(20)
    app = Stand([ObjectsPane()], trace, 0)
    async with app.run_test(size=(40, 26)) as pilot:
        (pane,) = app.panes
        position = next(
            at for at in range(len(trace)) if trace.event(at).kind is Kind.ACQUIRE and trace.event(at).obj == 9
        )
        pane.show(trace, position)
        before = _said(pane)
        assert "lock 9" not in before
        pane.show(trace, position + 1)
        after = _said(pane)
        assert "lock 9" in after
        assert sum(one == other for one, other in zip(before.split("\n"), after.split("\n"), strict=True)) >= 12
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        pane.show(trace, len(trace) - 1)
        assert "lock 19" not in _said(pane)


async def test_very_many_objects_have_a_line_each() -> None:
    trace = _many(500)
    app = Stand([ObjectsPane()], trace, len(trace))
    async with app.run_test(size=(60, 30)) as pilot:
        (pane,) = app.panes
        assert pane.virtual_size.height == 24 * 6 + 476
        pane.scroll_to(y=600, animate=False)
        await pilot.pause()
        assert "lock 4" in _said(pane)


async def test_a_deadlock_stands_above_them_all() -> None:
    app = stand("objects", "deadlock", 1)
    async with app.run_test(size=(50, 24)):
        said = _said(app.panes[0]).split("\n")
        assert "Deadlock. Each waits for the next one." in said[0]
        assert "Thread-1 ─mutexB─▸ Thread-2" in said[1]
        assert "mutexA" in said[2]


async def test_a_deadlock_is_seen_before_the_run_says_so() -> None:
    trace = canned.deadlock()
    verdict = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.DEADLOCK)
    app = Stand([ObjectsPane()], trace, verdict)
    async with app.run_test(size=(50, 24)):
        assert "Deadlock" in _said(app.panes[0])


async def test_a_deadlock_of_many_is_a_column_and_keeps_to_a_few_lines() -> None:
    run = Script("philosophers", SOURCE)
    forks = [run.thing("Lock", f"fork {number}") for number in range(30)]
    people = [run.spawn(f"philosopher {number}") for number in range(30)]
    for fork, person in zip(forks, people, strict=True):
        run.act(person, Kind.ACQUIRE, fork, 1)
    for at, person in enumerate(people):
        run.act(person, Kind.WAIT, forks[(at + 1) % 30], text="acquire")
    for at, person in enumerate(people):
        run.note(Kind.DEADLOCK, person, forks[(at + 1) % 30], people[(at + 1) % 30])
    app = Stand([ObjectsPane()], run.trace(), len(run.events))
    async with app.run_test(size=(50, 30)):
        said = _said(app.panes[0]).split("\n")
        assert "╭▸ philosopher 0 ─ fork 1 ▾" in said[1]
        assert "more" in said[7]
        assert "╰─ philosopher 29 ─ fork 0 ▴" in said[8]


async def test_a_deadlock_need_not_be_a_circle() -> None:
    run = Script("forgotten", SOURCE)
    event = run.thing("Event", "go")
    run.act(0, Kind.WAIT, event, text="wait")
    run.note(Kind.DEADLOCK, 0, event, NONE)
    app = Stand([ObjectsPane()], run.trace(), len(run.events))
    async with app.run_test(size=(60, 20)):
        said = _said(app.panes[0])
        assert "What they wait for can never come." in said
        assert "MainThread waits for go" in said


async def test_nothing_to_see_is_said() -> None:
    app = stand("objects", "daemon", 0.5)
    async with app.run_test(size=(50, 20)):
        assert "No locks, events or queues so far." in _said(app.panes[0])


async def test_a_resize_lays_the_stack_out_anew() -> None:
    app = stand("objects", "zoo", 1)
    async with app.run_test(size=(40, 30)) as pilot:
        (pane,) = app.panes
        tall = pane.virtual_size.height
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert pane.virtual_size.height < tall * 0.7
        assert all(pane.render_line(row).cell_length == pane.columns for row in range(pane.rows))


@pytest.mark.parametrize(
    ("trace", "at", "size"),
    [
        ("deadlock", 1.0, (40, 24)),
        ("traffic_light", 0.4, (60, 12)),
        ("traffic_light", 0.7, (30, 12)),
        ("semaphore", 0.5, (70, 10)),
        ("pool", 0.6, (76, 12)),
        ("reentrant", 0.5, (36, 10)),
        ("zoo", 1.0, (120, 56)),
    ],
)
def test_looks(snap_compare, trace: str, at: float, size: tuple[int, int]) -> None:
    assert snap_compare(stand("objects", trace, at), terminal_size=size)


def test_looks_by_day(snap_compare) -> None:
    assert snap_compare(stand("objects", "zoo", 0.95, light=True), terminal_size=(100, 50))


def test_looks_crowded(snap_compare) -> None:
    trace = crowded("Lock", 500)
    assert snap_compare(Stand([ObjectsPane()], trace, len(trace)), terminal_size=(44, 10))


def test_looks_with_names_of_strangers(snap_compare) -> None:
    run = Script("hostile", SOURCE)
    for number, name in enumerate(NAMES):
        lock = run.thing(("Lock", "Queue", "Event")[number % 3], name)
        run.act(run.spawn(name), Kind.WAIT, lock, text="get" if number % 3 == 1 else "wait")
    trace = run.trace()
    assert snap_compare(Stand([ObjectsPane()], trace, len(trace)), terminal_size=(90, 44))


def test_zoo_is_whole() -> None:
    kinds = {thing.kind for thing in zoo().state(len(zoo())).things}
    assert len(kinds) == 14
