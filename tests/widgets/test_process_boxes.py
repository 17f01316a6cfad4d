"""Processes: boxes, rows or counts; whose variables are whose; names of strangers."""

import pytest
from concurrency_tui.trace.events import Kind, WorkerFlag
from concurrency_tui.trace.state import State, Worker
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.drawings import NARROWEST, process_boxes, process_facts
from concurrency_tui.widgets.drawings.ink import Picture, length
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.palette import DARK_PAINT
from concurrency_tui.widgets.processes import name_of, number_of, process_of, several
from concurrency_tui.widgets.worker_card import card
from concurrency_tui.widgets.worker_facts import facts
from concurrency_tui.widgets.worker_row import row

from .. import canned
from ..canned_script import Script
from .gallery_objects import Stand, stand
from .hostile import NAMES
from .zoo import SOURCE

WIDTHS = (4, 16, 28, 37, 44, 60, 83, 100, 200)


def family(children: int, threads: int = 0, variables: int = 1, name: str = "Process-{}") -> Trace:
    """Return a run in which every child process has threads and variables of its own, and changes the first of them."""
    run = Script("family", SOURCE)
    run.act(0, Kind.PROCESS, 0, 4000)
    for process in [0, *(run.spawn(name.format(at + 1), flags=WorkerFlag.PROCESS) for at in range(children))]:
        if process:
            run.act(0, Kind.PROCESS, process, 5000 + process, more=True)
        owned = [run.thing("variable", name.format(at), worker=process) for at in range(variables)]
        for variable in owned:
            run.act(process, Kind.WRITE, variable, text="100")
        if process and owned:
            run.act(process, Kind.WRITE, owned[0], text="0")
        for number in range(threads):
            run.spawn(name.format(number), by=process)
    return run.trace()


def drawn(trace: Trace, width: int, position: int = -1) -> Picture:
    """Return the picture of the processes at a cursor, by default at the end."""
    return process_boxes.draw(process_facts.look(trace.state(position if position >= 0 else len(trace))), width)


def text(picture: Picture) -> str:
    """Return what a picture says, line by line."""
    return "\n".join("".join(span.text for span in line) for line in picture)


def test_one_process_is_not_drawn() -> None:
    for make in (canned.deadlock, canned.lost_update):
        trace = make()
        assert drawn(trace, 60) == ()
        assert not several(trace.state(len(trace)))
    assert process_boxes.draw(process_facts.look(State()), 60) == ()


@pytest.mark.parametrize("width", [28, 60, 100])
def test_a_child_changes_its_own_variable(width: int) -> None:
    said = text(drawn(family(1), width))
    assert "MainProcess  pid 4000" in said
    assert "Process-1  pid 5001" in said
    lines = [part for line in said.split("\n") for part in line.replace("┃", "│").split("│") if " = " in part]
    assert any("100" in part and "changed" not in part for part in lines)
    assert any("= 0" in part and "changed" in part for part in lines)


def test_what_is_the_same_everywhere_says_nothing() -> None:
    run = Script("same", SOURCE)
    child = run.spawn("Process-1", flags=WorkerFlag.PROCESS)
    for worker in (0, child):
        run.act(worker, Kind.WRITE, run.thing("variable", "n", worker=worker), text="7")
    said = text(drawn(run.trace(), 60))
    assert said.count("n = 7") == 2
    assert "own" not in said
    assert "pid" not in said


def test_a_box_counts_what_it_has_no_room_for() -> None:
    said = text(drawn(family(1, threads=40, variables=12), 60))
    assert said.count("more variables") == 2
    assert said.count("+39 more") == 2


def test_the_process_that_runs_is_marked_without_colour() -> None:
    trace = canned.processes()
    said = text(drawn(trace, 60, len(trace) - 8)).split("\n")[0]
    assert said.startswith("╭─ MainProcess")
    assert "┏━ Process-1" in said


