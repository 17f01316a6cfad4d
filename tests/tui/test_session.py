"""A session keeps every run, and shows a new one at the place that the person was at."""

from dataclasses import replace

import msgspec
import pytest
from concurrency_tui.engine.request import Request
from concurrency_tui.scenarios.parameters import Parameter
from concurrency_tui.scenarios.target import Target
from concurrency_tui.trace.store import Trace
from concurrency_tui.tui.coming import NOT_REPEATED
from concurrency_tui.tui.player import start, step_forward
from concurrency_tui.tui.session import Session
from concurrency_tui.tui.settings import Settings

from .. import canned
from .fakes import Engine, Wire, prefix, steps, toy

WORKERS = Parameter(name="workers", type="int", default=3)
TARGET = Target(kind="module", name="-m toy", module="toy", parameters=(WORKERS,))


class Stand:
    """A session with its engine and wire, and what it said."""

    def __init__(self, engine: Engine | None = None, **settings: object) -> None:
        self.engine = engine or Engine(toy())
        self.wire = Wire()
        self.said: list[str] = []
        self.session = Session(TARGET, Settings(**settings), self.engine, self.wire)
        self.session.say = self.said.append

    def ran(self) -> Session:
        """Let the first run arrive."""
        self.session.run()
        self.wire.pump()
        return self.session

    def at_step(self, step: int) -> Session:
        """Let the first run arrive and put the cursor after a step."""
        session = self.ran()
        session.move(session.trace.end_of_step(step))
        return session


def order(trace: Trace) -> list[int]:
    """Return who acted in each step."""
    acted = dict(reversed(list(steps(trace))))
    return [acted[step] for step in sorted(acted)]


def test_a_run_is_shown_from_its_start() -> None:
    session = Stand().ran()
    assert session.trace.complete
    assert session.position == start(session.trace)
    assert not session.running


def test_events_arrive_bit_by_bit() -> None:
    stand = Stand(Engine(toy(), batch=5))
    stand.session.run()
    lengths = []
    while stand.wire.callbacks:
        stand.wire.pump(1)
        lengths.append(len(stand.session.trace))
    assert lengths[:3] == [5, 10, 15]
    assert stand.engine.children[0].closed


def test_the_cursor_stays_inside() -> None:
    session = Stand().ran()
    session.move(10**9)
    assert session.position == len(session.trace)
    session.move(-1)
    assert session.position == start(session.trace)


def test_a_choice_makes_a_branch_that_begins_the_same() -> None:
    stand = Stand()
    session = stand.at_step(6)
    old = session.trace
    other = next(worker for worker in (1, 2, 3) if worker != order(old)[6])
    session.choose(other)
    stand.wire.pump()
    assert session.trace is not old
    assert order(session.trace)[:7] == [*order(old)[:6], other]
    assert session.trace.step_at(session.position) == 7
    assert session.shown.parent is not None
    assert session.shown.parent.trace is old
    assert stand.said == []


def test_until_the_branch_has_got_there_the_old_run_stays() -> None:
    stand = Stand(Engine(toy(), batch=3))
    session = stand.at_step(6)
    old, position = session.trace, session.position
    session.choose(next(worker for worker in (1, 2, 3) if worker != order(old)[6]))
    stand.wire.pump(3)
    assert session.waiting
    assert (session.trace, session.position) == (old, position)
    stand.wire.pump()
    assert not session.waiting


def test_choosing_who_goes_next_anyway_is_a_step() -> None:
    stand = Stand()
    session = stand.at_step(6)
    session.choose(order(session.trace)[6])
    assert len(session.branches) == 1
    assert session.trace.step_at(session.position) == 7
    assert len(stand.engine.requests) == 1


def test_a_worker_that_cannot_run_is_refused_with_the_reason() -> None:
    trace = canned.deadlock()
    session = Session(None, Settings(), Engine(toy()), Wire(), loaded=trace)
    blocked = next(at for at in range(len(trace)) if trace.event(at).kind == "wait")
    session.move(blocked + 1)
    with pytest.raises(ValueError, match="Thread-1 waits for mutexB, held by Thread-2"):
        session.choose(1)


