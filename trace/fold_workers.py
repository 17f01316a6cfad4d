"""How workers come, wait and go."""

from typing import Final

from msgspec.structs import replace

from .events import CANCELLED, NESTED, NONE, Event, Kind, WorkerFlag
from .fold_acting import act, change_status, find, known, leave_wait, pause
from .state import COMPUTING, State, Status, Worker

_BY_KIND: Final = {
    **dict.fromkeys(("Lock", "RLock", "Semaphore", "BoundedSemaphore"), Status.LOCK),
    **dict.fromkeys(("Event", "Condition", "Barrier", "Future"), Status.SIGNAL),
    "socket": Status.IO,
    "GIL": Status.GIL,
    "CPU": Status.READY,
}
_BY_OPERATION: Final = {
    "acquire": Status.LOCK,
    "get": Status.QUEUE,
    "put": Status.QUEUE,
    "accept": Status.IO,
    "connect": Status.IO,
    "recv": Status.IO,
    "select": Status.IO,
    "send": Status.IO,
}
LAST_LINE_LIMIT: Final = 1000
"""How much of a line without an end is kept, in characters."""


def waiting_status(kind: str, operation: str) -> Status:
    """Return the status of a worker that waits in `operation` on an object of type `kind`."""
    status = _BY_KIND.get(kind)
    if status is not None:
        return status
    if kind.endswith(("Queue", "Executor", "Pool")):
        return Status.QUEUE
    return _BY_OPERATION.get(operation, Status.SIGNAL)


def spawn(state: State, event: Event) -> None:
    """Add a worker that is ready and has not begun; numbers are dense, so any other number is passed over."""
    act(state, event)
    if event.obj != len(state.workers):
        return
    parent = find(state.workers, event.worker)
    flags = max(event.value, 0)
    begins_process = flags & WorkerFlag.PROCESS
    host = NONE
    if parent is not None and flags & NESTED:
        host = parent.id if parent.host == NONE else parent.host
        state.nested += 1
    newcomer = Worker(
        id=event.obj,
        name=event.text,
        flags=flags,
        parent=known(state, event.worker),
        host=host,
        process=event.obj if parent is None or begins_process else parent.process,
        since=event.time,
        since_step=event.step,
        born=event.time,
    )
    state.workers.append(newcomer)


def begin(state: State, event: Event) -> None:
    """A worker takes its first step."""
    act(state, event, begun=True, function=event.text)


def rename(state: State, event: Event) -> None:
    """A worker gives a worker, most often itself, another name."""
    act(state, event)
    worker = find(state.workers, event.obj)
    if worker is not None:
        state.workers[worker.id] = replace(worker, name=event.text)


def end(state: State, event: Event) -> None:
    """A worker returns, or ends because it was asked to."""
    act(state, event, status=Status.FINISHED, cancelled=event.text == CANCELLED)


def give_way(state: State, event: Event) -> None:
    """A worker inside a thread lets others of that thread go first."""
    act(state, event, status=Status.READY)


def fail(state: State, event: Event) -> None:
    """A worker ends with an exception that nothing caught."""
    act(state, event, status=Status.FAILED, error=event.text or "failed")


def kill(state: State, event: Event) -> None:
    """A daemon ends because the program does."""
    worker = find(state.workers, event.worker)
    if worker is not None:
        if worker.wants != NONE:
            leave_wait(state, worker, event.time)
        change_status(state, event, worker, Status.KILLED, operation="", wants=NONE, joins=NONE, deadline=NONE)


def sleep(state: State, event: Event) -> None:
    """A worker sleeps until its deadline."""
    pause(state, event, status=Status.SLEEPING, operation="sleep", deadline=event.value)


def wait(state: State, event: Event) -> None:
    """A worker cannot go on before an object lets it."""
    thing = find(state.things, event.obj)
    status = waiting_status(thing.kind if thing else "", event.text)
    wants = thing.id if thing else NONE
    # Never what says that a worker does not wait.
    operation = "wait" if event.text in ("", COMPUTING) else event.text
    pause(state, event, status=status, operation=operation, wants=wants, deadline=event.value)
    if thing is not None and known(state, event.worker) != NONE:
        thing = state.things[event.obj]  # a wait that this one follows may have changed it
        state.things[event.obj] = replace(thing, waiters=(*thing.waiters, event.worker))


def join(state: State, event: Event) -> None:
    """A worker cannot go on before another has ended."""
    joins = known(state, event.obj)
    pause(state, event, status=Status.JOIN, operation="join", joins=joins, deadline=event.value)


def output(state: State, event: Event) -> None:
    """A worker writes; what it wrote last is kept, a line in the making before a whole one."""
    worker = find(state.workers, event.worker)
    if worker is None or not event.text:
        act(state, event)
        return
    text = worker.output + event.text if worker.unfinished else event.text
    *_, before, last = ("", *text.split("\n"))
    shown = (last or before)[:LAST_LINE_LIMIT]
    act(state, event, output=shown, unfinished=bool(last))


def stick(state: State, event: Event) -> None:
    """A worker is deadlocked: the program's end found it waiting for what can never come."""
    worker = find(state.workers, event.worker)
    if worker is None or worker.status is Status.DEADLOCKED:
        return
    change_status(state, event, worker, Status.DEADLOCKED)
    thing = find(state.things, event.obj)
    state.stuck += ((worker.id, thing.id if thing else NONE, known(state, event.value)),)


def finish(state: State, event: Event) -> None:
    """The run is over."""
    state.outcome = event.text
    state.exit_status = event.value


HANDLERS: Final = {
    Kind.SPAWN: spawn,
    Kind.BEGIN: begin,
    Kind.RENAME: rename,
    Kind.END: end,
    Kind.FAIL: fail,
    Kind.KILL: kill,
    Kind.LINE: act,
    Kind.RUN: act,
    Kind.YIELD: give_way,
    Kind.INTERRUPT: act,
    Kind.SLEEP: sleep,
    Kind.WAKE: act,
    Kind.WAIT: wait,
    Kind.JOIN: join,
    Kind.JOINED: act,
    Kind.TIMEOUT: act,
    Kind.REFUSE: act,
    Kind.OUTPUT: output,
    Kind.DEADLOCK: stick,
    Kind.OUTCOME: finish,
}
