"""The events of a trace: the one vocabulary that engine, store, file format and widgets share.

An event is a flat record. What its fields mean depends on its kind, and the table is in the comments of `Kind`.
A field that a kind does not name is at its default. Fields never hold wall-clock time, `id()` or hash order.
"""

from enum import IntFlag, StrEnum
from typing import Annotated, Final

import msgspec

NONE: Final = -1
"""Stands for "no worker", "no object", "no site", "no deadline"."""

NANOSECONDS: Final = 1_000_000_000
"""Virtual time is counted in whole nanoseconds, so that adding never rounds."""


class Kind(StrEnum):
    """What happened. Comments give the meaning of the fields besides `step`, `time` and `worker`."""

    # Declarations: they number things for later events and change no state of the run.
    FILE = "file"  # obj: new file number; text: path relative to the program
    SOURCE = "source"  # obj: file number; text: the whole source text
    SITE = "site"  # obj: new site number; site: file number; value: line from 1; text: function's qualified name
    OBJECT = "object"  # obj: new object number; text: type name ("Lock"); value: capacity or first count, or NONE
    NAME = "name"  # obj: object; text: the name the program gives it ("mutexA", "bank.lock", "mutexA = mutexB")
    PART = "part"  # obj: object; value: the object it belongs to (a future's pool, a condition's lock)

    # Workers. `worker` is who acts; a worker's own number is dense, from 0, which is the main thread.
    SPAWN = "spawn"  # obj: new worker; text: name; value: WorkerFlag bits; worker: who started it (NONE for main)
    BEGIN = "begin"  # the worker's first step; text: name of the function it runs
    RENAME = "rename"  # obj: worker renamed; text: new name
    END = "end"  # returned; text: "cancelled" if it ended because it was asked to, else ""
    FAIL = "fail"  # ended with an uncaught exception; text: "ValueError: message"
    KILL = "kill"  # a daemon, ended because the program ended
    LINE = "line"  # about to execute the line at `site`
    RUN = "run"  # it ran for a step, and nothing else to tell came of it
    YIELD = "yield"  # a nested worker gives way and could go on at once; text: repr of what it hands over, or ""
    INTERRUPT = "interrupt"  # obj: worker that is asked to stop (`task.cancel()`, `Greenlet.kill()`); worker: who asks

    # Computing that takes time: a call whose cost is declared. It needs the GIL (an object "GIL" of each process) and a
    # core (the object "CPU"), which are told by WAIT, with the text "run", ACQUIRE and RELEASE of the thread.
    WORK = "work"  # it computes from now on; value: virtual nanoseconds when this stretch ends; text: the function
    WORKED = "worked"  # it computes no longer; value: nanoseconds of declared work left, 0 when all is done

    # Waiting. A wait ends with the event of the operation that succeeds, or with TIMEOUT.
    SLEEP = "sleep"  # value: virtual nanoseconds when it wakes
    WAKE = "wake"  # a sleep is over
    WAIT = "wait"  # obj: object; text: operation ("acquire", "get", "recv", "select"…); value: deadline or NONE
    JOIN = "join"  # obj: the *worker* waited for; value: deadline or NONE
    JOINED = "joined"  # obj: the worker that has ended
    TIMEOUT = "timeout"  # the wait ran out; obj: as in WAIT (an object), or as in JOIN with text "join"
    REFUSE = "refuse"  # an operation could not be done, without waiting; obj: object; text: operation

    # Locks, semaphores, conditions, events, barriers.
    ACQUIRE = "acquire"  # obj; value: depth held (Lock 1, RLock n) or permits or cores left (Semaphore, CPU)
    RELEASE = "release"  # obj; value: depth left (Lock 0, RLock n) or permits or cores now free (Semaphore, CPU)
    SET = "set"  # obj: Event
    CLEAR = "clear"  # obj: Event
    PASS = "pass"  # obj: an Event, Condition or Barrier that the worker got past; value: a Barrier's index, or NONE
    NOTIFY = "notify"  # obj: Condition; value: how many waiters it woke
    RESET = "reset"  # obj: Barrier reset to empty
    BREAK = "break"  # obj: Barrier broken
    LOOK = "look"  # obj: object read without changing it; text: "is_set → False"

    # Queues.
    PUT = "put"  # obj: queue; value: place in the order of leaving (0 leaves next); text: repr of the item
    GET = "get"  # obj: queue; text: repr of the item, which was at place 0
    DONE = "done"  # obj: queue; task_done; value: unfinished tasks left

    # Pools and futures. Each future is an object of type "Future" and PART of its pool.
    SUBMIT = "submit"  # obj: future; value: pool; text: the call ("task(3)")
    TAKE = "take"  # obj: future; value: pool; this worker starts the task
    RESOLVE = "resolve"  # obj: future; text: repr of the result
    REJECT = "reject"  # obj: future; text: "ValueError: message"
    CANCEL = "cancel"  # obj: future
    CALLBACK = "callback"  # obj: future; text: callback's name; this worker is about to run it
    RESULT = "result"  # obj: future whose result this worker received
    SHUTDOWN = "shutdown"  # obj: pool takes no more tasks

    # Sockets. Each end of a connection is an object of type "socket".
    LISTEN = "listen"  # obj: socket; value: backlog; text: address ("127.0.0.1:8000")
    PEER = "peer"  # obj: socket; value: the socket at the other end; a declaration, worker may be NONE
    CONNECT = "connect"  # obj: client's socket, now in the backlog; value: listening socket or NONE; text: address
    ACCEPT = "accept"  # obj: listening socket; value: new socket, whose PEER is declared; text: client's address
    SEND = "send"  # obj: socket it is sent from; value: bytes; text: repr of the data, shortened
    RECV = "recv"  # obj: socket that receives; value: bytes, 0 when the other end has finished; text: repr of the data
    SHUT = "shut"  # obj: socket; value: 0 no more receiving, 1 no more sending, 2 neither
    CLOSE = "close"  # obj: socket; text: "reset" if it threw away what it had not received, else ""

    # Processes, and variables that workers share. A variable is an object of type "variable".
    PROCESS = "process"  # obj: worker that is a process's main thread; value: process number
    READ = "read"  # obj: variable; text: repr of what was read
    WRITE = "write"  # obj: variable; text: repr of what was written

    # The program and its end.
    OUTPUT = "output"  # text; value: 1 standard output, 2 standard error
    DEADLOCK = "deadlock"  # worker is stuck for good; obj: what it waits for; value: the worker that has it, or NONE
    OUTCOME = "outcome"  # last event; text: "finished", "failed", "deadlock" or "limit: why"; value: exit status


