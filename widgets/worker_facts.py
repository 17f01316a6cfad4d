"""What there is to say about one worker at the cursor, in the few words that fit a card or a row."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from ..locales.words import N_, _
from ..trace.events import NONE
from ..trace.narrate_nouns import call
from ..trace.narrate_nouns import thing as name_of
from ..trace.narrate_words import duration
from ..trace.state import COMPUTING, State, Status, Thing, Worker
from ..trace.store import Trace
from ..trace.waits import is_choosable
from .fitting import plain
from .nesting import Sort, host_of, sort_of
from .processes import number_of

PLACES: Final = 100
"""How far down a queue of waiters a place is looked up."""


class Facts(NamedTuple):
    """A worker as drawn: cards and rows with equal facts look alike. All texts are plain."""

    worker: int
    name: str
    status: Status
    line: str
    """":19", or "" before its first operation."""
    holds: str
    wants: str
    """"wants mutexA ← Thread-2"; of a worker that does not wait: what it does."""
    place: str
    """"2nd, behind Thread-3"; or when it gives up."""
    output: str
    process: str = ""
    """"pid 5000", in a program with several processes."""
    sort: Sort | None = None
    """What it is, of a worker inside a thread."""
    host: str = ""
    """The thread it runs in."""
    inside: int = 0
    """How many workers run inside it; 0 where these are shown for themselves."""
    runnable: bool = False
    """Whether it can be chosen to go next."""
    key: int = 0
    """1 to 9 if that key runs it, else 0."""
    followed: bool = False
    pinned: bool = False
    history: bytes = b""
    """Statuses of its recent history, oldest first, as `worker_strip` has them."""


def facts(trace: Trace, state: State, worker: Worker) -> Facts:
    """Return what is known of a worker in `state`; key, pin and history are for the pane to add."""
    site = trace.site(worker.site) if worker.site != NONE else None
    thing = _thing(state, worker.wants)
    return Facts(
        worker=worker.id,
        name=plain(worker.name) or _("worker {id}", id=worker.id),
        status=worker.status,
        line=f":{site.line}" if site else "",
        holds=", ".join(name_of(state, held) for held in worker.holds),
        wants=_wants(state, worker, thing),
        place=_place(state, worker, thing),
        output=plain(worker.output),
        process=number_of(state, worker.process),
        sort=sort_of(worker),
        host=host_of(state, worker),
        runnable=is_choosable(state, worker),
    )


def ordinal(number: int) -> str:
    """Return a number as a place: "1st", "2nd", "3rd", "4th", "11th"."""
    teens = number % 100 in (11, 12, 13)
    return _(_ORDINALS[0 if teens or number % 10 not in _ORDINALS else number % 10], number=number)


_ORDINALS: Final = {0: N_("{number}th"), 1: N_("{number}st"), 2: N_("{number}nd"), 3: N_("{number}rd")}
"""By the last digit."""


def _thing(state: State, number: int) -> Thing | None:
    return state.things[number] if 0 <= number < len(state.things) else None


def _name(state: State, worker: int) -> str:
    return plain(state.workers[worker].name) if 0 <= worker < len(state.workers) else _("nobody")


def _wants(state: State, worker: Worker, thing: Thing | None) -> str:
    if worker.status is Status.FAILED:
        return plain(worker.error)
    if worker.operation == COMPUTING:
        where = _("computes {computing}()", computing=plain(worker.computing)) if worker.computing else _("computes")
        return (
            _("{where} until {time}", where=where, time=duration(worker.deadline)) if worker.deadline != NONE else where
        )
    if worker.joins != NONE:
        return _("waits for {name} to end", name=_name(state, worker.joins))
    if thing is not None:
        say = _BY_KIND.get(thing.kind, _wants_other)
        return say(state, worker, thing)
    if worker.status is Status.SLEEPING and worker.deadline != NONE:
        return _("until {time}", time=duration(worker.deadline))
    if worker.cancelled:
        return _("asked to stop")
    if worker.status in (Status.FINISHED, Status.KILLED):
        return _("after {steps:,} steps", steps=worker.steps) if worker.steps != 1 else _("after 1 step")
    task = _thing(state, worker.task)
    if task is not None:
        return _("runs {call}", call=call(state, task.id))
    if not worker.begun:
        return _("has not begun")
    return _("in {function}()", function=plain(worker.function)) if worker.function else ""


def _wants_lock(state: State, _worker: Worker, thing: Thing) -> str:
    name = name_of(state, thing.id)
    return (
        _("wants {name}, free now", name=name)
        if thing.owner == NONE
        else _("wants {name} ← {owner}", name=name, owner=_name(state, thing.owner))
    )


def _wants_core(_state: State, _worker: Worker, thing: Thing) -> str:
    if thing.free > 0:
        return _("wants a core, {free} free now", free=thing.free)
    return _("wants a core, all {capacity} busy", capacity=thing.capacity) if thing.capacity > 0 else _("wants a core")


def _wants_permit(state: State, _worker: Worker, thing: Thing) -> str:
    name = name_of(state, thing.id)
    if thing.free > 0:
        return _("wants {name}, {free} free now", name=name, free=thing.free)
    return (
        _("wants {name}, all {capacity} taken", name=name, capacity=thing.capacity)
        if thing.capacity > 0
        else _("wants {name}, none free", name=name)
    )


def _wants_set(state: State, _worker: Worker, thing: Thing) -> str:
    words = N_("waits for {name}, set now") if thing.flag else N_("waits for {name}, not set")
    return _(words, name=name_of(state, thing.id))


def _wants_notice(state: State, _worker: Worker, thing: Thing) -> str:
    return _("waits to be notified by {name}", name=name_of(state, thing.id))


def _wants_party(state: State, _worker: Worker, thing: Thing) -> str:
    here = (
        _("{count} of {capacity}", count=len(thing.waiters), capacity=thing.capacity)
        if thing.capacity > 0
        else f"{len(thing.waiters)}"
    )
    return _("at {name}, {here} here", name=name_of(state, thing.id), here=here)


def _wants_result(state: State, _worker: Worker, thing: Thing) -> str:
    what = _("wants the result of {call}", call=call(state, thing.id))
    return f"{what} ← {_name(state, thing.worker)}" if thing.worker != NONE else what


def _wants_other(state: State, worker: Worker, thing: Thing) -> str:
    name = name_of(state, thing.id)
    if worker.operation == "get":
        return (
            _("wants an item of {name}, empty", name=name)
            if thing.size == 0
            else _("wants an item of {name}", name=name)
        )
    if worker.operation == "put":
        return (
            _("wants room in {name}, full", name=name)
            if 0 < thing.capacity <= thing.size
            else _("wants room in {name}", name=name)
        )
    return f"{plain(worker.operation)} {name}" if worker.operation else _("waits for {name}", name=name)


def _place(state: State, worker: Worker, thing: Thing | None) -> str:
    """Return where a worker stands among those who wait for the same, or when it gives up."""
    until = _("gives up at {time}", time=duration(worker.deadline)) if worker.deadline != NONE else ""
    if thing is None:
        return until if worker.status is Status.JOIN else ""
    if until or thing.waiters == (worker.id,):
        return until
    if thing.kind in ("GIL", "CPU") and worker.computing:
        return _("{time} of {function}() left", time=duration(worker.left), function=plain(worker.computing))
    if worker.status is Status.SIGNAL or thing.kind in ("GIL", "CPU"):
        return _("with {count:,} more", count=len(thing.waiters) - 1)
    ahead = _ahead(thing.waiters, worker.id)
    if ahead < 0:
        return _("behind {places} or more", places=PLACES)
    if not ahead:
        return _("{place} in the queue", place=ordinal(1))
    return _("{place}, behind {name}", place=ordinal(ahead + 1), name=_name(state, thing.waiters[ahead - 1]))


def _ahead(waiters: Sequence[int], worker: int) -> int:
    """Return how many wait longer, or -1 if more than `PLACES`: a queue of thousands is not searched to its end."""
    try:
        return waiters[:PLACES].index(worker)
    except ValueError:
        return -1


_BY_KIND: Final[dict[str, Callable[[State, Worker, Thing], str]]] = {
    "Lock": _wants_lock,
    "RLock": _wants_lock,
    "GIL": _wants_lock,
    "CPU": _wants_core,
    "Semaphore": _wants_permit,
    "BoundedSemaphore": _wants_permit,
    "Event": _wants_set,
    "Condition": _wants_notice,
    "Barrier": _wants_party,
    "Future": _wants_result,
}
