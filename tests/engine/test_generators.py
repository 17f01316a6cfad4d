"""Generators as workers: they do what they do without us, and every hand-over is told."""

import ast

import pytest
from concurrency_tui.engine import program as programs
from concurrency_tui.engine.generators.rewriting import watched
from concurrency_tui.engine.generators.watch import Generators
from concurrency_tui.engine.simulate import simulate
from concurrency_tui.engine.strategies import make
from concurrency_tui.trace.events import NONE, Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import Status
from concurrency_tui.trace.store import Trace

from .runs import PROGRAMS, Run, _as_main, run_child, run_real
from .test_same_as_real import plain

FOLDER = sorted((PROGRAMS / "generators").glob("*.py"))


def run(path, strategy="round-robin", seed=0, *, grain="sync", lines=False):
    """Simulate a script whose generators are workers, in this process."""
    done = Run()
    with _as_main():
        program = programs.from_path(str(path), (), {}, generators=Generators())
        simulate(program, make(strategy, seed), done.events.append, seed=seed, grain=grain, lines=lines)
    return done


def run_source(source, folder, **options):
    path = folder / "script.py"
    path.write_text(source)
    return run(path, **options)


def told(done, *kinds):
    """Return who did what with which text, workers by name."""
    names = {event.obj: event.text for event in done.kinds(Kind.SPAWN)}
    return [(names[event.worker], event.kind.value, event.text) for event in done.kinds(*kinds) if event.worker != NONE]


@pytest.mark.parametrize("strategy", ["round-robin", "random"])
@pytest.mark.parametrize("grain", ["sync", "line"])
@pytest.mark.parametrize("path", FOLDER, ids=lambda path: path.stem)
def test_a_program_does_what_it_does_without_us(path, grain, strategy):
    expected, done = run_real(path), run(path, strategy, 1, grain=grain, lines=True)
    assert plain(done.out) == plain(expected.stdout)
    assert plain(done.err) == plain(expected.stderr)
    assert done.status == expected.returncode


@pytest.mark.parametrize("path", FOLDER, ids=lambda path: path.stem)
def test_the_trace_is_sound(path):
    """Every generator has begun, whoever ended acts no more, and a step's first worker is a thread."""
    done = run(path, lines=True)
    trace = Trace(Header(target="generators"))
    trace.extend(done.events)
    state = trace.state(len(trace))
    generators = [worker for worker in state.workers if worker.flags & WorkerFlag.GENERATOR]
    assert generators
    assert all(worker.begun and worker.host != NONE for worker in generators)
    assert {worker.status for worker in generators} <= {Status.FINISHED, Status.FAILED, Status.KILLED}
    ended = set()
    for event in done.events:
        if event.kind not in (Kind.OUTPUT, Kind.OUTCOME):
            assert event.worker not in ended
        if event.kind in (Kind.END, Kind.FAIL) and event.worker in {worker.id for worker in generators}:
            ended.add(event.worker)
    first = {}
    for event in done.events:
        if event.worker != NONE:
            first.setdefault(event.step, event.worker)
    assert not {worker.id for worker in generators} & set(first.values())


SIMPLE = """
def count(most):
    for number in range(most):
        yield number

for number in count(2):
    print(number)
"""


def test_every_value_handed_over_is_told_by_the_generator(tmp_path):
    done = run_source(SIMPLE, tmp_path)
    kinds = (Kind.SPAWN, Kind.BEGIN, Kind.YIELD, Kind.END, Kind.OUTPUT)
    assert told(done, *kinds) == [
        ("MainThread", "begin", "<module>"),
        ("MainThread", "spawn", "count"),
        ("count", "begin", "count"),
        ("count", "yield", "0"),
        ("MainThread", "output", "0\n"),
        ("count", "yield", "1"),
        ("MainThread", "output", "1\n"),
        ("count", "end", ""),
        ("MainThread", "end", ""),
    ]
    (spawned,) = [event for event in done.kinds(Kind.SPAWN) if event.value == WorkerFlag.GENERATOR]
    assert spawned.worker == 0


def test_lines_are_those_of_the_source_and_told_of_who_runs_them(tmp_path):
    done = run_source(SIMPLE, tmp_path, lines=True)
    where = {event.obj: event.value for event in done.kinds(Kind.SITE)}
    lines = [(event.worker, where[event.site]) for event in done.kinds(Kind.LINE)]
    assert lines == [
        (0, 2), (0, 6), (1, 3), (1, 4), (0, 7), (0, 6), (1, 3), (1, 4), (0, 7), (0, 6), (1, 3),
    ]  # fmt: skip


