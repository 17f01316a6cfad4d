"""The small parts: recent files, paths, language, the footer's arithmetic, statements, who can be chosen."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from concurrency_tui.locales.language import speaking
from concurrency_tui.scenarios.parameters import ParameterError
from concurrency_tui.scenarios.target import resolve
from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.file import save
from concurrency_tui.tui.choices import deciders, hindrance, next_decider
from concurrency_tui.tui.footer import GAP, Item, arrange
from concurrency_tui.tui.knobs import sections, turned
from concurrency_tui.tui.language import language
from concurrency_tui.tui.lines import next_line, previous_line
from concurrency_tui.tui.opening import open_session, remembered
from concurrency_tui.tui.paths import completions, free_name
from concurrency_tui.tui.recent import KEPT, Opened, Recent
from concurrency_tui.tui.settings import Settings
from hypothesis import given
from hypothesis import strategies as st

from .. import canned
from .fakes import Engine, Wire, steps, toy
from .recorded import recorded


class TestRecent:
    def test_the_newest_is_first_and_nothing_is_twice(self, tmp_path: Path) -> None:
        recent = Recent(tmp_path / "deep" / "recent.json")
        for name in ("a", "b", "a"):
            recent.add(Opened(name, "script"))
        assert [opened.target for opened in recent.read()] == ["a", "b"]

    def test_the_oldest_are_forgotten(self, tmp_path: Path) -> None:
        recent = Recent(tmp_path / "recent.json")
        for number in range(2 * KEPT):
            recent.add(Opened(str(number), "trace"))
        assert len(recent.read()) == KEPT

    @given(st.binary())
    def test_a_damaged_file_is_an_empty_list(self, data: bytes) -> None:
        path = Path(os.environ.get("TMPDIR", "/tmp")) / f"recent-{os.getpid()}.json"
        path.write_bytes(data)
        try:
            assert isinstance(Recent(path).read(), tuple)
        finally:
            path.unlink()

    @pytest.mark.parametrize("data", [b"", b"[", b"{}", b'[{"target": 3}]', b'[{"target": "x", "kind": "virus"}]'])
    def test_what_is_not_understood_is_left_out_and_written_over(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "recent.json"
        path.write_bytes(data)
        recent = Recent(path)
        assert recent.read() == ()
        recent.add(Opened("x", "script"))
        assert recent.read() == (Opened("x", "script"),)

    def test_a_place_that_cannot_be_written_to_is_no_error(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        recent = Recent(tmp_path / "file" / "recent.json")
        recent.add(Opened("x", "script"))
        assert recent.read() == ()


class TestPaths:
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "sub").mkdir()
        for name in ("bank.py", "bank.txt", "run.jsonl", ".hidden.py", "sub/deep.py"):
            (tmp_path / name).touch()

    def test_scripts_traces_and_folders(self) -> None:
        assert completions("") == ["bank.py", "run.jsonl", "sub/"]

    def test_what_is_typed_is_kept(self) -> None:
        assert completions("./ba") == ["./bank.py"]
        assert completions("sub/") == ["sub/deep.py"]

    def test_hidden_files_are_for_those_who_ask(self) -> None:
        assert completions(".h") == [".hidden.py"]

    def test_home(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert completions("~/ba") == ["~/bank.py"]

    def test_nowhere(self) -> None:
        assert completions("/no/such/place/") == []

    def test_a_free_name(self, tmp_path: Path) -> None:
        assert free_name(tmp_path, "new", ".jsonl").name == "new.jsonl"
        (tmp_path / "run-2.jsonl").touch()
        assert free_name(tmp_path, "run", ".jsonl").name == "run-3.jsonl"


class TestLanguage:
    @pytest.mark.parametrize(
        ("wanted", "lang", "found"),
        [
            (None, "zh_CN.UTF-8", "zh"),
            (None, "zh", "zh"),
            (None, "en_GB.UTF-8", "en"),
            (None, "fr_FR.UTF-8", "en"),
            (None, "C.UTF-8", "en"),
            (None, "", "en"),
            ("zh", "en_US.UTF-8", "zh"),
            ("en", "zh_CN.UTF-8", "en"),
        ],
    )
    def test_language(self, monkeypatch: pytest.MonkeyPatch, wanted: str | None, lang: str, found: str) -> None:
        for name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", lang)
        assert language(wanted) == found


ITEMS = st.lists(
    st.builds(
        Item,
        st.just("x"),
        st.text("abc", min_size=1, max_size=6),
        st.text("abc", max_size=9),
        st.just(""),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda item: item.shown,
)


class TestFooter:
    @given(ITEMS, st.integers(10, 200))
    def test_nothing_overlaps_and_order_is_kept(self, items: list[Item], width: int) -> None:
        placed = arrange(items, width)
        for before, after in pairwise(placed):
            assert before.x + before.item.width < after.x
        left = [each.item for each in placed if not each.item.last]
        assert left == [item for item in items if item in left]
        assert [each.item for each in placed if each.item.last] == [item for item in items if item.last]

    @given(ITEMS, st.integers(10, 200))
    def test_what_fits_fits(self, items: list[Item], width: int) -> None:
        placed = arrange(items, width)
        right = sum(item.width + GAP for item in items if item.last)
        if right < width:
            assert all(each.x + each.item.width <= width for each in placed)


class TestStatements:
    def test_on_and_back(self) -> None:
        trace = canned.deadlock()
        places, position = [], 0
        while (position := next_line(trace, position, 1)) is not None:
            places.append(position)
        assert len(places) > 3
        assert all(trace.event(place - 1).worker == 1 for place in places)
        before = previous_line(trace, places[-1], 1)
        assert before is not None
        assert before < places[-1]
        assert previous_line(trace, 0, 1) is None

    def test_where_lines_are_recorded_the_way_back_is_the_way_there(self) -> None:
        trace = recorded(Settings().request(resolve("deadlock")))
        there, position = [], 0
        while (position := next_line(trace, position, 1)) is not None:
            there.append(position)
        assert len(there) > 5
        back, position = [], len(trace)
        while (position := previous_line(trace, position, 1)) is not None:
            back.append(position)
        assert back == there[::-1]

    def test_a_worker_that_is_none(self) -> None:
        assert next_line(canned.deadlock(), 0, 99) is None


class TestChoices:
    @pytest.mark.parametrize("name", canned.ALL)
    def test_deciders_are_who_acted_first_in_each_step(self, name: str) -> None:
        trace = canned.ALL[name]()
        first = dict(reversed(list(steps(trace))))
        first.pop(0, None)
        assert deciders(trace, trace.last_step) == tuple(first[step] for step in sorted(first))

    def test_who_comes_next(self) -> None:
        trace = canned.deadlock()
        chosen = deciders(trace, trace.last_step)
        for step in range(trace.last_step):
            assert next_decider(trace, trace.end_of_step(step)) == chosen[step]
        assert next_decider(trace, len(trace)) == -1

    def test_reasons(self) -> None:
        trace = canned.deadlock()
        waits = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.WAIT)
        assert hindrance(trace, waits + 1, 1) == "Thread-1 waits for mutexB, held by Thread-2"
        assert hindrance(trace, waits + 1, 0) == "MainThread waits for Thread-1 to end"
        assert hindrance(trace, waits + 1, 7) == "there is no worker 7 here"
        assert hindrance(trace, len(trace), 1) == "the run has ended"

    def test_who_waits_for_a_free_lock_can_run(self) -> None:
        trace = canned.reentrant()
        free = next(
            at for at in range(len(trace)) if trace.event(at).kind is Kind.RELEASE and trace.event(at).value == 0
        )
        assert hindrance(trace, free + 1, 2) == ""

    def test_a_sleeper_cannot_run(self) -> None:
        trace = canned.traffic_light(2)
        sleeps = next(at for at in range(len(trace)) if trace.event(at).kind is Kind.SLEEP)
        assert "sleeping" in hindrance(trace, sleeps + 1, trace.event(sleeps).worker)


class TestOpening:
    def test_a_lesson_is_not_remembered_and_a_script_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "x.py").touch()
        assert remembered(resolve("deadlock")) is None
        assert remembered(resolve("x.py")) == Opened(str(tmp_path / "x.py"), "script")
        assert remembered(resolve("-m this")) == Opened("-m this", "module")

    def test_a_trace_of_a_lesson_can_be_run_again(self, tmp_path: Path) -> None:
        save(canned.deadlock(), tmp_path / "run.jsonl")
        engine, wire = Engine(toy()), Wire()
        session = open_session(resolve(str(tmp_path / "run.jsonl")), engine, wire)
        assert session.target is not None
        assert session.settings.seed == 7
        session.reseed()
        assert engine.requests[-1].seed == 8

    def test_what_the_trace_of_a_script_names_is_not_run(self, tmp_path: Path) -> None:
        script = tmp_path / "danger.py"
        script.write_text("print()")
        trace = canned.deadlock()
        import msgspec

        trace.header = msgspec.structs.replace(trace.header, target=str(script))
        save(trace, tmp_path / "run.jsonl")
        session = open_session(resolve(str(tmp_path / "run.jsonl")), Engine(toy()), Wire())
        assert session.target is None


class TestKnobs:
    TARGET = resolve("deadlock")

    def names(self) -> list[str]:
        return [control.name for section in sections(self.TARGET, Settings()) for control in section.controls]

    def test_the_panel_has_every_parameter_and_the_schedule(self) -> None:
        parameters = [parameter.name for parameter in self.TARGET.parameters]
        assert self.names() == [*parameters, "engine.seed", "engine.strategy", "engine.grain"]

    def test_names_are_the_same_in_every_language(self) -> None:
        english = self.names()
        with speaking("zh"):
            assert self.names() == english

    def test_a_program_without_parameters_has_only_the_schedule(self) -> None:
        (section,) = sections(resolve("-m this"), Settings())
        assert section.title == "Schedule"

    @pytest.mark.parametrize(
        ("name", "value", "field"),
        [("engine.seed", 5, "seed"), ("engine.strategy", "fifo", "strategy"), ("engine.grain", "line", "grain")],
    )
    def test_turning_the_schedules_knobs(self, name: str, value: object, field: str) -> None:
        before = Settings(choices=(0, 1))
        after = turned(self.TARGET, before, name, value)
        assert getattr(after, field) == value
        assert after.choices == ()

    def test_turning_a_parameter(self) -> None:
        after = turned(self.TARGET, Settings(choices=(0, 1)), "workers", 3)
        assert after == Settings(parameters={"workers": 3})

    def test_a_value_that_the_program_does_not_take(self) -> None:
        with pytest.raises(ParameterError):
            turned(self.TARGET, Settings(), "workers", -1)
