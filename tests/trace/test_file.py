"""Trace files: what is written comes back, and nothing that anybody writes does harm."""

import io
import json
import os
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from concurrency_tui.trace.events import Event, Kind
from concurrency_tui.trace.file import (
    LINE_LIMIT,
    TraceError,
    Writer,
    decode,
    decode_header,
    encode,
    encode_header,
    load,
    read,
    save,
)
from concurrency_tui.trace.header import VERSION, Header
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import canned
from tests.any_events import event_lists


def written(trace):
    """Return a trace as a file's bytes."""
    stream = io.BytesIO()
    writer = Writer(stream, trace.header)
    for batch in trace.batches():
        writer.write(batch)
    return stream.getvalue()


def opened(data):
    return read(io.BytesIO(data))


def events(trace):
    return [trace.event(index) for index in range(len(trace))]


DEADLOCK = written(canned.deadlock())
LINES = DEADLOCK.splitlines(keepends=True)


@pytest.mark.parametrize("name", canned.ALL)
def test_a_trace_comes_back_from_a_file(name, tmp_path):
    trace = canned.ALL[name]()
    save(trace, tmp_path / "a.trace")
    again = load(tmp_path / "a.trace")
    assert again.header == trace.header
    assert events(again) == events(trace)
    assert again.complete is trace.complete
    assert again.sources == trace.sources
    assert bool(again.notice) is not trace.complete
    assert written(again) == written(trace)
    assert [path.name for path in tmp_path.iterdir()] == ["a.trace"]


def test_a_file_is_lines_of_json():
    header, *rest = [json.loads(line) for line in LINES]
    assert header["format"] == "concurrency-tui trace"
    assert rest[0] == ["file", 0, 0, -1, 0, -1, "program.py", -1]
    assert len(rest) == len(canned.deadlock())


@given(event_lists())
def test_events_come_back_from_lines(some):
    assert decode(encode(some)) == some


@pytest.mark.parametrize("lines", [b"garbage\n", b'["teleport",0,0]\n', b'["line",0,0,0,0,0,"\xff"]\n'])
def test_lines_that_are_no_events_are_refused(lines):
    with pytest.raises(TraceError, match="an event is broken"):
        decode(encode([Event(Kind.RUN, 0, 0)]) + lines)


def test_a_lone_surrogate_is_written_as_its_escape():
    event = Event(Kind.OUTPUT, 0, 0, text="a\udcffb")
    assert decode(encode([event]))[0].text == "a\\udcffb"


def test_a_stream_that_writes_short_gets_everything():
    class Short(io.BytesIO):
        def write(self, data):
            return super().write(bytes(data[:7]))

    stream = Short()
    trace = canned.deadlock()
    Writer(stream, trace.header).write(events(trace))
    assert stream.getvalue() == DEADLOCK


def test_a_whole_file_has_no_notice():
    trace = opened(DEADLOCK)
    assert (trace.notice, trace.complete) == ("", True)
    assert opened(DEADLOCK.removesuffix(b"\n")).notice == ""


def test_a_file_cut_off_anywhere_opens_up_to_its_last_whole_event():
    whole = events(canned.deadlock())
    for size in range(len(LINES[0]), len(DEADLOCK) - 1):
        trace = opened(DEADLOCK[:size])
        count = len(trace)
        assert events(trace) == whole[:count]
        assert trace.notice == f"the file is cut off after event {count}"
        assert DEADLOCK[:size].count(b"\n") - 1 <= count <= DEADLOCK[:size].count(b"\n")


def test_a_file_cut_off_in_its_header_is_no_trace():
    for size in range(len(LINES[0]) - 1):
        with pytest.raises(TraceError):
            opened(DEADLOCK[:size])


