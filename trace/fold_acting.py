"""What every act of a worker means, whatever the act: it runs, the one before it is ready, its wait is over.

This is the innermost loop of a seek. A record is replaced once an event where that can be had.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from .events import NONE, Event
from .state import State, Status, Thing, Worker

LIST_LIMIT: Final = 1000
"""Longest list of permits, items or callbacks that a record keeps; counts go on beyond it."""

_Record = TypeVar("_Record")

_READY: Final = Status.READY
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
    running = state.running
    if running != number:
        state.running = number
        if running != NONE and workers[running].status is _RUNNING:
            workers[running] = replace(workers[running], status=_READY, since=event.time, since_step=event.step)
    if worker.status is not _RUNNING:
        if worker.operation:
            leave_wait(state, worker, event.time)
            changes = {"operation": "", "wants": NONE, "joins": NONE, "deadline": NONE, **changes}
        changes.setdefault("status", _RUNNING)
        changes["since"] = event.time
        changes["since_step"] = event.step
    elif "status" in changes:
        changes["since"] = event.time
        changes["since_step"] = event.step
    if worker.last_step != event.step:
        changes["last_step"] = event.step
        changes["steps"] = worker.steps + 1
    if event.site not in (NONE, worker.site):
        changes["site"] = event.site
    if changes:
        workers[number] = replace(worker, **changes)


def pause(state: State, event: Event, **changes: Any) -> None:
    """Note that the event's worker waits from now on, in the `status` among the changes.

    It may do so in another worker's step: that one took what this one was about to take. Then it did not run itself.
    """
    worker = find(state.workers, event.worker)
    running = find(state.workers, state.running)
    if worker is None or running is None or running is worker or running.last_step != event.step:
        act(state, event, **changes)
        return
    leave_wait(state, worker, event.time)
    site = worker.site if event.site == NONE else event.site
    wait = {"operation": "", "wants": NONE, "joins": NONE, "deadline": NONE, **changes}
    state.workers[worker.id] = replace(worker, since=event.time, since_step=event.step, site=site, **wait)


def change_status(state: State, event: Event, worker: Worker, status: Status, **changes: Any) -> None:
    """Set the status of a worker that is not the one who acts."""
    state.workers[worker.id] = replace(worker, status=status, since=event.time, since_step=event.step, **changes)


def change(state: State, number: int, **changes: Any) -> None:
    """Set fields of an object's record; of an object nobody declared, nothing is known."""
    thing = find(state.things, number)
    if thing is not None:
        state.things[number] = replace(thing, **changes)


def leave_wait(state: State, worker: Worker, time: int) -> None:
    """Take a worker out of the waiters of the object it waits for, if it waits for one."""
    thing = find(state.things, worker.wants)
    if thing is not None and worker.id in thing.waiters:
        longest = max(thing.longest, time - worker.since)
        state.things[thing.id] = replace(thing, waiters=without(thing.waiters, worker.id), longest=longest)


def without(numbers: tuple[int, ...], number: int) -> tuple[int, ...]:
    """Return `numbers` less the first occurrence of `number`, or as they are where it does not occur."""
    if number not in numbers:
        return numbers
    place = numbers.index(number)
    return numbers[:place] + numbers[place + 1 :]


def put_down(state: State, number: int, thing: Thing) -> None:
    """Take the object from what a worker holds."""
    worker = find(state.workers, number)
    if worker is not None and thing.id in worker.holds:
        state.workers[number] = replace(worker, holds=without(worker.holds, thing.id))
