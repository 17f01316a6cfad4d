"""What every act of a worker means, whatever the act: it runs, the one before it is ready, its wait is over.

This is the innermost loop of a seek. A record is replaced once an event where that can be had.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from .events import NONE, Event
from .state import COMPUTING, State, Status, Thing, Worker

LIST_LIMIT: Final = 1000
"""Longest list of permits, items or callbacks that a record keeps; counts go on beyond it."""

_Record = TypeVar("_Record")

_READY: Final = Status.READY
_FAILED: Final = Status.FAILED
_RUNNING: Final = Status.RUNNING


def find(records: Sequence[_Record], number: int) -> _Record | None:
    """Return the record of that number, or None where an event points nowhere."""
    return records[number] if 0 <= number < len(records) else None


def known(state: State, number: int) -> int:
    """Return the worker's number, or NONE where an event points nowhere."""
    return number if 0 <= number < len(state.workers) else NONE


def act(state: State, event: Event, **changes: Any) -> None:
    """Note that the event's worker does something; `changes` are fields of its record to set besides."""
    workers, number = state.workers, event.worker
    if not 0 <= number < len(workers):
        return
    worker = workers[number]
    if state.running != number:
        _hand_over(state, event, worker.host)
    if worker.operation:
        changes = _end_wait(state, event, worker, changes)
    # A worker that has failed still writes its traceback, and a main thread then waits for the others.
    active = _FAILED if worker.error else _RUNNING
    if worker.status is not active and "status" not in changes:
        changes["status"] = active
    if "status" in changes:
        changes["since"] = event.time
        changes["since_step"] = event.step
    if worker.last_step != event.step:
        changes["last_step"] = event.step
        changes["steps"] = worker.steps + 1
    if event.site not in (NONE, worker.site):
        changes["site"] = event.site
    if changes:
        workers[number] = replace(worker, **changes)


def _hand_over(state: State, event: Event, host: int) -> None:
    """Note that the event's worker acts, in the thread `host` if it has one, and the one that acted no longer runs."""
    workers, running = state.workers, state.running
    state.running = event.worker
    while running not in (NONE, host, event.worker):
        worker = workers[running]
        if worker.operation == COMPUTING:
            break  # it goes on beside the others, and so does the thread it is in
        if worker.status is _RUNNING:
            workers[running] = replace(worker, status=_READY, since=event.time, since_step=event.step)
        running = worker.host
    if host == NONE:
        return
    worker = workers[host]
    if worker.status is not _RUNNING and not worker.error:
        changes = _end_wait(state, event, worker, {}) if worker.operation else {}
        changes.update(status=_RUNNING, since=event.time, since_step=event.step)
        workers[host] = replace(worker, **changes)


def _end_wait(state: State, event: Event, worker: Worker, changes: dict[str, Any]) -> dict[str, Any]:
    """Take a worker out of its wait, and return the changes with those that this means for its record."""
    if worker.wants != NONE:
        leave_wait(state, worker, event.time)
    return {"operation": "", "wants": NONE, "joins": NONE, "deadline": NONE, **changes}


def pause(state: State, event: Event, **changes: Any) -> None:
    """Note that the event's worker waits from now on, in the `status` among the changes.

    It may do so in another worker's step: that one took what this one was about to take. Then it did not run itself,
    unless that other one is inside it, as then it waits as a whole.
    """
    workers, running = state.workers, state.running
    worker = find(workers, event.worker)
    if worker is None:
        return
    alone = running in (NONE, worker.id) or workers[running].last_step != event.step
    if alone or worker.host != NONE or workers[running].host == worker.id:
        act(state, event, **changes)
        return
    changes = _end_wait(state, event, worker, changes)
    site = worker.site if event.site == NONE else event.site
    state.workers[worker.id] = replace(worker, since=event.time, since_step=event.step, site=site, **changes)


def change_status(state: State, event: Event, worker: Worker, status: Status, **changes: Any) -> None:
    """Set the status of a worker that is not the one who acts."""
    state.workers[worker.id] = replace(worker, status=status, since=event.time, since_step=event.step, **changes)


def change(state: State, number: int, **changes: Any) -> None:
    """Set fields of an object's record; of an object nobody declared, nothing is known."""
    thing = find(state.things, number)
    if thing is not None:
        state.things[number] = replace(thing, **changes)


def leave_wait(state: State, worker: Worker, time: int) -> None:
    """Take a worker out of the waiters of the object it waits for."""
    thing = state.things[worker.wants]
    longest = max(thing.longest, time - worker.since)
    state.things[thing.id] = replace(thing, waiters=without(thing.waiters, worker.id), longest=longest)


def without(numbers: tuple[int, ...], number: int) -> tuple[int, ...]:
    """Return `numbers` less the first occurrence of `number`, or as they are where it does not occur."""
    try:
        place = numbers.index(number)
    except ValueError:
        return numbers
    return numbers[:place] + numbers[place + 1 :]


def put_down(state: State, number: int, thing: Thing) -> None:
    """Take the object from what a worker holds."""
    worker = find(state.workers, number)
    if worker is not None and thing.id in worker.holds:
        state.workers[number] = replace(worker, holds=without(worker.holds, thing.id))