@pytest.mark.parametrize(
    "line",
    [
        b"garbage",
        b"{}",
        b'["line"]',
        b'["line",0]',
        b'["line",0,0,"x"]',
        b'["line",0,0,-2]',
        b'["line",0,0,2147483648]',
        b'["line",-1,0]',
        b'["line",0,9223372036854775808]',
        b'["line",0,1e3000]',
        b'["line",0,0,0,0,0,"\xff"]',
        b'["line",0,0,0,0,0,"\\ud800"]',
        b'["line",true,0]',
        b'["line",0,0,0,0,0,7]',
        b'["line",null,0]',
        b"[" * 100_000,
        b"\x00\x01\x02",
    ],
)
def test_a_broken_event_ends_the_trace_with_a_notice(line):
    trace = opened(b"".join([*LINES[:9], line, b"\n", *LINES[9:]]))
    assert events(trace) == events(canned.deadlock())[:8]
    assert trace.notice.startswith("event 9 is broken (")
    assert trace.notice.endswith("); what came before it is shown")
    assert "\n" not in trace.notice


def test_an_unknown_kind_is_named():
    trace = opened(b"".join([*LINES[:9], b'["teleport",1,0]\n', *LINES[9:]]))
    assert len(trace) == 8
    assert "teleport" in trace.notice


def test_further_fields_of_a_later_version_are_passed_over():
    line = b'["run",12,1000000000,0,-1,-1,"",-1,"more",[1,2]]\n'
    trace = opened(b"".join([*LINES[:-1], line, LINES[-1]]))
    assert trace.notice == ""
    assert trace.event(len(trace) - 2).kind is Kind.RUN


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b"", "does not begin with a trace's header"),
        (b"\x7fELF\x02\x01", "does not begin with a trace's header"),
        (b"import threading\n", "does not begin with a trace's header"),
        (b"[]\n", "does not begin with a trace's header"),
        (b"[" * 100_000, "does not begin with a trace's header"),
        (b'{"format":"other"}\n', "not a trace of concurrency-tui"),
        (b'{"format":"concurrency-tui trace","version":%d,"target":"x"}\n' % (VERSION + 1), "newer version"),
        (b'{"format":"concurrency-tui trace","version":1}\n', "header is broken"),
        (b'{"format":"concurrency-tui trace","version":0,"target":"x"}\n', "header is broken"),
        (b'{"format":"concurrency-tui trace","version":1,"target":"x","grain":"atom"}\n', "header is broken"),
        (b'{"format":"concurrency-tui trace","version":1,"target":"x","seed":1.5}\n', "header is broken"),
        (b'{"format":"concurrency-tui trace","version":1,"target":"\xff"}\n', "header"),
    ],
)
def test_what_is_no_trace_is_refused_in_one_line(header, said):
    with pytest.raises(TraceError) as caught:
        opened(header)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_newer_header_may_look_any_way():
    with pytest.raises(TraceError, match="newer version"):
        decode_header(b'{"format":"concurrency-tui trace","version":99,"goal":[1,{}],"target":7}')


@pytest.mark.parametrize("kind", [Kind.FILE, Kind.SITE, Kind.OBJECT, Kind.SPAWN])
def test_numbers_must_be_dense(kind):
    script = canned.deadlock()
    far = msgspec.json.encode(Event(kind, 1, 0, obj=2_000_000_000, text="x")) + b"\n"
    trace = opened(b"".join([*LINES[:9], far, *LINES[9:]]))
    assert events(trace) == events(script)[:8]
    assert trace.notice.startswith(f"event 9 declares {kind.value} 2000000000 where ")


def test_numbers_that_point_nowhere_are_harmless():
    far = b'["acquire",1,0,2000000000,2000000000,1,"",2000000000]\n["join",1,0,0,2000000000]\n'
    data = b"".join([*LINES[:9], far, *LINES[9:]])
    tracemalloc.start()
    trace = opened(data)
    trace.state(len(trace))
    len(trace.lanes)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert trace.notice == ""


