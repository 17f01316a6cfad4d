"""How a wait ends in this run: what the rest of the trace tells, in one or two sentences."""

from typing import Final, Literal

from .events import NONE, Kind
from .fold_acting import find
from .narrate_nouns import thing, worker
from .narrate_words import duration, say
from .sockets import SOCKET, peer
from .state import COMPUTING, State, Status, Thing, Worker
from .store import Trace

_REACH: Final = 200_000
"""How many events ahead are searched."""

_BY_KIND: Final[dict[str, tuple[Kind, ...]]] = {
    "Event": (Kind.SET,),
    "Condition": (Kind.NOTIFY,),
    "Barrier": (Kind.PASS,),
    "Future": (Kind.RESOLVE, Kind.REJECT, Kind.CANCEL),
}
_BY_OPERATION: Final[dict[str, tuple[Kind, ...]]] = {"get": (Kind.PUT,), "put": (Kind.GET,), "join": (Kind.DONE,)}
_AT_SOCKET: Final[dict[str, tuple[Kind, ...]]] = {
    "recv": (Kind.SEND, Kind.SHUT, Kind.CLOSE),
    "send": (Kind.RECV, Kind.CLOSE),
}
"""What at the other end of a connection lets a worker at this one go on."""

_KEYS: Final = {
    Kind.SEND: "until.send",
    Kind.SHUT: "until.shut",
    Kind.CLOSE: "until.close",
    Kind.RECV: "until.recv",
    Kind.CONNECT: "until.connect",
    Kind.RELEASE: "until.release",
    Kind.SET: "until.set",
    Kind.NOTIFY: "until.notify",
    Kind.PASS: "until.pass",
    Kind.RESOLVE: "until.result",
    Kind.REJECT: "until.result",
    Kind.CANCEL: "until.result",
    Kind.PUT: "until.put",
    Kind.GET: "until.get",
    Kind.DONE: "until.done",
    Kind.END: "until.finish",
    Kind.FAIL: "until.finish",
}
_LAST_COUNTS: Final = ((Kind.RELEASE,), (Kind.NOTIFY,), (Kind.DONE,), _AT_SOCKET["send"])
_FOR_EVER: Final = (Kind.DEADLOCK, Kind.KILL)


def ending(trace: Trace, state: State, who: Worker) -> list[str]:
    """Return how the wait of a worker ends in the rest of the trace; [] while that is not known."""
    name = worker(state, who.id)
    if who.status is Status.DEADLOCKED or who.operation in ("", COMPUTING) or who.status is Status.SLEEPING:
        return []
    start = state.position
    index = trace.next_index("worker", who.id, start, start + _REACH)
    if index is None:
        over = trace.complete and start + _REACH >= len(trace)
        return [say("end", clause=say("until.never", worker=name))] if over else []
    event = trace.event(index)
    if event.kind in _FOR_EVER:
        return [say("end", clause=say("until.never", worker=name))]
    key = "until.timeout" if event.kind is Kind.TIMEOUT else "until.next"
    fields: dict[str, object] = {"worker": name, "thing": thing(state, who.wants)}
    cause = _cause(trace, who, state, index) if event.kind is not Kind.TIMEOUT else None
    if cause is None:
        return [say("end", clause=say(key, time=duration(event.time), step=event.step, **fields))]
    event = trace.event(cause)
    other = find(state.workers, event.worker)
    fields["other"] = worker(state if other is not None else trace.state(cause), event.worker)
    is_core = event.kind is Kind.RELEASE and state.things[who.wants].kind == "CPU"
    key = "until.core" if is_core else _KEYS[event.kind]
    told = [say("end", clause=say(key, time=duration(event.time), step=event.step, **fields))]
    if other is not None and other.status is Status.SLEEPING:
        left = duration(max(other.deadline - state.time, 0))
        slept = say("now.sleep", worker=fields["other"], time=duration(other.deadline), duration=left)
        told.append(say("end", clause=slept))
    return told


def _cause(trace: Trace, who: Worker, state: State, stop: int) -> int | None:
    """Return the index of the event before `stop` that lets the worker go on, or None."""
    if who.joins != NONE:
        return _decisive(trace, "worker", who.joins, (Kind.END, Kind.FAIL), start=state.position, stop=stop)
    found = find(state.things, who.wants)
    if found is None:
        return None
    if found.kind == SOCKET:
        return _cause_at_socket(trace, who, state, stop)
    is_queue = found.kind.endswith("Queue")
    kinds = _BY_OPERATION.get(who.operation, ()) if is_queue else _BY_KIND.get(found.kind, (Kind.RELEASE,))
    return _decisive(trace, "obj", who.wants, kinds, start=state.position, stop=stop)


def _cause_at_socket(trace: Trace, who: Worker, state: State, stop: int) -> int | None:
    """Return the index of the event before `stop` at the other end that lets the worker go on, or None."""
    kinds = _AT_SOCKET.get(who.operation, ())
    other = peer(state, state.things[who.wants])
    if who.operation == "accept":
        kinds, other = (Kind.CONNECT,), _caller(trace, who.wants, stop)
    if other is None:
        return None
    return _decisive(trace, "obj", other.id, kinds, start=state.position, stop=stop)


def _caller(trace: Trace, listener: int, start: int) -> Thing | None:
    """Return the client's socket that is accepted next: who it is shows only then."""
    index = trace.next_index("obj", listener, start, start + _REACH)
    if index is None or trace.event(index).kind is not Kind.ACCEPT:
        return None
    state = trace.state(index)
    accepted = find(state.things, trace.event(index).value)
    return peer(state, accepted) if accepted is not None else None


def _decisive(
    trace: Trace, column: Literal["worker", "obj"], number: int, kinds: tuple[Kind, ...], *, start: int, stop: int
) -> int | None:
    """Return the index of the event, with the number in the column and one of the kinds, that ends a wait; or None.

    A released lock may be taken by others many times before, so the last release counts, and so for notifications.
    An event stays set, an item stays there, and a barrier is opened by the first to get past: there the first counts.
    """
    last = None
    index = trace.next_index(column, number, start, stop)
    while index is not None:
        if trace.event(index).kind in kinds:
            last = index
            if kinds not in _LAST_COUNTS:
                break
        index = trace.next_index(column, number, index + 1, stop)
    return last