@pytest.mark.parametrize("width", [28, 60, 120])
def test_twelve_processes_have_a_row_each(width: int) -> None:
    picture = drawn(family(11, threads=2), width)
    assert len(picture) == 14
    assert "12 in all" in text(picture)
    assert all(str(5000 + number) in text(picture) for number in range(1, 12))


@pytest.mark.parametrize("width", [28, 60, 120])
def test_five_hundred_processes_are_counts(width: int) -> None:
    picture = drawn(family(499, variables=1), width)
    said = text(picture)
    assert len(picture) < 8
    assert "500 in all" in said
    assert "= 0  in 499" in said
    assert "= 100  in one" in said


@pytest.mark.parametrize("children", [1, 2, 5, 11, 40])
def test_pictures_are_as_wide_as_asked(children: int) -> None:
    trace = family(children, threads=5, variables=5)
    for position in range(0, len(trace) + 1, max(len(trace) // 20, 1)):
        for width in WIDTHS:
            assert {length(line) for line in drawn(trace, width, position)} <= {max(width, NARROWEST)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("children", [1, 11, 40])
def test_names_of_strangers_are_text(name: str, children: int) -> None:
    trace = family(children, threads=1, variables=2, name=name.replace("{", "{{").replace("}", "}}") + "{}")
    for width in (28, 60):
        picture = drawn(trace, width)
        assert {length(line) for line in picture} == {width}
        assert text(picture).replace("\n", "").isprintable()


def test_equal_inputs_give_the_very_same_picture() -> None:
    trace = canned.processes()
    assert drawn(trace, 60) is drawn(trace, 60)


def test_a_process_that_the_trace_never_declares_has_a_name_all_the_same() -> None:
    state = State(workers=[Worker(id=0, name="MainThread"), Worker(id=1, name="", process=77)])
    assert name_of(state, 77) == "process 77"
    assert number_of(state, 77) == ""
    assert several(state)
    assert "process 77" in text(process_boxes.draw(process_facts.look(state), 60))


def test_a_variable_belongs_to_the_process_that_made_or_used_it() -> None:
    trace = canned.processes()
    state = trace.state(len(trace))
    assert [process_of(state, thing) for thing in state.things] == [0, 1]


@pytest.mark.parametrize("name", ["deadlock", "processes"])
def test_cards_and_rows_name_the_process_where_there_are_several(name: str) -> None:
    trace = canned.ALL[name]()
    state = trace.state(len(trace))
    for worker in state.workers:
        known = facts(trace, state, worker)
        number = {"deadlock": "", "processes": "pid 4000" if worker.id == 0 else "pid 5000"}[name]
        top, line = card(known, 40, 5, DARK_PAINT)[0].text, row(known, 70, 10, DARK_PAINT).text
        assert known.process == number
        assert (number in top, number in line) == (True, True)
        assert ("pid" in top, "pid" in line) == (bool(number), bool(number))


def test_a_card_keeps_a_workers_name_before_its_process() -> None:
    trace = canned.processes()
    state = trace.state(len(trace))
    known = facts(trace, state, state.workers[2])._replace(name="a-rather-long-name")
    for width in range(12, 40):
        top = card(known, width, 5, DARK_PAINT)[0].text
        assert len(top) == width
        assert "pid" not in top or "a-rather-long-name  pid 5000" in top


@pytest.mark.parametrize("size", [(30, 30), (80, 24), (120, 30)])
def test_looks(snap_compare, size: tuple[int, int]) -> None:
    assert snap_compare(stand("objects", "processes", 0.8), terminal_size=size)


@pytest.mark.parametrize("children", [4, 11, 499])
def test_looks_of_many(snap_compare, children: int) -> None:
    trace = family(children, threads=2)
    assert snap_compare(Stand([ObjectsPane()], trace, len(trace)), terminal_size=(80, 26))


def test_looks_by_day(snap_compare) -> None:
    assert snap_compare(stand("objects", "processes", 1, light=True), terminal_size=(70, 24))