def test_a_generator_that_is_never_resumed_is_no_worker(tmp_path):
    done = run_source("def count():\n    yield 1\n\ncount()\ncount().close()\n", tmp_path)
    assert len(done.kinds(Kind.SPAWN)) == 1


def test_generators_of_one_function_are_told_apart(tmp_path):
    done = run_source("def count():\n    yield 1\n\nprint(*zip(count(), count(), count()))\n", tmp_path)
    assert [event.text for event in done.kinds(Kind.SPAWN)] == ["MainThread", "count", "count 2", "count 3"]


def test_one_that_is_closed_was_asked_to_stop(tmp_path):
    done = run_source("def count():\n    yield 1\n    yield 2\n\nnext(count())\n", tmp_path)
    assert told(done, Kind.END) == [("count", "end", "cancelled"), ("MainThread", "end", "")]


def test_one_that_is_left_over_is_cut_off(tmp_path):
    done = run_source("def count():\n    yield 1\n    yield 2\n\nleft = count()\nnext(left)\n", tmp_path)
    assert told(done, Kind.KILL) == [("count", "kill", "")]


def test_what_is_yielded_from_another_one_is_told_by_that_one(tmp_path):
    source = """
def inner():
    yield 1
    return "done"

def outer():
    got = yield from inner()
    yield got

for value in outer():
    print(value)
"""
    done = run_source(source, tmp_path)
    assert told(done, Kind.YIELD, Kind.OUTPUT, Kind.END) == [
        ("inner", "yield", "1"),
        ("MainThread", "output", "1\n"),
        ("inner", "end", ""),
        ("outer", "yield", "'done'"),
        ("MainThread", "output", "done\n"),
        ("outer", "end", ""),
        ("MainThread", "end", ""),
    ]


def test_what_is_yielded_from_a_list_is_told_by_who_yields_from_it(tmp_path):
    source = "def outer():\n    yield from [1, 2]\n\nfor value in outer():\n    print(value)\n"
    assert told(run_source(source, tmp_path), Kind.YIELD, Kind.OUTPUT)[:3] == [
        ("outer", "yield", "1"),
        ("MainThread", "output", "1\n"),
        ("outer", "yield", "2"),
    ]


def test_in_another_thread_it_acts_as_that_thread(tmp_path):
    source = """
import threading

def count():
    yield 1
    print("here")
    yield 2

shared = count()
next(shared)
threading.Thread(target=lambda: next(shared), name="other").start()
"""
    done = run_source(source, tmp_path)
    assert ("other", "output", "here\n") in told(done, Kind.OUTPUT)
    assert told(done, Kind.YIELD) == [("count", "yield", "1")]


def test_an_exception_thrown_in_is_handled_by_the_generator(tmp_path):
    source = """
import threading

lock = threading.Lock()

def patient():
    with lock:
        try:
            yield 1
        except ValueError:
            print("handled")
    try:
        yield 2
    finally:
        print("finally")

one = patient()
next(one)
one.throw(ValueError)
one.close()
"""
    done = run_source(source, tmp_path)
    assert told(done, Kind.OUTPUT) == [("patient", "output", "handled\n"), ("patient", "output", "finally\n")]
    assert told(done, Kind.ACQUIRE, Kind.RELEASE) == [("patient", "acquire", ""), ("patient", "release", "")]


def test_functions_that_are_no_generators_stay_as_they_are():
    source = """
async def stream():
    yield 1

def plain():
    def inner():
        return (lambda: (yield))
    return inner

total = sum(number for number in range(3))
"""
    assert ast.dump(watched(ast.parse(source))) == ast.dump(ast.parse(source))


def test_more_than_the_most_are_no_workers(tmp_path, monkeypatch):
    monkeypatch.setattr("concurrency_tui.engine.generators.watch.MOST", 2)
    done = run_source("def count():\n    yield 1\n\nfor _ in range(4):\n    print(*count())\n", tmp_path)
    assert [event.text for event in done.kinds(Kind.SPAWN)] == ["MainThread", "count", "count 2"]
    assert done.out == "1\n" * 4


def test_the_same_request_gives_the_same_trace():
    path = PROGRAMS / "generators" / "threads.py"
    first, second = (run_child(path, strategy="random", seed=3, generators=True, lines=True) for _ in range(2))
    assert first.events == second.events
    assert any(event.value == WorkerFlag.GENERATOR for event in first.kinds(Kind.SPAWN))


def test_without_being_asked_generators_are_no_workers():
    done = run_child(PROGRAMS / "generators" / "threads.py", lines=True)
    assert not [event for event in done.kinds(Kind.SPAWN) if event.value & WorkerFlag.GENERATOR]