class WorkerFlag(IntFlag):
    """What sort of worker a SPAWN event starts."""

    THREAD = 0
    DAEMON = 1
    PROCESS = 2
    COROUTINE = 4
    GREENLET = 8
    POOL = 16
    GENERATOR = 32


NESTED: Final = WorkerFlag.COROUTINE | WorkerFlag.GREENLET | WorkerFlag.GENERATOR
"""Workers that run inside a thread, one at a time. It is chosen, and its library deals out their turns."""


CANCELLED: Final = "cancelled"
"""Text of the END of a worker that did what an INTERRUPT asked of it."""

Index = Annotated[int, msgspec.Meta(ge=NONE, lt=2**31)]
Count = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
Nanoseconds = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Value = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing that happened. On the wire and in a file it is a JSON array in this order.

    `step` counts the decisions of the schedule, from 0 (before the first decision); all events with the same step
    happened between two decisions, and the first of them that names a worker names the one that was chosen (others may
    follow it: a worker that must now wait, because the chosen one took a lock). `time` is in virtual nanoseconds since
    the start (real ones in a live run).
    """

    kind: Kind
    step: Count
    time: Nanoseconds
    worker: Index = NONE
    obj: Index = NONE
    value: Value = NONE
    text: str = ""
    site: Index = NONE
