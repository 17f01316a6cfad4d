"""The run as linear text."""

from concurrency_tui.trace.events import NONE, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.plain import lines
from concurrency_tui.trace.store import Trace
from hypothesis import given

from tests import canned
from tests.any_events import traces
from tests.canned_script import Script

DEADLOCK = """\
A run of deadlock, simulated: strategy random, seed 7, schedule ct1-007F-3VR.
At 0.0 s:
1. MainThread begins to run main (line 24).
2. MainThread starts Thread-1 (line 27).
3. MainThread starts Thread-2 (line 28).
4. MainThread waits for Thread-1 to end (line 29).
5. Thread-1 begins to run forward (line 8).
6. Thread-1 acquires mutexA (line 9). Thread-1 prints "Thread-1 has A" (line 10).
7. Thread-1 goes to sleep for 1.0 s, until 1.0 s (line 11).
8. Thread-2 begins to run backward (line 16).
9. Thread-2 acquires mutexB (line 17). Thread-2 prints "Thread-2 has B" (line 18).
10. Thread-2 goes to sleep for 1.0 s, until 1.0 s (line 19).
At 1.0 s:
11. Thread-1 wakes up (line 11). Thread-1 waits for mutexB, held by Thread-2 (line 12).
12. Thread-2 wakes up (line 19). Thread-2 waits for mutexA, held by Thread-1 (line 20).
The program is deadlocked: nothing can move again.
Deadlock: whatever the order from here, none of these can go on.
Thread-1 holds mutexA since step 6 and waits for mutexB, held by Thread-2 (line 12).
Thread-2 holds mutexB since step 9 and waits for mutexA, held by Thread-1 (line 20).
Each of the two waits for the other.
Stuck behind them: MainThread.
12 steps, 3 workers, 1.0 s.
"""


def test_a_deadlock_from_beginning_to_end():
    assert "".join(f"{line}\n" for line in lines(canned.deadlock())) == DEADLOCK


def test_output_of_several_lines_stands_below_its_step():
    text = list(lines(canned.failure()))
    place = text.index("6. breaker prints:")
    assert text[place + 1 : place + 3] == [
        "    Traceback (most recent call last):",
        "    ZeroDivisionError: division by zero",
    ]
    assert text[place + 3].startswith("6. breaker fails with ZeroDivisionError")


def test_long_and_hostile_output_is_whole_and_harmless():
    run = Script("output", "def main(): pass")
    run.act(0, Kind.OUTPUT, value=1, text="x" * 1000 + "\n")
    run.act(NONE, Kind.OUTPUT, value=1, text="\x1b[2J\nfrom C\n", more=True)
    run.act(0, Kind.OUTPUT, value=1, text="\x1b]0;x\x07")
    text = list(lines(run.trace()))
    assert "    " + "x" * 1000 in text
    assert text[text.index("2. The program prints:") :][1:3] == ["    ␛[2J", "    from C"]
    assert '3. MainThread prints "␛]0;x␇".' in text


def test_the_title_tells_how_the_run_came_to_be():
    def title(**fields):
        return next(lines(Trace(Header(target="prog\x1b.py", **fields))))

    assert title(seed=3, strategy="fifo").startswith(
        "A run of prog␛.py, simulated: strategy fifo, seed 3, schedule ct1-"
    )
    assert title(engine="live") == "A run of prog␛.py, measured."
    assert title(choices=(-1,)) == "A run of prog␛.py, simulated: strategy random, seed 0."


def test_a_notice_comes_last():
    trace = Trace(Header(target="x"))
    trace.notice = "the file is cut off after event 0"
    assert list(lines(trace))[-2:] == ["0 steps, 0 workers, 0.0 s.", "Note: the file is cut off after event 0."]


def test_every_step_of_every_canned_run_is_told():
    for make in canned.ALL.values():
        trace = make()
        numbers = [line.partition(".")[0] for line in lines(trace)]
        told = [int(number) for number in numbers if number.isdigit()]
        assert told == sorted(told)
        assert set(told) == set(range(1, trace.last_step + 1))


def test_lines_are_told_only_where_nothing_else_happens():
    run = Script("lines", "def main():\n    one\n    two\n    three\n")
    run.act(0, Kind.LINE, at="one")
    run.act(0, Kind.LINE, at="two", more=True)
    run.act(0, Kind.OUTPUT, value=1, text="hello\n", at="two")
    run.act(0, Kind.LINE, at="three", more=True)
    run.act(0, Kind.RUN)
    assert list(lines(run.trace()))[3:6] == [
        "2. MainThread comes to line 3: two.",
        '3. MainThread prints "hello" (line 3).',
        "4. MainThread runs on.",
    ]


@given(traces(60))
def test_any_trace_can_be_told_as_text(trace):
    for line in lines(trace):
        assert line.isprintable()
        assert line