def test_time_and_steps_must_not_run_back():
    for line in (b'["line",0,0]\n', b'["line",12,0]\n'):
        trace = opened(b"".join([*LINES[:-1], line, LINES[-1]]))
        assert len(trace) == len(LINES) - 2
        assert "is earlier than the one before it" in trace.notice


def test_nothing_comes_after_the_end():
    trace = opened(DEADLOCK + LINES[-1])
    assert len(trace) == len(LINES) - 1
    assert trace.notice.startswith(f"the run ends with event {len(trace)}; ")


def test_rules_hold_across_the_pieces_that_a_file_is_read_in(monkeypatch):
    monkeypatch.setattr("concurrency_tui.trace.file.CHUNK", 50)
    assert events(opened(DEADLOCK)) == events(canned.deadlock())
    assert opened(DEADLOCK).notice == ""
    trace = opened(b"".join([*LINES[:9], b"broken\n", *LINES[9:]]))
    assert (len(trace), trace.notice[:17]) == (8, "event 9 is broken")


def test_a_line_without_end_is_not_read_for_ever(monkeypatch):
    monkeypatch.setattr("concurrency_tui.trace.file.LINE_LIMIT", 1000)
    monkeypatch.setattr("concurrency_tui.trace.file.CHUNK", 100)
    endless = io.BytesIO(LINES[0] + b'["output",0,0,0,0,0,"' + b"a" * 1_000_000)
    trace = read(endless)
    assert (len(trace), trace.notice) == (0, "the file is cut off after event 0")
    assert endless.tell() < 10_000
    assert LINE_LIMIT >= 1 << 20


def test_what_cannot_be_read_is_said_in_one_line(tmp_path):
    for path in (tmp_path / "missing.trace", tmp_path, "a\0b"):
        with pytest.raises(TraceError, match="cannot be read"):
            load(path)


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        save(canned.deadlock(), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def use(trace):
    """Do with a trace what opening it does."""
    state = trace.state(len(trace))
    trace.state(len(trace) // 2)
    assert len(trace.lanes) == len(state.workers)
    assert all(0 < position <= len(trace) for position in trace.marks.positions)
    assert trace.notice == "" or "\n" not in trace.notice


def complaint(data):
    """Use bytes as a trace; return what is said against them, or nothing. No other error is caught."""
    try:
        use(opened(data))
    except TraceError as error:
        return str(error)
    return ""


@given(st.binary(max_size=300))
def test_any_bytes_are_a_trace_or_refused(data):
    assert "\n" not in complaint(data)


@settings(max_examples=300)
@given(
    st.sampled_from([written(make()) for name, make in canned.ALL.items() if name != "crowd"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 8), st.binary(max_size=8)), max_size=8),
)
def test_mutated_files_are_a_trace_or_refused(data, cuts):
    for place, length, patch in cuts:
        place %= len(data) + 1
        data = data[:place] + patch + data[place + length :]
    assert "\n" not in complaint(data)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 7), st.integers(-2, 2**63))),
    st.sampled_from(list(canned.ALL)),
)
def test_mutated_numbers_are_a_trace_or_refused(changes, name):
    header, *lines = written(canned.ALL[name]()).splitlines() if name != "crowd" else LINES
    rows = [json.loads(line) for line in lines]
    for row, column, number in changes:
        rows[row % len(rows)][column] = number
    data = b"\n".join([header, *(json.dumps(row).encode() for row in rows)])
    assert "\n" not in complaint(data)


@given(event_lists())
def test_a_file_of_any_events_is_read_as_far_as_its_rules_hold(some):
    trace = opened(encode_header(Header(target="any")) + encode(some))
    assert events(trace) == some[: len(trace)]
    assert bool(trace.notice) is not (len(trace) == len(some) and trace.complete)
    use(trace)


def test_a_device_is_written_to_and_not_replaced():
    save(canned.deadlock(), os.devnull)
    assert Path(os.devnull).is_char_device()
