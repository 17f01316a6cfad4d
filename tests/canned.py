"""Canned traces: small runs of every sort, made without an engine, for tests of whatever draws or reads a trace."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final

from concurrency_tui.trace.events import NANOSECONDS, NONE, Kind, WorkerFlag
from concurrency_tui.trace.store import Trace

from . import canned_net
from . import canned_sources as sources
from .canned_computing import computing
from .canned_nested import nested
from .canned_script import Script


def deadlock() -> Trace:
    """Two threads take two locks in opposite orders; each holds what the other wants."""
    run = Script("deadlock", sources.DEADLOCK)
    mutex_a = run.thing("Lock", "mutexA", at="mutexA = ")
    mutex_b = run.thing("Lock", "mutexB", at="mutexB = ")
    one = run.spawn("Thread-1", at="first.start")
    two = run.spawn("Thread-2", at="second.start")
    run.act(0, Kind.JOIN, one, at="first.join")
    run.begin(one, "forward")
    run.act(one, Kind.ACQUIRE, mutex_a, 1, at="mutexA:")
    run.act(one, Kind.OUTPUT, value=1, text="Thread-1 has A\n", at="print", more=True)
    run.sleep(one, 1)
    run.begin(two, "backward")
    run.act(two, Kind.ACQUIRE, mutex_b, 1, at="mutexB:")
    run.act(two, Kind.OUTPUT, value=1, text="Thread-2 has B\n", at="print", more=True)
    run.sleep(two, 1)
    run.clock(1)
    run.act(one, Kind.WAKE, at="sleep")
    run.act(one, Kind.WAIT, mutex_b, text="acquire", at="mutexB:", more=True)
    run.act(two, Kind.WAKE, at="sleep")
    run.act(two, Kind.WAIT, mutex_a, text="acquire", at="mutexA:", more=True)
    run.note(Kind.DEADLOCK, one, mutex_b, two)
    run.note(Kind.DEADLOCK, two, mutex_a, one)
    run.outcome("deadlock", 3)
    return run.trace()


def reentrant() -> Trace:
    """One thread takes one RLock three deep, while another waits for it."""
    run = Script("reentrant", sources.REENTRANT)
    lock = run.thing("RLock", "lock", at="lock = ")
    workers = [run.spawn(f"Thread-{number}", at="start") for number in (1, 2)]
    run.begin(workers[0], "dig")
    for depth in (1, 2):
        run.act(workers[0], Kind.ACQUIRE, lock, depth, at="lock:")
    run.begin(workers[1], "dig")
    run.act(workers[1], Kind.WAIT, lock, text="acquire", at="lock:")
    run.act(workers[0], Kind.ACQUIRE, lock, 3, at="lock:")
    for depth in (2, 1, 0):
        run.act(workers[0], Kind.RELEASE, lock, depth, at="lock:")
    run.act(workers[0], Kind.END)
    for depth in (1, 2, 3):
        run.act(workers[1], Kind.ACQUIRE, lock, depth, at="lock:")
    for depth in (2, 1, 0):
        run.act(workers[1], Kind.RELEASE, lock, depth, at="lock:")
    run.act(workers[1], Kind.END)
    run.join_all(workers)
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def traffic_light(cars: int = 20) -> Trace:
    """Cars wait at an Event that a light sets after three seconds; then all pass."""
    run = Script("traffic-light", sources.TRAFFIC_LIGHT)
    event = run.thing("Event", "event", at="event = ")
    light = run.spawn("light", at='name="light"')
    workers = [run.spawn(f"car {number}", at='name=f"car') for number in range(cars)]
    run.begin(light, "light")
    run.sleep(light, 3)
    for number, worker in enumerate(workers):
        run.begin(worker, "car")
        run.act(worker, Kind.OUTPUT, value=1, text=f"car {number} waits\n", at="waits", more=True)
        run.act(worker, Kind.WAIT, event, text="wait", at="event.wait")
    run.act(0, Kind.JOIN, light, at=".join()")
    run.clock(3)
    run.act(light, Kind.WAKE, at="sleep")
    run.act(light, Kind.SET, event, at="event.set", more=True)
    run.act(light, Kind.OUTPUT, value=1, text="green\n", at="green", more=True)
    run.act(light, Kind.END)
    for number, worker in enumerate(workers):
        run.act(worker, Kind.PASS, event, at="event.wait")
        run.act(worker, Kind.OUTPUT, value=1, text=f"car {number} passes\n", at="passes", more=True)
        run.act(worker, Kind.END, more=True)
    run.join_all([light, *workers])
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def semaphore(workers: int = 20, permits: int = 5) -> Trace:
    """Workers share a Semaphore's permits, each for one to five seconds."""
    run = Script("semaphore-stalls", sources.SEMAPHORE)
    stalls = run.thing("Semaphore", "stalls", permits, at="stalls = ")
    started = [run.spawn(f"worker {number}", at="start") for number in range(workers)]
    free, asleep, queue = permits, [(0, NONE)], []
    asleep.clear()
    for worker in started:
        run.begin(worker, "visit")
        if free:
            free -= 1
            heappush(asleep, (_enter(run, worker, stalls, free), worker))
        else:
            run.act(worker, Kind.WAIT, stalls, text="acquire", at="stalls:")
            queue.append(worker)
    while asleep:
        run.time, worker = heappop(asleep)
        run.act(worker, Kind.WAKE, at="sleep")
        run.act(worker, Kind.OUTPUT, value=1, text=f"worker {worker - 1} leaves\n", at="leaves", more=True)
        run.act(worker, Kind.RELEASE, stalls, free + 1, at="stalls:")
        run.act(worker, Kind.END, more=True)
        free += 1
        if queue:
            free -= 1
            inside = queue.pop(0)
            heappush(asleep, (_enter(run, inside, stalls, free), inside))
    run.join_all(started)
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def _enter(run: Script, worker: int, stalls: int, free: int) -> int:
    """Let a worker take a permit and sleep; return when it wakes."""
    run.act(worker, Kind.ACQUIRE, stalls, free, at="stalls:")
    run.act(worker, Kind.OUTPUT, value=1, text=f"worker {worker - 1} enters\n", at="enters", more=True)
    return run.sleep(worker, 1 + worker % 5)