def test_nobody_is_chosen_after_the_end() -> None:
    session = Stand().ran()
    session.move(len(session.trace))
    with pytest.raises(ValueError, match="ended"):
        session.choose(1)


def test_undo_and_redo_walk_between_the_runs() -> None:
    stand = Stand()
    session = stand.at_step(6)
    first, before = session.shown, session.position
    session.choose(next(worker for worker in (1, 2, 3) if worker != order(session.trace)[6]))
    stand.wire.pump()
    second, after = session.shown, session.position
    session.undo()
    assert (session.shown, session.position) == (first, before)
    session.redo()
    assert (session.shown, session.position) == (second, after)
    assert len(stand.engine.requests) == 2


def test_there_is_nothing_to_undo_at_first() -> None:
    session = Stand().ran()
    with pytest.raises(LookupError):
        session.undo()
    with pytest.raises(LookupError):
        session.redo()


def test_the_same_choice_again_goes_to_the_branch_there_is() -> None:
    stand = Stand()
    session = stand.at_step(6)
    other = next(worker for worker in (1, 2, 3) if worker != order(session.trace)[6])
    session.choose(other)
    stand.wire.pump()
    branch = session.shown
    session.undo()
    session.choose(other)
    assert session.shown is branch
    assert session.trace.step_at(session.position) == 7
    assert len(session.branches) == 2


def test_branches_of_branches_keep_all_choices() -> None:
    stand = Stand()
    session = stand.at_step(6)
    for _ in range(3):
        upcoming = order(session.trace)[session.trace.step_at(session.position)]
        session.choose(next(worker for worker in (1, 2, 3) if worker != upcoming))
        stand.wire.pump()
    assert len(session.branches) == 4
    assert len(stand.engine.requests[-1].choices) == 9
    assert list(stand.engine.requests[-1].choices) == order(session.trace)[:9]


def test_letting_the_strategy_decide_drops_later_choices() -> None:
    stand = Stand()
    session = stand.at_step(6)
    session.choose(next(worker for worker in (1, 2, 3) if worker != order(session.trace)[6]))
    stand.wire.pump()
    session.move(session.trace.end_of_step(5))
    session.release()
    stand.wire.pump()
    assert len(session.settings.choices) == 5
    assert session.trace.step_at(session.position) == 5


def test_the_strategy_decides_already() -> None:
    with pytest.raises(ValueError, match="already"):
        Stand().at_step(6).release()


def test_another_seed_is_another_run_beside_the_first() -> None:
    stand = Stand()
    session = stand.at_step(6)
    first = session.shown
    session.reseed()
    stand.wire.pump()
    assert session.settings.seed == 1
    assert session.position == start(session.trace)
    assert list(session.branches) == [first, session.shown]
    assert session.shown.parent is None


def test_another_parameter_keeps_the_time() -> None:
    stand = Stand()
    session = stand.at_step(8)
    time = session.trace.state(session.position).time
    session.change(session.settings.with_parameter(WORKERS, 4))
    stand.wire.pump()
    assert stand.engine.requests[-1].parameters == {"workers": 4}
    assert stand.engine.requests[-1].defaults == {"workers": "4"}
    assert session.trace.state(session.position).time == time
    assert session.shown.reason() == "workers = 4"


def test_another_parameter_at_the_end_stays_at_the_end() -> None:
    stand = Stand()
    session = stand.ran()
    session.move(len(session.trace))
    session.change(session.settings.with_parameter(WORKERS, 4))
    stand.wire.pump()
    assert session.position == len(session.trace)


def test_the_same_settings_make_no_run() -> None:
    stand = Stand()
    session = stand.ran()
    session.change(replace(session.settings))
    assert len(stand.engine.requests) == 1


def test_a_parameter_back_at_its_default_is_not_set() -> None:
    settings = Settings().with_parameter(WORKERS, 4).with_parameter(WORKERS, 3)
    assert settings == Settings()


