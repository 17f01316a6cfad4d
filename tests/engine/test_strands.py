"""Workers inside a task: numbered with the tasks, told after the task they run in, never chosen."""

import threading

from concurrency_tui.engine.kernel.running import current_kernel
from concurrency_tui.engine.kernel.strand import Strand
from concurrency_tui.engine.probes.probe import InProgress
from concurrency_tui.engine.seam.waiting import Gate
from concurrency_tui.engine.simulate import call
from concurrency_tui.engine.strategies.fifo import Fifo
from concurrency_tui.trace.events import NONE, Event, Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import Status
from concurrency_tui.trace.store import Trace


def program() -> None:
    """Let a strand act before and after the thread that it runs in has waited for another."""
    kernel = current_kernel()
    assert kernel is not None
    assert kernel.current is not None
    inner = kernel.nest("inner")
    kernel.recorder.emit(Kind.SPAWN, obj=inner.id, value=int(WorkerFlag.COROUTINE), text="inner")
    other = threading.Thread(target=lambda: None, name="other")
    kernel.current.strand = inner
    kernel.recorder.begin(None, "inner")
    other.start()
    other.join()
    kernel.recorder.emit(Kind.LOOK, text="round")
    kernel.current.strand = None
    inner.done = True
    kernel.recorder.end(inner)


def run() -> tuple[list[Event], Trace]:
    """Run it; return its events and its trace."""
    events: list[Event] = []
    kernel, outcome = call(program, Fifo(), events.append)
    assert outcome.name == "finished"
    assert [worker.id for worker in kernel.workers] == [0, 1, 2]
    assert [task.id for task in kernel.tasks] == [0, 2]
    trace = Trace(Header(target="strands"))
    trace.extend(events)
    return events, trace


def test_the_first_worker_named_in_a_step_is_one_that_was_chosen():
    events, _ = run()
    first: dict[int, int] = {}
    for event in events:
        if event.worker != NONE:
            first.setdefault(event.step, event.worker)
    assert 1 not in first.values()


def test_the_thread_runs_while_a_worker_inside_it_does():
    _, trace = run()
    seen: set[Status] = set()
    for position in range(len(trace) + 1):
        state = trace.state(position)
        if state.running == 1:
            seen.add(state.workers[1].status)
            assert state.workers[0].status is Status.RUNNING
        if state.running == 2:
            assert state.workers[1].status is not Status.RUNNING
    assert seen == {Status.RUNNING, Status.FINISHED}
    assert [worker.host for worker in trace.state(len(trace)).workers] == [NONE, 0, NONE]


class Owned:
    """A lock of some library."""

    def __init__(self, owner: Strand) -> None:
        self.owner = owner


def stuck_loop() -> None:
    """Leave two strands that wait for each other's locks, and one that waits for one of them, in a loop's wait."""
    kernel = current_kernel()
    assert kernel is not None
    left, right, behind = (kernel.nest(name) for name in ("left", "right", "behind"))
    for strand in (left, right, behind):
        kernel.recorder.emit(Kind.SPAWN, obj=strand.id, value=int(WorkerFlag.COROUTINE), text=strand.name)
    behind.wait(awaited=left)
    left.wait(number=0, wanted=Owned(right))
    right.wait(number=1, wanted=Owned(left))
    Gate().wait(lambda: False)


def test_a_cycle_of_strands_is_found():
    kernel, outcome = call(stuck_loop, Fifo())
    assert outcome.name == "deadlock"
    left, right = kernel.workers[1:3]
    assert outcome.stuck == ((left, 0, right), (right, 1, left))


def lost_loop(verb: str) -> None:
    """Leave two strands that wait, one for an object that nobody has and one for that one, in a wait of the thread."""
    kernel = current_kernel()
    assert kernel is not None
    assert kernel.current is not None
    first, second = kernel.nest("first"), kernel.nest("second")
    kernel.nest("third")  # could go on if its thread did
    first.wait(number=0)
    second.wait(awaited=first)
    kernel.current.operations.append(InProgress(verb, NONE))
    Gate().wait(lambda: False)


def test_the_thread_of_a_loop_is_not_named_beside_its_strands():
    kernel, outcome = call(lambda: lost_loop("select"), Fifo())
    assert [stuck.worker for stuck in outcome.stuck] == [kernel.workers[1]]
    kernel, outcome = call(lambda: lost_loop("acquire"), Fifo())
    assert [stuck.worker for stuck in outcome.stuck] == kernel.workers[:2]


def test_the_chosen_thread_is_told_first_when_a_strand_is_told_by_its_number():
    def body() -> None:
        kernel = current_kernel()
        assert kernel is not None
        strand = kernel.nest("strand")
        kernel.recorder.emit(Kind.SPAWN, obj=strand.id, value=int(WorkerFlag.COROUTINE), text="strand")
        kernel.point()
        strand.done = True
        kernel.recorder.end(strand, cancelled=True)

    events: list[Event] = []
    call(body, Fifo(), events.append)
    end = next(event for event in events if event.kind is Kind.END)
    assert (end.worker, end.text) == (1, "cancelled")
    assert events[events.index(end) - 1].kind is Kind.RUN
    assert events[events.index(end) - 1].worker == 0