def pool(tasks: int = 20, size: int = 5) -> Trace:
    """A pool runs tasks of two seconds each; every result goes to a callback on the worker that made it."""
    run = Script("pool-callbacks", sources.POOL)
    executor = run.thing("ThreadPoolExecutor", "pool", size, at="ThreadPoolExecutor(")
    workers: list[int] = []
    futures: list[int] = []
    for task in range(tasks):
        futures.append(run.thing("Future", "", part_of=executor, at="pool.submit"))
        run.act(0, Kind.SUBMIT, futures[-1], executor, f"power({task})", at="pool.submit")
        if len(workers) < size:
            workers.append(run.spawn(f"ThreadPoolExecutor-0_{len(workers)}", flags=WorkerFlag.POOL, at="pool.submit"))
    run.act(0, Kind.SHUTDOWN, executor, at="ThreadPoolExecutor(")
    if workers:
        run.act(0, Kind.JOIN, workers[0], at="ThreadPoolExecutor(")
    asleep: list[tuple[int, int, int]] = []
    pending = list(enumerate(futures))
    for worker in workers:
        run.begin(worker, "power")
        task, future = pending.pop(0)
        heappush(asleep, (_start_task(run, worker, future, executor), worker, task))
    while asleep:
        run.time, worker, task = heappop(asleep)
        future = futures[task]
        run.act(worker, Kind.WAKE, at="sleep")
        run.act(worker, Kind.RESOLVE, future, text=repr(task**task), at="return")
        run.act(worker, Kind.CALLBACK, future, text="show", at="return", more=True)
        run.act(worker, Kind.OUTPUT, value=1, text=f"{task**task}\n", at="print", more=True)
        if pending:
            task, future = pending.pop(0)
            heappush(asleep, (_start_task(run, worker, future, executor), worker, task))
        else:
            run.act(worker, Kind.END)
    run.join_all(workers, at="ThreadPoolExecutor(")
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def idle_pool() -> Trace:
    """A pool whose one worker has nothing to do and waits for work, while the main thread got its result."""
    run = Script("pool-callbacks", sources.POOL)
    executor = run.thing("ThreadPoolExecutor", "pool", 1, at="ThreadPoolExecutor(")
    futures = [run.thing("Future", "", part_of=executor, at="pool.submit") for _ in range(3)]
    for task, future in enumerate(futures):
        run.act(0, Kind.SUBMIT, future, executor, f"power({task})", at="pool.submit")
    worker = run.spawn("ThreadPoolExecutor-0_0", flags=WorkerFlag.POOL, at="pool.submit")
    run.act(0, Kind.CANCEL, futures[2], at="pool.submit")
    run.act(0, Kind.WAIT, futures[0], text="result", at="pool.submit")
    run.begin(worker, "power")
    run.act(worker, Kind.TAKE, futures[0], executor, at="def power")
    run.act(worker, Kind.RESOLVE, futures[0], text="1", at="return")
    run.act(worker, Kind.TAKE, futures[1], executor, at="def power")
    run.act(worker, Kind.REJECT, futures[1], text="ValueError: no power", at="return")
    run.act(worker, Kind.WAIT, executor, text="get", at="return")
    run.act(0, Kind.RESULT, futures[0], at="pool.submit")
    return run.trace()


