"""How tasks go through pools: a future stands for each, from its submission to its callbacks."""

from typing import Final

from msgspec.structs import replace

from .events import NONE, Event, Kind
from .fold_acting import LIST_LIMIT, act, change, find, known
from .state import State


def submit(state: State, event: Event) -> None:
    """A call is handed to a pool; its future is pending."""
    act(state, event)
    change(state, event.obj, call=event.text, phase="pending", since=event.time, since_step=event.step)
    pool = find(state.things, event.value)
    if pool is not None:
        change(state, pool.id, uses=pool.uses + 1)


def take(state: State, event: Event) -> None:
    """A pool's worker starts a task."""
    act(state, event, task=event.obj if find(state.things, event.obj) else NONE)
    since = {"since": event.time, "since_step": event.step}
    change(state, event.obj, phase="running", worker=known(state, event.worker), **since)


def resolve(state: State, event: Event) -> None:
    """A task returns its result."""
    _settle(state, event, "done")


def reject(state: State, event: Event) -> None:
    """A task ends with an exception, kept in its future."""
    _settle(state, event, "failed")


def cancel(state: State, event: Event) -> None:
    """A pending task is called off."""
    _settle(state, event, "cancelled")


def call_back(state: State, event: Event) -> None:
    """A future's callback is about to run, on whatever worker found it settled."""
    act(state, event)
    future = find(state.things, event.obj)
    if future is not None and len(future.callbacks) < LIST_LIMIT:
        change(state, future.id, callbacks=(*future.callbacks, (event.text, known(state, event.worker))))


def receive(state: State, event: Event) -> None:
    """A worker gets a future's result."""
    act(state, event)
    future = find(state.things, event.obj)
    if future is not None:
        change(state, future.id, passed=future.passed + 1)


def shut_down(state: State, event: Event) -> None:
    """A pool takes no more tasks."""
    act(state, event)
    change(state, event.obj, flag=True, since=event.time, since_step=event.step)


def _settle(state: State, event: Event, phase: str) -> None:
    worker = find(state.workers, event.worker)
    task = NONE if worker is None or worker.task == event.obj else worker.task
    act(state, event, task=task)
    future = find(state.things, event.obj)
    if future is None:
        return
    taker = find(state.workers, future.worker)
    if taker is not None and taker.task == future.id:  # a process's task is settled by a thread of its parent
        state.workers[taker.id] = replace(taker, task=NONE)
    since = {"since": event.time, "since_step": event.step}
    change(state, future.id, phase=phase, flag=True, result=event.text, **since)
    pool = find(state.things, future.whole)
    if pool is not None:
        change(state, pool.id, passed=pool.passed + 1)


HANDLERS: Final = {
    Kind.SUBMIT: submit,
    Kind.TAKE: take,
    Kind.RESOLVE: resolve,
    Kind.REJECT: reject,
    Kind.CANCEL: cancel,
    Kind.CALLBACK: call_back,
    Kind.RESULT: receive,
    Kind.SHUTDOWN: shut_down,
}
