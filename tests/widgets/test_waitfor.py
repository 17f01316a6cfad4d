"""The wait-for pane: everybody who waits is in it, in order, and a circle is lit."""

import pytest
from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.store import Trace
from concurrency_tui.trace.waits import cycle, edges
from concurrency_tui.widgets.drawings.cycle import ring
from concurrency_tui.widgets.drawings.ink import length
from concurrency_tui.widgets.waitfor import WaitForPane
from concurrency_tui.widgets.waitfor_graph import gathered
from concurrency_tui.widgets.waitfor_tree import LONGEST, drawn, tree

from .. import canned
from ..canned_net import Net
from ..canned_script import Script
from .gallery_objects import Stand, stand
from .hostile import NAMES
from .zoo import SOURCE, crowded, zoo


def said(trace: Trace, position: int = -1, width: int = 60) -> list[str]:
    """Return the rows of the tree as text."""
    state = trace.state(position if position >= 0 else len(trace))
    lines = tree(gathered(state), [edge.worker for edge in ring(cycle(state))], width)
    rows = [drawn(line, state, width) for line in lines]
    assert all(length(line) <= width for line in rows)
    return ["".join(span.text for span in line).rstrip() for line in rows]


def chain(people: int) -> Trace:
    """Return a run in which each holds a lock and waits for the next one's, except the last."""
    run = Script("chain", SOURCE)
    locks = [run.thing("Lock", f"lock {number}") for number in range(people)]
    workers = [run.spawn(f"worker {number}") for number in range(people)]
    for lock, worker in zip(locks, workers, strict=True):
        run.act(worker, Kind.ACQUIRE, lock, 1)
    for at, worker in enumerate(workers[:-1]):
        run.act(worker, Kind.WAIT, locks[at + 1], text="acquire")
    return run.trace()


def test_waiters_stand_below_the_one_who_has_it() -> None:
    assert said(crowded("Lock", 3)) == [
        "▷ worker holder  ready",
        "╰─ worker thing  Lock  3 waiting",
        "   ╰─ worker 0  worker 1  worker 2",
    ]


def test_a_chain_goes_down_from_the_one_who_can_move() -> None:
    assert said(chain(3)) == [
        "▷ worker 2  ready",
        "╰─ lock 2  Lock  1 waiting",
        "   ╰─ ■ worker 1  lock",
        "      ╰─ lock 1  Lock  1 waiting",
        "         ╰─ worker 0",
    ]


def test_a_very_long_chain_is_drawn_without_end_of_room_or_stack() -> None:
    rows = said(chain(400), width=80)
    assert len(rows) == 799
    assert "⋮" in rows[-1]
    assert len(said(chain(1200), width=80)) == LONGEST + 1


def test_joins_wait_for_an_end() -> None:
    trace = canned.failure()
    join = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.JOIN) + 1
    assert said(trace, join)[2:] == ["   ╰─ ■ finder  lock", "      ╰─ its end  1 joining", "         ╰─ MainThread"]


def test_what_nobody_in_particular_has_stands_by_itself() -> None:
    assert said(crowded("Event", 2, operation="wait")) == [
        "worker thing  Event  2 waiting  not set",
        "╰─ worker 0  worker 1",
    ]
    assert any("gate  Barrier  2 waiting  of 4" in line for line in said(zoo()))


@pytest.mark.parametrize("waiters", [1, 20, 500])
def test_every_waiter_is_named_or_counted(waiters: int) -> None:
    words = " ".join(said(crowded("Lock", waiters)))
    named = sum(f"worker {number} " in f"{words} " for number in range(waiters))
    assert named == min(waiters, 300)
    assert ("+200 more" in words) == (waiters == 500)


def test_members_of_a_circle_stand_first_and_are_not_gone_through_twice() -> None:
    lines = said(canned.deadlock())
    assert lines[0] == "⊗ Thread-1  deadlock"
    assert sum("↻ back to the top" in line for line in lines) == 2
    assert any("MainThread" in line for line in lines)


def test_a_circle_is_found_among_other_waits() -> None:
    trace = canned.deadlock()
    circle = ring(cycle(trace.state(len(trace))))
    assert [edge.worker for edge in circle] == [1, 2]
    assert ring([]) == []
    assert ring(edges(chain(3).state(99))) == []


def test_two_that_wait_for_each_others_words_stand_there_too() -> None:
    run = Net()
    person = run.client("client 0")
    ours = run.connect(person)
    theirs = run.accept(ours)
    run.wait(person, ours)
    run.wait(run.serve("talk 0"), theirs)
    assert said(run.trace()) == [
        "⇄ client 0  I/O",
        "╰─ conn  socket  1 waiting  nothing to receive",
        "   ╰─ ⇄ talk 0  I/O",
        "      ╰─ phone  socket  1 waiting  nothing to receive",
        "         ╰─ ⇄ client 0  I/O  ↻ back to the top",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_text(name: str) -> None:
    for line in said(crowded("Lock", 2, names=name + "{}"), width=30):
        assert line.isprintable()


def test_waiting_for_oneself_is_a_circle_of_one() -> None:
    run = Script("self", SOURCE)
    lock = run.thing("Lock", "lock")
    run.act(0, Kind.ACQUIRE, lock, 1)
    run.act(0, Kind.WAIT, lock, NONE, "acquire")
    assert said(run.trace()) == [
        "■ MainThread  lock",
        "╰─ lock  Lock  1 waiting",
        "   ╰─ ■ MainThread  lock  ↻ back to the top",
    ]


async def test_nobody_waits() -> None:
    app = stand("waitfor", "daemon", 1)
    async with app.run_test(size=(50, 10)):
        pane = app.query_one(WaitForPane)
        assert "Nobody waits for anybody." in pane.render_line(1).text


async def test_the_same_graph_is_not_drawn_twice(monkeypatch) -> None:
    trace = canned.crowd(200, 3)
    app = Stand([WaitForPane()], trace, len(trace) // 2)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        pane = app.query_one(WaitForPane)
        before = pane._lines
        regions = []
        monkeypatch.setattr(pane, "refresh", lambda *args, **_: regions.extend(args))
        pane.show(trace, len(trace) // 2)
        assert pane._lines is before
        assert regions == []


@pytest.mark.parametrize(
    ("trace", "at", "size"),
    [("deadlock", 1.0, (60, 16)), ("crowd:500", 0.4, (100, 20)), ("zoo", 1.0, (50, 40))],
    ids=["deadlock", "crowd", "zoo"],
)
def test_looks(snap_compare, trace: str, at: float, size: tuple[int, int]) -> None:
    assert snap_compare(stand("waitfor", trace, at), terminal_size=size)