def _start_task(run: Script, worker: int, future: int, executor: int) -> int:
    """Let a pool's worker start a task; return when its sleep is over."""
    run.act(worker, Kind.TAKE, future, executor, at="def power")
    return run.sleep(worker, 2)


def queue(kind: str = "Queue", items: int = 6, size: int = 4) -> Trace:
    """A producer fills a bounded "Queue", "LifoQueue" or "PriorityQueue"; a consumer empties it."""
    run = Script("queue", sources.QUEUE)
    line = run.thing(kind, "line", size, at="line = ")
    producer = run.spawn("producer", at='"producer"')
    consumer = run.spawn("consumer", at='"consumer"')
    run.begin(consumer, "consume")
    run.act(consumer, Kind.WAIT, line, text="get", at="line.get")
    run.begin(producer, "produce")
    inside: list[int] = []
    left = [(7 * number) % items for number in range(items)]
    unfinished = 0
    while left or inside:
        while left and len(inside) < size:
            item = left.pop(0)
            inside, place = _PLACES[kind](inside, item)
            unfinished += 1
            run.act(producer, Kind.PUT, line, place, repr(item), at="line.put")
        if left:
            run.act(producer, Kind.WAIT, line, text="put", at="line.put")
        item = inside.pop(0)
        run.act(consumer, Kind.GET, line, text=repr(item), at="line.get")
        run.act(consumer, Kind.OUTPUT, value=1, text=f"{item}\n", at="print", more=True)
        unfinished -= 1
        run.act(consumer, Kind.DONE, line, unfinished, at="task_done")
    run.act(producer, Kind.END)
    run.act(consumer, Kind.END)
    run.join_all([producer, consumer])
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def _at_end(inside: list[int], item: int) -> tuple[list[int], int]:
    return [*inside, item], len(inside)


def _at_start(inside: list[int], item: int) -> tuple[list[int], int]:
    return [item, *inside], 0


def _by_rank(inside: list[int], item: int) -> tuple[list[int], int]:
    ranked = sorted([*inside, item])
    return ranked, ranked.index(item)


_PLACES: Final[dict[str, Callable[[list[int], int], tuple[list[int], int]]]] = {
    "Queue": _at_end,
    "SimpleQueue": _at_end,
    "LifoQueue": _at_start,
    "PriorityQueue": _by_rank,
}


