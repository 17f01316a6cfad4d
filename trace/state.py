"""The state of a run at one cursor: what the fold makes of a trace's first events, and all that a widget may draw.

Records are immutable and shared between states, so that keeping a checkpoint costs a list of references.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import msgspec

from .events import NONE

COMPUTING: Final = "work"
"""The `operation` of a worker that computes: it has a core and runs, whoever else acts, until it tells otherwise."""


class Status(StrEnum):
    """What a worker is doing. Widgets show each as glyph, colour and word."""

    RUNNING = "running"
    READY = "ready"  # or waits for a core
    LOCK = "waits for a lock"  # a Lock, RLock or Semaphore
    SIGNAL = "waits for a signal"  # an Event, Condition, Barrier or Future
    JOIN = "joins"  # another worker's end
    QUEUE = "waits in a queue"
    SLEEPING = "sleeping"
    IO = "waits for I/O"
    GIL = "waits for the GIL"
    FINISHED = "finished"
    FAILED = "failed"
    DEADLOCKED = "deadlocked"
    KILLED = "killed at exit"


class Worker(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One thread, process, coroutine, greenlet or generator at the cursor."""

    id: int
    name: str
    flags: int = 0
    """WorkerFlag bits."""
    parent: int = NONE
    host: int = NONE
    """The thread that a coroutine, greenlet or generator runs in; NONE for a thread."""
    process: int = 0
    """The worker that is the main thread of its process."""
    pid: int = NONE
    """The process number, of a process's main thread, where the trace tells it."""
    function: str = ""
    status: Status = Status.READY
    since: int = 0
    """Virtual nanoseconds when `status` began."""
    since_step: int = 0
    site: int = NONE
    """Where its last operation or line was."""
    operation: str = ""
    """Of a waiting worker: "acquire", "wait", "get", "put", "result", "recv", "join", "sleep", "run" for the GIL or a
    core…; `COMPUTING` of one that computes; "" of any other."""
    wants: int = NONE
    """The object it waits for."""
    joins: int = NONE
    """The worker it waits for."""
    deadline: int = NONE
    """Virtual nanoseconds when its sleep or wait runs out, or when it stops computing."""
    holds: tuple[int, ...] = ()
    """Objects it holds, oldest first; an RLock once, a Semaphore once a permit."""
    task: int = NONE
    """The future it works on, in a pool."""
    output: str = ""
    """Its last line of output: the one it is writing, or else the last whole one."""
    unfinished: bool = False
    """Whether `output` still lacks its line end."""
    error: str = ""
    cancelled: bool = False
    """Whether it has ended because it was asked to."""
    steps: int = 0
    """Steps in which it acted."""
    last_step: int = NONE
    """The latest step in which it acted."""
    born: int = 0
    """Virtual nanoseconds of its SPAWN."""
    begun: bool = False
    computing: str = ""
    """The function whose declared cost it is spending, also while it waits in the middle of that; else ""."""
    left: int = 0
    """Nanoseconds of that cost which were left when it last stopped."""


class Access(msgspec.Struct, frozen=True, gc=False):
    """One read or write of a shared variable."""

    worker: int
    write: bool
    value: str
    """Its `repr`."""
    step: int
    stale: bool = False
    """Whether it is a write by a worker that had not read the value it replaces."""


class Chunk(msgspec.Struct, frozen=True, gc=False):
    """What one call sent, as far as the other end has not received it."""

    text: str
    """Its `repr`, shortened."""
    size: int
    """Bytes that were sent."""
    left: int
    """Bytes of them still on the way."""


