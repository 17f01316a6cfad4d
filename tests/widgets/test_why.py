"""The why pane: the words of the step, set with names apart, and nothing in them acting."""

import pytest
from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.narrate import why
from concurrency_tui.trace.state import State, Status, Thing, Worker
from concurrency_tui.widgets.drawings.ink import Row, length
from concurrency_tui.widgets.why import WhyPane, typeset
from concurrency_tui.widgets.why_names import found, names_in
from concurrency_tui.widgets.worker_order import View

from .. import canned
from .gallery_objects import Stand, stand
from .hostile import NAMES
from .zoo import crowded

STATE = State(
    workers=[
        Worker(id=0, name="Thread-1", status=Status.RUNNING),
        Worker(id=1, name="Thread-12", status=Status.LOCK),
        Worker(id=2, name="car 7", status=Status.SIGNAL),
        Worker(id=3, name="读者", status=Status.READY),
    ],
    things=[
        Thing(id=0, kind="Lock", name="locks[3]"),
        Thing(id=1, kind="Lock", name="a"),
        Thing(id=2, kind="Lock", name="car"),
        Thing(id=3, kind="Lock", name="x[/b]"),
    ],
)


def marked(text: str) -> list[tuple[str, str]]:
    """Return the names that are found in a text, with their inks."""
    return [(text[start:end], ink) for start, end, ink in found(text, names_in([text], STATE))]


def test_names_are_found_whole_and_the_longest_wins() -> None:
    assert marked("Thread-12 waits for locks[3], held by Thread-1.") == [
        ("Thread-12", "state-lock"),
        ("locks[3]", "accent"),
        ("Thread-1", "state-running"),
    ]
    assert marked("car 7 and car 71 meet") == [("car 7", "state-signal"), ("car", "accent")]
    assert marked("读者 reads x[/b].") == [("读者", "state-ready"), ("x[/b]", "accent")]


def test_common_words_and_quoted_output_are_no_names() -> None:
    assert marked("It takes a look.") == []
    assert marked('Thread-1 prints "car 7 passes".') == [("Thread-1", "state-running")]


def test_a_deadlock_is_lit() -> None:
    assert marked("A deadlock: all are deadlocked, undeadlocked.") == [
        ("deadlock", "state-deadlocked"),
        ("deadlocked", "state-deadlocked"),
    ]


def _text(line: Row) -> str:
    return "".join(span.text for span in line)


@pytest.mark.parametrize("width", [8, 20, 60, 96])
def test_every_word_is_set_and_no_line_is_too_long(width: int) -> None:
    sentences = ["Thread-12 waits for locks[3], held by Thread-1 since step 14.", "读者读者读者读者 sleeps."]
    lines = typeset(sentences, 1, STATE, width)
    assert all(length(line) <= width for line in lines)
    said = "".join(_text(line) for line in lines).replace(" ", "")
    assert said == "".join(sentences).replace(" ", "")


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_text(name: str) -> None:
    trace = crowded("Lock", 2, names=name + "{}")
    state = trace.state(len(trace))
    for line in typeset(why(trace, len(trace)), 1, state, 30):
        assert _text(line).isprintable()
        assert length(line) <= 30


async def test_the_pane_tells_the_step_and_of_the_followed_worker() -> None:
    trace = canned.deadlock()
    wait = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.WAIT) + 1
    app = Stand([WhyPane()], trace, wait)
    async with app.run_test(size=(70, 14)) as pilot:
        await pilot.pause()
        pane = app.query_one(WhyPane)

        def said() -> str:
            return "\n".join(pane.render_line(row).text for row in range(pane.rows))

        step = said()
        assert "Thread-1" in step
        assert "mutexB" in step
        pane.view = View(followed=0)
        assert said().startswith(step.rstrip())
        assert "MainThread waits for Thread-1 to end" in said()
        pane.view = View(filter="x")
        assert said() == step


async def test_long_words_can_be_scrolled() -> None:
    trace = canned.deadlock()
    app = Stand([WhyPane()], trace, len(trace))
    async with app.run_test(size=(24, 8)) as pilot:
        await pilot.pause()
        pane = app.query_one(WhyPane)
        first = pane.render_line(0).text
        await pilot.press("j", "j", "j", "j")
        await pilot.pause()
        assert pane.render_line(0).text != first


def test_looks(snap_compare) -> None:
    assert snap_compare(stand("why", "deadlock", 1), terminal_size=(80, 16))


def test_looks_by_day(snap_compare) -> None:
    assert snap_compare(stand("why", "traffic_light", 0.6, light=True), terminal_size=(50, 12))