def barrier(parties: int = 4) -> Trace:
    """Runners meet at a Barrier; the last to come opens it for all."""
    run = Script("barrier", sources.BARRIER)
    gate = run.thing("Barrier", "gate", parties, at="gate = ")
    runners = [run.spawn(f"runner {number}", at="start") for number in range(parties)]
    for number, runner in enumerate(runners):
        run.begin(runner, "walk")
        run.sleep(runner, number)
    for number, runner in enumerate(runners):
        run.clock(number)
        run.act(runner, Kind.WAKE, at="sleep")
        if number < parties - 1:
            run.act(runner, Kind.WAIT, gate, text="wait", at="gate.wait")
    for index, runner in enumerate(reversed(runners)):
        run.act(runner, Kind.PASS, gate, parties - 1 - index, at="gate.wait")
        run.act(runner, Kind.END)
    run.join_all(runners)
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def condition() -> Trace:
    """Two guests wait in a Condition's room; one of them loses patience, the other is notified."""
    run = Script("condition", sources.CONDITION)
    lock = run.thing("RLock", "", at="ready = ")
    ready = run.thing("Condition", "ready", at="ready = ")
    run.note(Kind.PART, obj=lock, value=ready)
    guests = [run.spawn(name, at="start") for name in ("patient", "hasty")]
    for guest, deadline in zip(guests, (NONE, NANOSECONDS), strict=True):
        run.begin(guest, "guest")
        run.act(guest, Kind.ACQUIRE, lock, 1, at="ready:")
        run.act(guest, Kind.RELEASE, lock, 0, at="ready.wait", more=True)
        run.act(guest, Kind.WAIT, ready, deadline, "wait", at="ready.wait", more=True)
    run.sleep(0, 2)
    run.clock(1)
    run.act(guests[1], Kind.TIMEOUT, ready, text="wait", at="ready.wait")
    run.act(guests[1], Kind.ACQUIRE, lock, 1, at="ready.wait")
    run.act(guests[1], Kind.RELEASE, lock, 0, at="ready:")
    run.act(guests[1], Kind.END)
    run.clock(2)
    run.act(0, Kind.WAKE, at="sleep")
    run.act(0, Kind.ACQUIRE, lock, 1, at="ready:")
    run.act(0, Kind.NOTIFY, ready, 1, at="notify")
    run.act(guests[0], Kind.WAIT, lock, text="acquire", at="ready.wait")
    run.act(0, Kind.RELEASE, lock, 0, at="ready:")
    run.act(guests[0], Kind.ACQUIRE, lock, 1, at="ready.wait")
    run.act(guests[0], Kind.PASS, ready, at="ready.wait", more=True)
    run.act(guests[0], Kind.RELEASE, lock, 0, at="ready:")
    run.act(guests[0], Kind.END)
    run.join_all(guests)
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def daemon() -> Trace:
    """A daemon is killed in its sleep when the program ends."""
    run = Script("daemon", sources.DAEMON)
    clock = run.spawn("clock", flags=WorkerFlag.DAEMON, at="start")
    run.begin(clock, "tick")
    run.act(clock, Kind.OUTPUT, value=1, text="tick", at="print", more=True)
    run.sleep(clock, 2)
    run.sleep(0, 1)
    run.clock(1)
    run.act(0, Kind.WAKE, at="sleep")
    run.act(0, Kind.OUTPUT, value=1, text="main ends\n", at="main ends", more=True)
    run.act(0, Kind.END)
    run.note(Kind.KILL, clock)
    run.outcome("finished", 0)
    return run.trace()


def failure() -> Trace:
    """A thread dies of an exception while it holds a lock; another one finds the lock taken and goes without."""
    run = Script("failure", sources.FAILURE)
    lock = run.thing("Lock", "lock", at="lock = ")
    breaker = run.spawn("breaker", at="breaker.start")
    finder = run.spawn("finder", at="finder.start")
    run.begin(breaker, "divide")
    run.act(breaker, Kind.ACQUIRE, lock, 1, at="acquire")
    run.act(
        breaker, Kind.OUTPUT, value=2, text="Traceback (most recent call last):\nZeroDivisionError: division by zero\n"
    )
    run.act(breaker, Kind.FAIL, text="ZeroDivisionError: division by zero", at="1 / 0", more=True)
    run.begin(finder, "look")
    run.act(finder, Kind.LOOK, lock, text="locked → True", at="locked")
    run.act(finder, Kind.REFUSE, lock, text="acquire", at="blocking=False")
    run.act(finder, Kind.WAIT, lock, 2 * NANOSECONDS, "acquire", at="timeout")
    run.act(0, Kind.JOINED, breaker, at="breaker.join")
    run.act(0, Kind.JOIN, finder, NANOSECONDS, at="finder.join")
    run.clock(1)
    run.act(0, Kind.TIMEOUT, finder, text="join", at="finder.join")
    run.clock(2)
    run.act(finder, Kind.TIMEOUT, lock, text="acquire", at="timeout")
    run.act(finder, Kind.END)
    run.act(0, Kind.END)
    run.outcome("failed", 1)
    return run.trace()


def lost_update(workers: int = 3) -> Trace:
    """Threads read a shared variable, wait, and write it back: all but one update are lost."""
    run = Script("lost_update", sources.LOST_UPDATE)
    money = run.thing("variable", "money", at="money = 100")
    run.act(0, Kind.WRITE, money, text="100", at="money = 100")
    numbers = [run.spawn(f"Thread-{number}", at="start") for number in range(1, workers + 1)]
    for number in numbers:
        run.begin(number, "spend")
        run.act(number, Kind.READ, money, text="100", at="kept = money", more=True)
        run.sleep(number, 0.1)
    run.clock(0.1)
    for number in numbers:
        run.act(number, Kind.WAKE, at="sleep")
        run.act(number, Kind.WRITE, money, text="99", at="money = kept", more=True)
        run.act(number, Kind.END, more=True)
    run.join_all(numbers)
    run.act(0, Kind.READ, money, text="99", at="print")
    run.act(0, Kind.OUTPUT, value=1, text="99\n", at="print", more=True)
    run.outcome("finished", 0)
    return run.trace()