class End(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a socket has beyond other objects: one end of a connection, or one that listens for connections."""

    peer: int = NONE
    """The socket at the other end."""
    address: str = ""
    """Its own address, where the trace tells it."""
    remote: str = ""
    """The address of the other end."""
    backlog: tuple[int, ...] = ()
    """Clients' sockets that are connected and not accepted yet, longest first."""
    wire: tuple[Chunk, ...] = ()
    """What was sent to it and it has not received, oldest first; at most `fold.ITEMS_SHOWN`."""
    incoming: int = 0
    """How many bytes were sent to it and it has not received."""
    emptied: int = NONE
    """The step in which it received last."""
    sent: int = 0
    """Bytes so far, as for `received`."""
    received: int = 0
    shut: int = 0
    """A sum: 1 it receives no more, 2 it sends no more."""


class Thing(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One object the workers meet at: a lock, an event, a queue, a pool, a future, a socket."""

    id: int
    kind: str
    """Type name as CPython has it: "Lock", "RLock", "Event", "PriorityQueue"…"""
    name: str
    """As the program names it, or kind and number ("Lock 3") while it has no name."""
    creator: int = NONE
    site: int = NONE
    """Where it was made."""
    capacity: int = NONE
    """Permits of a semaphore, size of a queue (0: unbounded), workers of a pool, parties of a barrier, a backlog,
    cores."""
    whole: int = NONE
    """The object it is part of."""
    parts: tuple[int, ...] = ()
    owner: int = NONE
    """Who holds a Lock, an RLock or a GIL."""
    depth: int = 0
    since: int = 0
    """Virtual nanoseconds of the last change of owner, flag or phase."""
    since_step: int = 0
    holders: tuple[int, ...] = ()
    """Who holds a Semaphore's permits, or is on a core; oldest first."""
    free: int = NONE
    """Permits left in a Semaphore, or free cores; unfinished tasks of a Queue; waiters that an open Barrier lets go."""
    flag: bool = False
    """Event: set. Barrier: broken. Pool: shut down. Future: done."""
    waiters: tuple[int, ...] = ()
    """Workers that wait for it, longest first."""
    items: tuple[str, ...] = ()
    """A queue's items in the order of leaving; at most `fold.ITEMS_SHOWN`."""
    size: int = 0
    """How many items a queue holds."""
    call: str = ""
    """Future: the call it stands for."""
    phase: str = ""
    """Future: "pending", "running", "done", "failed" or "cancelled".

    Socket: "listening", "open", "half-closed", "shut", "closed" or "reset"; "" before it is any of these."""
    worker: int = NONE
    """Future: who runs or ran it. Event, Condition: who set or notified it last. GIL, CPU: who let go last.

    Socket: who used it last."""
    result: str = ""
    callbacks: tuple[tuple[str, int], ...] = ()
    """Future: callback's name and the worker it ran on."""
    ledger: tuple[Access, ...] = ()
    """Variable: what was done to it last, oldest first; at most `fold_variables.LEDGER`."""
    aware: tuple[int, ...] = ()
    """Variable: workers that have read the value it has."""
    behind: tuple[int, ...] = ()
    """Variable: workers that have read a value it had before, and neither read nor written it since."""
    lost: int = 0
    """Variable: writes that undid another worker's write which their worker had not read."""
    end: End | None = None
    """Socket: who is at the other end, and what is on the way."""
    uses: int = 0
    """Acquires, sets, puts, submits, sends or accepted connections so far."""
    passed: int = 0
    """Workers that got past an Event, Condition or Barrier; items got from a queue; receipts of a socket; times a GIL
    has changed hands."""
    longest: int = 0
    """Longest finished wait, in virtual nanoseconds."""


@dataclass(slots=True)
class State:
    """Everything at one cursor. Treat it as read-only: only the fold writes to it, and to a copy of its own."""

    position: int = 0
    """How many events are folded in."""
    time: int = 0
    step: int = 0
    running: int = NONE
    workers: list[Worker] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    outcome: str = ""
    exit_status: int = NONE
    stuck: tuple[tuple[int, int, int], ...] = ()
    """Deadlock: (worker, object waited for or NONE, holder or NONE), in the order of the cycle."""
    nested: int = 0
    """How many of the workers run inside a thread. Most runs have none, and most panes then have less to do."""

    def copy(self) -> "State":
        """Return a state that can be folded on without changing this one."""
        return State(
            self.position,
            self.time,
            self.step,
            self.running,
            self.workers.copy(),
            self.things.copy(),
            self.outcome,
            self.exit_status,
            self.stuck,
            self.nested,
        )
