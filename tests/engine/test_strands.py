"""Workers inside a task: numbered with the tasks, told after the task they run in, never chosen."""

import threading

from concurrency_tui.engine.kernel.running import current_kernel
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