def processes() -> Trace:
    """A child process changes its own copy of a variable; the parent's stays as it is."""
    run = Script("processes", sources.PROCESSES)
    ours = run.thing("variable", "n", at="n = 100")
    run.act(0, Kind.WRITE, ours, text="100", at="n = 100")
    child = run.spawn("Process-1", flags=int(WorkerFlag.PROCESS), at="start")
    run.act(0, Kind.PROCESS, 0, 4000, more=True)
    run.act(0, Kind.PROCESS, child, 5000, more=True)
    run.act(0, Kind.JOIN, child, at="join")
    run.begin(child, "work")
    theirs = run.thing("variable", "n", worker=child, at="n = 0")
    run.act(child, Kind.WRITE, theirs, text="0", at="n = 0", more=True)
    helper = run.spawn("Thread-1", by=child, at="start")
    run.begin(helper, "work")
    run.act(helper, Kind.READ, theirs, text="0", at="n = 0", more=True)
    run.act(helper, Kind.END, more=True)
    run.act(child, Kind.END)
    run.act(0, Kind.JOINED, child, at="join")
    run.act(0, Kind.READ, ours, text="100", at="print")
    run.outcome("finished", 0)
    return run.trace()


def crowd(workers: int = 100, rounds: int = 3, locks: int = 10) -> Trace:
    """Many workers take turns at a few locks and sleep in between; up to 10,000 of them, in a fixed mixed order."""
    run = Script("crowd", sources.CROWD)
    crowd_script(run, workers, rounds, locks)
    run.join_all(list(range(1, workers + 1)))
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def crowd_script(run: Script, workers: int, rounds: int, locks: int) -> None:
    """Write the events of a crowd. Workers of one lock queue up for it; every lock is busy all the time."""
    things = [run.thing("Lock", f"locks[{number}]", at="locks = ") for number in range(locks)]
    started = [run.spawn(f"worker {number}", at="start") for number in range(workers)]
    queues: list[list[tuple[int, int]]] = [[] for _ in things]
    for place, worker in enumerate(started):
        run.begin(worker, "work")
        queue = queues[place % locks]
        if queue:
            run.act(worker, Kind.WAIT, things[place % locks], text="acquire", at="lock:")
        else:
            run.act(worker, Kind.ACQUIRE, things[place % locks], 1, at="lock:")
        queue.append((worker, 1))
    while any(queues):
        run.time += NANOSECONDS // 1000
        for thing, queue in zip(things, queues, strict=True):
            if not queue:
                continue
            worker, turn = queue.pop(0)
            run.act(worker, Kind.OUTPUT, value=1, text=f"turn {turn}\n", at="print")
            run.act(worker, Kind.RELEASE, thing, 0, at="lock:")
            if queue:
                run.act(queue[0][0], Kind.ACQUIRE, thing, 1, at="lock:")
            if turn == rounds:
                run.act(worker, Kind.END)
            elif queue:
                run.act(worker, Kind.WAIT, thing, text="acquire", at="lock:")
                queue.append((worker, turn + 1))
            else:
                run.act(worker, Kind.ACQUIRE, thing, 1, at="lock:")
                queue.append((worker, turn + 1))


ALL: Final[dict[str, Callable[[], Trace]]] = {
    "deadlock": deadlock,
    "reentrant": reentrant,
    "traffic_light": traffic_light,
    "semaphore": semaphore,
    "pool": pool,
    "idle_pool": idle_pool,
    "fifo": queue,
    "lifo": lambda: queue("LifoQueue"),
    "priority": lambda: queue("PriorityQueue"),
    "barrier": barrier,
    "condition": condition,
    "daemon": daemon,
    "failure": failure,
    "lost_update": lost_update,
    "processes": processes,
    "echo": canned_net.echo,
    "backlog": canned_net.backlog,
    "crowd": crowd,
    "nested": nested,
    "gil": computing,
    "cores": lambda: computing(6, gil=False),
}
"""Every canned trace at its usual size, by name."""
