"""What the lessons on sockets claim, tried in the simulator."""

import re
from itertools import pairwise

import pytest
from concurrency_tui.trace.events import Kind, WorkerFlag
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import State
from concurrency_tui.trace.store import Trace

from .here import LessonRun, every_seed, simulated

MODELS = ("threads", "processes")
model = pytest.mark.parametrize("model", MODELS)


def final(run: LessonRun) -> State:
    """Return the state at the end of a run."""
    trace = Trace(Header(target="lesson"))
    trace.extend(run.events)
    return trace.state(len(trace))


def heard(run: LessonRun) -> dict[int, list[str]]:
    """Return what each client heard, in order."""
    told = [re.fullmatch(r"client (\d+) hears (.*)", line) for line in run.lines]
    answers: dict[int, list[str]] = {}
    for match in filter(None, told):
        answers.setdefault(int(match[1]), []).append(match[2])
    return answers


def talkers(run: LessonRun) -> list[int]:
    """Return the workers that the server has started."""
    return [number for number, name in run.workers.items() if name.startswith("talk")]


@every_seed
@model
def test_every_client_hears_its_own_words_in_capitals(seed, model):
    run = simulated("echo-server", seed, model=model)
    assert heard(run) == {client: [f"HELLO {word} FROM {client}" for word in range(3)] for client in range(3)}
    assert (run.outcome, run.seconds, run.lines[-1]) == ("finished", 3.5, "3 clients were served in 3.5 s")


@every_seed
@model
def test_every_connection_has_a_worker_of_its_own_and_main_never_talks(seed, model):
    run = simulated("echo-server", seed, model=model)
    users = {}
    for event in run.kinds(Kind.RECV, Kind.SEND):
        users.setdefault(event.obj, set()).add(event.worker)
    assert all(len(workers) == 1 for workers in users.values())
    ends = {event.value for event in run.kinds(Kind.ACCEPT)}
    assert {worker for end in ends for worker in users[end]} == set(talkers(run))
    assert {event.worker for event in run.kinds(Kind.ACCEPT)} == {0}


@every_seed
def test_processes_have_pids_of_their_own(seed):
    run = simulated("echo-server", seed, model="processes")
    numbers = {event.obj: event.value for event in run.kinds(Kind.PROCESS)}
    assert set(numbers) == {0, *talkers(run)}
    assert len(set(numbers.values())) == 4
    flags = {event.obj: event.value for event in run.kinds(Kind.SPAWN)}
    assert all(flags[worker] & WorkerFlag.PROCESS for worker in talkers(run))
    assert not simulated("echo-server", seed).kinds(Kind.PROCESS)


@every_seed
def test_one_by_one_the_others_wait_in_the_backlog_with_their_words_on_the_wire(seed):
    run = simulated("echo-server", seed, model="one by one")
    assert run.seconds == 10.5
    accepted = run.kinds(Kind.ACCEPT)
    assert [event.time for event in accepted] == [0, 3_500_000_000, 7_000_000_000]
    sent = [event.step for event in run.kinds(Kind.SEND) if event.worker in (1, 2, 3)]
    assert sum(step < accepted[1].step for step in sent) == 5, "three words of the first, one of each other"
    assert sorted(heard(run)) == [0, 1, 2]


@every_seed
def test_a_client_without_patience_gives_up_and_is_answered_into_the_void(seed):
    run = simulated("echo-server", seed, model="one by one", patience=1.0)
    assert run.out.count("gives up") == 2
    assert len(heard(run)) == 1
    state = final(run)
    lost = [thing for thing in state.things if thing.end is not None and thing.end.sent and not thing.end.received]
    assert len(lost) == 2, "two clients sent and never received"
    answers = [thing for thing in state.things if thing.end is not None and thing.uses and thing.passed]
    assert len(answers) == 4, "both ends of the one that was served, and the server's ends of the others"


@every_seed
@model
def test_who_leaves_closes_only_its_own_connection(seed, model):
    run = simulated("echo-server", seed, model=model, leaves="after an answer")
    assert {client: len(answers) for client, answers in heard(run).items()} == {0: 3, 1: 3, 2: 1}
    assert run.when("client 2 is gone") == [0.5]
    assert run.seconds == 3.5
    closed = [event for event in run.kinds(Kind.CLOSE) if event.time == 500_000_000]
    assert len(closed) == 2, "the client's end and the server's"
    assert not any(event.text for event in closed)


@every_seed
@model
def test_who_leaves_with_an_answer_unread_resets_the_connection(seed, model):
    run = simulated("echo-server", seed, model=model, leaves="before an answer")
    assert "a client hung up: ConnectionResetError" in run.lines
    assert [event.text for event in run.kinds(Kind.CLOSE)].count("reset") == 1
    assert {client: len(answers) for client, answers in heard(run).items()} == {0: 3, 1: 3}
    assert (run.outcome, run.seconds) == ("finished", 3.5)


@every_seed
@model
def test_main_closes_its_copy_and_the_connection_lasts(seed, model):
    run = simulated("echo-server", seed, model=model)
    for thing in (event.value for event in run.kinds(Kind.ACCEPT)):
        kinds = [event.kind for event in run.kinds(Kind.RECV, Kind.SEND, Kind.CLOSE) if event.obj == thing]
        assert kinds == [Kind.RECV, Kind.SEND] * 3 + [Kind.RECV, Kind.CLOSE]


def test_many_clients_are_served_side_by_side():
    run = simulated("echo-server", clients=50)
    assert (run.seconds, len(heard(run)), len(run.workers)) == (3.5, 50, 101)
    assert all(before <= after for before, after in pairwise(event.time for event in run.events))
