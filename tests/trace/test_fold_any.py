"""The fold survives every sequence of valid events, and what it makes of them hangs together."""

from concurrency_tui.trace.events import NONE
from concurrency_tui.trace.fold import apply
from concurrency_tui.trace.lanes import STATUSES
from concurrency_tui.trace.state import COMPUTING, State, Status
from concurrency_tui.trace.waits import cycle, edges
from hypothesis import given, settings

from tests.any_events import as_trace, event_lists

WAITING = {
    Status.LOCK,
    Status.SIGNAL,
    Status.QUEUE,
    Status.IO,
    Status.GIL,
    Status.JOIN,
    Status.SLEEPING,
    Status.DEADLOCKED,
}


def check(state: State) -> None:
    """Check what must hold at every cursor."""
    workers, things = state.workers, state.things
    assert [worker.id for worker in workers] == list(range(len(workers)))
    assert [thing.id for thing in things] == list(range(len(things)))
    assert state.running == NONE or state.running < len(workers)
    for worker in workers:
        assert worker.wants == NONE or worker.id in things[worker.wants].waiters
        assert worker.joins < len(workers)
        assert worker.parent < len(workers)
        assert all(number < len(things) for number in (*worker.holds, worker.task, worker.wants))
        waits_for_core = worker.status is Status.READY and worker.wants != NONE
        if worker.operation == COMPUTING:
            assert worker.status in (Status.RUNNING, Status.FAILED, Status.DEADLOCKED)
            assert (worker.wants, worker.joins) == (NONE, NONE)
        elif worker.status not in WAITING and not waits_for_core:
            assert (worker.operation, worker.wants, worker.joins, worker.deadline) == ("", NONE, NONE, NONE)
        if waits_for_core:
            assert things[worker.wants].kind == "CPU"
        if worker.status is Status.RUNNING and worker.operation != COMPUTING:
            hosts = {other.host for other in workers}  # their nested worker may have computed until it was cut off
            assert worker.id in (state.running, workers[state.running].host, *hosts)
    for thing in things:
        assert len(set(thing.waiters)) == len(thing.waiters)
        assert all(workers[number].wants == thing.id for number in thing.waiters)
        assert thing.owner == NONE or thing.id in workers[thing.owner].holds
        assert all(thing.id in workers[number].holds for number in thing.holders)
        assert thing.size >= len(thing.items)
        assert all(things[part].whole < len(things) for part in thing.parts)
        assert thing.worker < len(workers)
        assert thing.creator < len(workers)
        if thing.end is not None:
            assert thing.end.peer < len(things)
            assert thing.end.incoming >= sum(chunk.left for chunk in thing.end.wire)
            assert all(0 < chunk.left <= chunk.size for chunk in thing.end.wire)
            assert len(set(thing.end.backlog)) == len(thing.end.backlog)
            assert all(number < len(things) for number in thing.end.backlog)
    for worker, thing, holder in state.stuck:
        assert worker < len(workers)
        assert thing < len(things)
        assert holder < len(workers)


@settings(max_examples=300)
@given(event_lists())
def test_any_sequence_folds_into_states_that_hang_together(events):
    state = State()
    for event in events:
        apply(state, event)
        check(state)
    assert state.position == len(events)


@settings(max_examples=300)
@given(event_lists())
def test_lanes_agree_with_the_fold_at_every_position(events):
    trace = as_trace(events)
    for position in range(len(events) + 1):
        state = trace.state(position)
        for worker in state.workers:
            segments = trace.lanes.segments(worker.id)
            assert STATUSES[segments.status[segments.at(position)]] is worker.status


@settings(max_examples=300)
@given(event_lists())
def test_every_state_has_a_wait_for_graph(events):
    state = as_trace(events).state(len(events))
    waits = edges(state)
    assert len({wait.worker for wait in waits}) == len(waits)
    ring = cycle(state)
    if ring and not state.stuck:
        assert all(wait.holder == ring[place + 1 - len(ring)].worker for place, wait in enumerate(ring))
