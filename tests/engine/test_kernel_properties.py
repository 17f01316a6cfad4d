"""What must hold for every program under every schedule."""

from concurrency_tui.trace.events import NONE, Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import Status
from concurrency_tui.trace.store import Trace
from hypothesis import given, settings

from .random_programs import Operation, Shared, programs, schedules
from .runs import Run, call_here

Program = tuple[tuple[Operation, ...], ...]

settings.register_profile("kernel", deadline=None, max_examples=150, derandomize=True)
kernel_settings = settings.get_profile("kernel")


def execute(program: Program, strategy: str, seed: int, choices: tuple[int, ...] = ()) -> tuple[Run, Shared]:
    books: list[Shared] = []

    def main() -> None:
        shared = Shared()
        books.append(shared)
        shared.main(program)

    run, _ = call_here(main, strategy, seed, choices=choices)
    return run, books[0]


@given(programs, schedules)
@kernel_settings
def test_no_primitive_breaks_its_promise(program: Program, schedule: tuple[str, int]):
    run, shared = execute(program, *schedule)
    assert run.outcome in {"finished", "deadlock"}
    assert not run.failures
    assert not shared.wrong
    for index, left in shared.left.items():
        assert left == shared.entered[index][: len(left)]


@given(programs, schedules)
@kernel_settings
def test_events_are_in_order_and_steps_are_dense(program: Program, schedule: tuple[str, int]):
    run, _ = execute(program, *schedule)
    assert [event for event in run.events if event.kind is Kind.OUTCOME] == run.events[-1:]
    step = time = 0
    ended: set[int] = set()
    for event in run.events:
        assert event.step in {step, step + 1}
        assert event.time >= time
        step, time = event.step, event.time
        if event.kind in {Kind.END, Kind.FAIL, Kind.KILL}:
            ended.add(event.worker)
        elif event.kind is not Kind.OUTCOME:
            assert event.worker not in ended
    assert len(run.choices) == step


@given(programs, schedules)
@kernel_settings
def test_the_same_seed_gives_the_same_events(program: Program, schedule: tuple[str, int]):
    first, _ = execute(program, *schedule)
    second, _ = execute(program, *schedule)
    assert first.events == second.events


@given(programs, schedules)
@kernel_settings
def test_replayed_choices_give_the_same_events(program: Program, schedule: tuple[str, int]):
    strategy, seed = schedule
    run, _ = execute(program, strategy, seed)
    for rest in (strategy, "fifo", "round-robin"):
        again, _ = execute(program, rest, seed, run.choices)
        assert again.events == run.events


@given(programs, schedules)
@kernel_settings
def test_a_prefix_of_the_choices_is_a_prefix_of_the_run(program: Program, schedule: tuple[str, int]):
    strategy, seed = schedule
    run, _ = execute(program, strategy, seed)
    kept = run.choices[: len(run.choices) // 2]
    same, _ = execute(program, strategy, seed, kept)
    assert same.events == run.events
    other, _ = execute(program, "fifo", seed, kept)
    assert other.choices[: len(kept)] == kept
    before = [event for event in run.events if event.step <= len(kept)]
    assert [event for event in other.events if event.step <= len(kept)][: len(before)] == before


def awaited(events: list[Event]) -> dict[int, Event]:
    """Return what each worker that has not ended waits for at the end of a run."""
    last = {event.worker: event for event in events if event.worker != NONE and event.kind is not Kind.DEADLOCK}
    return {worker: event for worker, event in last.items() if event.kind not in {Kind.END, Kind.FAIL, Kind.KILL}}


@given(programs, schedules)
@kernel_settings
def test_a_deadlock_is_a_true_one(program: Program, schedule: tuple[str, int]):
    run, _ = execute(program, *schedule)
    waits = awaited(run.events)
    stuck = run.kinds(Kind.DEADLOCK)
    if run.outcome != "deadlock":
        assert not stuck
        assert not waits
        return
    assert stuck
    assert all(event.kind in {Kind.WAIT, Kind.JOIN} and event.value == NONE for event in waits.values())
    owners = owners_after(run.events)
    for event in stuck:
        wait = waits[event.worker]
        if wait.kind is Kind.JOIN:
            assert (event.obj, event.value) == (NONE, wait.obj)
        else:
            assert event.obj == wait.obj
            assert event.value == owners.get(event.obj, NONE)
    if all(event.value != NONE for event in stuck):
        order = [event.worker for event in stuck]
        if set(order) == {event.value for event in stuck}:
            assert [event.value for event in stuck] == [*order[1:], order[0]]
    graph = {
        worker: wait.obj if wait.kind is Kind.JOIN else owners.get(wait.obj, NONE) for worker, wait in waits.items()
    }
    if has_cycle(graph):
        assert [event.value for event in stuck] == [*(event.worker for event in stuck[1:]), stuck[0].worker]


def has_cycle(graph: dict[int, int]) -> bool:
    for start in graph:
        seen = set()
        node = start
        while node in graph and node not in seen:
            seen.add(node)
            node = graph[node]
        if node in seen:
            return True
    return False


def owners_after(events: list[Event]) -> dict[int, int]:
    """Return who holds which Lock or RLock, from ACQUIRE and RELEASE events alone."""
    kinds = {event.obj: event.text for event in events if event.kind is Kind.OBJECT}
    owners: dict[int, int] = {}
    for event in events:
        if kinds.get(event.obj) in {"Lock", "RLock"}:
            if event.kind is Kind.ACQUIRE:
                owners[event.obj] = event.worker
            elif event.kind is Kind.RELEASE and event.value == 0:
                del owners[event.obj]
    return owners


@given(programs, schedules)
@kernel_settings
def test_the_fold_agrees_with_the_events(program: Program, schedule: tuple[str, int]):
    run, _ = execute(program, *schedule)
    trace = Trace(Header(target="random"))
    trace.extend(run.events)
    assert trace.complete
    assert not trace.notice
    for position in range(1, len(trace) + 1, 7):
        state = trace.state(position)
        owners = owners_after(run.events[:position])
        for thing in state.things:
            if thing.kind in {"Lock", "RLock"}:
                assert thing.owner == owners.get(thing.id, NONE)
                assert all((thing.id in worker.holds) == (worker.id == thing.owner) for worker in state.workers)
            elif thing.kind == "Semaphore":
                assert len(thing.holders) + thing.free == thing.capacity
    final = trace.state(len(trace))
    over = {Status.FINISHED, Status.FAILED, Status.KILLED}
    waits = awaited(run.events)
    for worker in final.workers:
        assert (worker.status in over) == (worker.id not in waits)
    reported = {event.worker for event in run.kinds(Kind.DEADLOCK)}
    assert {worker.id for worker in final.workers if worker.status is Status.DEADLOCKED} == reported