def test_only_the_last_of_many_changes_counts() -> None:
    stand = Stand(Engine(toy(), batch=2))
    session = stand.ran()
    for count in (4, 5, 6):
        session.change(session.settings.with_parameter(WORKERS, count))
        stand.wire.pump(2)
    stand.wire.pump()
    assert session.settings.parameters == {"workers": 6}
    assert all(child.closed for child in stand.engine.children)
    assert len(session.branches) == 2


def test_running_again_gives_the_same_run_in_its_place() -> None:
    stand = Stand()
    session = stand.at_step(6)
    before = [session.trace.event(at) for at in range(len(session.trace))]
    session.rerun()
    stand.wire.pump()
    assert [session.trace.event(at) for at in range(len(session.trace))] == before
    assert session.position == start(session.trace)
    assert len(session.branches) == 1


def test_a_choice_that_the_program_does_not_allow_is_dropped() -> None:
    def make(request: Request) -> Trace:
        if not request.choices:
            return toy()(request)
        return toy()(msgspec.structs.replace(request, choices=(*request.choices[:-1], 99)))

    stand = Stand(Engine(make))
    session = stand.at_step(6)
    shown = session.shown
    session.choose(next(worker for worker in (1, 2, 3) if worker != order(session.trace)[6]))
    stand.wire.pump()
    assert session.shown is shown
    (said,) = stand.said
    assert said.endswith("at step 7: that is not possible")
    assert len(session.branches) == 1


def test_a_program_that_does_not_repeat_itself_is_told() -> None:
    runs = 0

    def make(request: Request) -> Trace:
        nonlocal runs
        runs += 1
        return toy(workers=2 + runs)(msgspec.structs.replace(request, parameters={}))

    stand = Stand(Engine(make))
    session = stand.at_step(6)
    session.choose(next(worker for worker in (1, 2, 3) if worker != order(session.trace)[6]))
    stand.wire.pump()
    assert stand.said == [NOT_REPEATED]


def test_a_run_that_takes_long_can_be_shown_early() -> None:
    stand = Stand(Engine(toy(), batch=4))
    session = stand.ran()
    session.move(len(session.trace))
    session.change(session.settings.with_parameter(WORKERS, 4))
    stand.wire.pump(3)
    assert session.waiting
    session.hurry()
    assert not session.waiting
    assert session.position == len(session.trace) == 12
    stand.wire.pump()
    assert session.position == len(session.trace) > 12


def test_moving_the_cursor_ends_the_wait_for_the_end() -> None:
    stand = Stand(Engine(toy(), batch=4))
    session = stand.ran()
    session.move(len(session.trace))
    session.change(session.settings.with_parameter(WORKERS, 4))
    stand.wire.pump(3)
    session.hurry()
    session.move(step_forward(session.trace, start(session.trace)))
    held = session.position
    stand.wire.pump()
    assert session.position == held


def test_closing_ends_the_child() -> None:
    stand = Stand(Engine(toy(), batch=2))
    stand.session.run()
    stand.wire.pump(2)
    stand.session.close()
    assert stand.engine.children[0].closed
    assert not stand.wire.callbacks


def test_a_trace_from_a_file_is_shown_and_cannot_be_run() -> None:
    session = Session(None, Settings(), Engine(toy()), Wire(), loaded=prefix(canned.deadlock(), 12))
    assert session.position == start(session.trace)
    with pytest.raises(ValueError, match="not at hand"):
        session.reseed()


def test_bookmarks_stand_in_the_order_of_the_run() -> None:
    session = Stand().ran()
    for step in (9, 3):
        session.move(session.trace.end_of_step(step))
        session.bookmark(f"at {step}")
    assert [bookmark.note for bookmark in session.shown.bookmarks] == ["at 3", "at 9"]


def test_at_the_end_of_a_run_that_goes_on_the_cursor_stays_at_the_end() -> None:
    stand = Stand(Engine(toy(), batch=4))
    session = stand.session
    session.run()
    stand.wire.pump(2)
    session.move_to_end()
    assert session.position == 8
    stand.wire.pump(1)
    assert session.position == 12
    stand.wire.pump()
    assert session.position == len(session.trace)
